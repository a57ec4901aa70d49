"""Whether the person on the counter already has a dossier of this procedure under way: looked up, and said."""

from PySide6.QtCore import QObject, Signal

from clerk_app.domain.dossier import Draft
from clerk_app.domain.twin import Twin
from ui import act_words, local_time
from ui.intake.calls import IntakeCalls
from ui.intake.people_model import Gravity, Remark, Who
from ui.tasks import Lane, Tasks

Asked = tuple[str, str, str]  # draft, procedure, number


class TwinDesk(QObject):
    """Asks again whenever procedure, number or draft change; an answer to an older question is thrown away."""

    changed = Signal()
    failed = Signal(object)  # a Notice

    def __init__(self, calls: IntakeCalls, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._calls, self._tasks = calls, tasks
        self._asked: Asked = ("", "", "")
        self.found: tuple[Twin, ...] = ()

    def look(self, draft: Draft) -> None:
        """Look for twins of the draft, unless that was just done."""
        asked = (draft.id, draft.procedure, draft.applicant.owner.id_number)
        if asked == self._asked:
            return
        self._asked, self.found = asked, ()
        if not all(asked):
            return
        task = self._tasks.start(Lane.READING, lambda _: self._calls.find_twins(draft))
        task.succeeded.connect(lambda found: self._on_found(found) if asked == self._asked else None)
        task.failed.connect(self.failed)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Say which dossier it would be the second of."""
        if not self.found:
            return ()
        return (Remark(Who.OWNER, "id_number", self._words(self.found[0]), Gravity.WARNS),)

    def _words(self, twin: Twin) -> str:
        if twin.dossier is not None:
            words = self.tr("Đã có hồ sơ {code} cùng thủ tục ({status}, {day}): xem lại ở Ctrl+2.")
            status, day = act_words.status(twin.dossier)[0], local_time.day(twin.dossier.received_at)
            return words.format(code=twin.code, status=status, day=day)
        if twin.ask:
            words = self.tr("Đã có hồ sơ {code} cùng thủ tục: hỏi {name} trước khi tiếp nhận.")
            return words.format(code=twin.code, name=twin.ask)
        words = self.tr("Đã có hồ sơ {code} cùng thủ tục do bạn tiếp nhận: hỏi người tiếp nhận của quầy.")
        return words.format(code=twin.code)

    def _on_found(self, found: tuple[Twin, ...]) -> None:
        self.found = found
        self.changed.emit()
