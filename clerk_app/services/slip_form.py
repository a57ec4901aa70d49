"""Make the slip of a dossier: the form rendered, its empty signature fields in place, checked as PDF/A."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from clerk_app.domain.document import SignatureField
from clerk_app.domain.dossier import Dossier
from clerk_app.domain.officer import Unit
from clerk_app.domain.paper import PaperForm
from clerk_app.forms.slip import render
from clerk_app.forms.slip_facts import Issuing, paper_forms, slip_facts
from clerk_app.services.law import Law
from clerk_app.services.signature_bench import require_archivable
from signing import pades


@dataclass(frozen=True, slots=True)
class SlipForm:
    unit: Unit
    fields: tuple[SignatureField, ...]  # exactly the signatures that the kind's setting names
    number_in_dots: bool
    law: Law
    now: Callable[[], datetime]
    alone: Callable[[], bool]  # whether central is out of reach
    seal_mm: int = 0  # across, where the seal is a picture; 0: none

    def make(
        self, dossier: Dossier, *, issue: int = 1, replaces: str = "", pen_reason: str = "", officer: str = ""
    ) -> bytes:
        """Return the PDF with empty fields; the first signature may follow. Raises `FormNotArchivable`."""
        issuing = Issuing(
            made_at=self.now(),
            fields=self.fields,
            officer=officer,
            alone=self.alone(),
            number_in_dots=self.number_in_dots,
            pen_reason=pen_reason,
            issue=issue,
            replaces=replaces,
            seal_mm=self.seal_mm,
            forms=self._forms(dossier),
        )
        rendered = render(slip_facts(dossier, self.unit, issuing))
        prepared = pades.prepare(rendered.pdf, rendered.boxes)
        require_archivable(prepared)
        return prepared

    def _forms(self, dossier: Dossier) -> dict[str, PaperForm] | None:
        """In which form the version that the dossier was received under wants its papers, when it is known."""
        received_under = self.law.version_of(dossier.procedure, dossier.procedure_version)
        return paper_forms(received_under) if received_under else None
