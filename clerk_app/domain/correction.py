"""A typing error seen after printing (Cấp lại do sai sót): what the slip should have said, and why."""

from dataclasses import dataclass

from clerk_app.domain.applicant import Applicant
from clerk_app.domain.dossier import ReturnChannel


@dataclass(frozen=True, slots=True)
class Correction:
    """The people and the return channel as they should stand on the new slip, with the reason."""

    applicant: Applicant
    return_channel: ReturnChannel
    reason: str
