"""Giao cho người khác: a menu of who may go on with the draft on the counter, and what became of it."""

from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from clerk_app.domain.dossier import Draft
from clerk_app.domain.officer import Officer
from clerk_app.progress import Progress
from ui.intake.calls import IntakeCalls
from ui.intake.draft_keeper import DraftKeeper, is_blank
from ui.intake.words import draft_name
from ui.tasks import Lane, Tasks


class HandOver(QObject):
    """The draft leaves the counter, saved, before it is handed over: nothing typed later brings it back."""

    handed = Signal()  # the counter is free
    said = Signal(str)
    failed = Signal(object)  # a Notice

    def __init__(self, calls: IntakeCalls, tasks: Tasks, keeper: DraftKeeper, parent: QObject) -> None:
        super().__init__(parent)
        self._calls, self._tasks, self._keeper = calls, tasks, keeper
        self.menu: QMenu | None = None  # the one that was shown last
        keeper.opened.connect(self._tell_holder)

    @property
    def candidates(self) -> tuple[Officer, ...]:
        """To whom the draft on the counter may be handed over; nobody while it is blank."""
        draft = self._keeper.draft
        return self._calls.hand_over_draft.candidates() if draft.id and not is_blank(draft) else ()

    def ask(self, over: QWidget, at: QPoint) -> None:
        """Let a digit, the arrows or the mouse choose who goes on."""
        if not self.candidates:
            self.said.emit(self.tr("Chưa có hồ sơ đang nhập để giao, hoặc quầy chưa có ai khác tiếp nhận."))
            return
        self.menu = QMenu(over)
        self.menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu.setAccessibleName(self.tr("Giao hồ sơ đang nhập cho ai"))
        for number, each in enumerate(self.candidates, 1):
            words = f"&{number}  {each.name} · {each.position}" if number < 10 else each.name
            entry = self.menu.addAction(words, partial(self.give, each))
            if number == 1:
                self.menu.setActiveAction(entry)
        self.menu.popup(at)

    def give(self, to: Officer) -> None:
        """Hand the draft on the counter over."""
        draft = self._keeper.draft
        self._keeper.put_away()

        def work(_: Progress) -> Draft:
            return self._calls.hand_over_draft(draft.id, to.id)

        task = self._tasks.start(Lane.ARCHIVE, work)  # behind the saves that are on their way
        task.succeeded.connect(lambda given: self._on_given(given, to))
        task.failed.connect(self.failed)

    def _tell_holder(self) -> None:
        if holder := self._keeper.holder:
            self.said.emit(self.tr("{name} đang giữ hồ sơ này. Bạn sửa là bạn làm tiếp.").format(name=holder))

    def _on_given(self, draft: Draft, to: Officer) -> None:
        self.said.emit(
            self.tr("Đã giao “{name}” cho {officer}.").format(name=draft_name(draft), officer=to.name)
        )
        self.handed.emit()
