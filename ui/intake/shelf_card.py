"""What lies unfinished at this counter: dossiers without a slip first, then drafts; found again by name."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from clerk_app.domain.dossier import Dossier, Draft
from clerk_app.domain.finding import is_found
from ui import local_time
from ui.intake.draft_keeper import DraftKeeper, ShelfLine, is_blank
from ui.intake.words import draft_name
from ui.theme import Tone
from ui.widgets.card import Card
from ui.widgets.checklist import Checklist, Row
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label
from ui.widgets.status_badge import StatusBadge


class ShelfSearch(QLineEdit):
    """Looks for a draft: Enter opens the first that fits, Down leads to the list, Esc empties the line."""

    agreed = Signal()
    went_down = Signal()

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead on by keys."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.agreed.emit()
            case Qt.Key.Key_Down:
                self.went_down.emit()
            case Qt.Key.Key_Escape:
                self.clear()
            case _:
                super().keyPressEvent(event)


class ShelfCard(Card):
    """Emits what was chosen: a Draft or a Dossier."""

    draft_wanted = Signal(object)
    dossier_wanted = Signal(object)
    sent_back_wanted = Signal(str)  # code: it is looked at in the register
    new_wanted = Signal()

    def __init__(self, keeper: DraftKeeper, now: Callable[[], datetime]) -> None:
        super().__init__(padding=8)
        self._keeper, self._now = keeper, now
        self._dossier = ""
        self.count = StatusBadge()
        self.new = KeyButton(self.tr("Mới"), "Ctrl+N", "plus", "quiet")
        self.new.setAccessibleName(self.tr("Hồ sơ mới"))
        self.new.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hand_over = KeyButton(self.tr("Giao cho người khác"), "Ctrl+G", "users", "quiet")
        self.hand_over.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head = QHBoxLayout()
        head.setContentsMargins(8, 2, 0, 2)
        head.addWidget(label(self.tr("Đang nhập"), role="heading"))
        head.addWidget(self.count)
        head.addStretch()
        head.addWidget(self.new)
        self.search = ShelfSearch(self.tr("Tìm tên, số, thủ tục (F2)"))
        self.list = Checklist(self.tr("Hồ sơ đang nhập"))
        self.nothing = label(self.tr("Chưa có hồ sơ nào dở dang."), role="small", wrap=True)
        self.nothing.setContentsMargins(8, 0, 8, 0)
        self.column.addLayout(head)
        self.column.addWidget(self.search)
        self.column.addWidget(self.nothing)
        self.column.addWidget(self.list, 1)
        self.column.addStretch(0)
        self.column.addWidget(self.hand_over)
        self.list.opened.connect(self._on_opened)
        self.list.cycled.connect(self._on_opened)
        self.list.clicked.connect(lambda _: self._on_opened(self.list.current_key))
        self.new.clicked.connect(self.new_wanted)
        self.search.textChanged.connect(lambda _: self.show_shelf(self._dossier))
        self.search.agreed.connect(self._on_found)
        self.search.went_down.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))

    def show_shelf(self, dossier: str) -> None:
        """Show the shelf, or what of it fits the search; `dossier`: the accepted one on the counter, or ""."""
        self._dossier = dossier
        looked_for = self.search.text().strip()
        lines = [line for line in self._lines() if not looked_for or _fits(line, looked_for)]
        shelf = self._keeper.shelf
        rows = self._dossiers(shelf.sent_back, looked_for, self.tr("Bị trả lại"), "undo-2")
        rows += self._dossiers(shelf.unsigned, looked_for, self.tr("Chưa ký"), "pen-line")
        urgent = bool(rows)
        rows += [self._row(line) for line in lines]
        self.list.set_rows(rows)
        self.count.set_status(str(len(rows)) if rows else "", Tone.WARN if urgent else Tone.NEUTRAL)
        self.nothing.setText(
            self.tr("Không có hồ sơ đang nhập nào khớp.")
            if looked_for
            else self.tr("Chưa có hồ sơ nào dở dang.")
        )
        self.nothing.setVisible(not rows)
        self.hand_over.setVisible(not dossier and not is_blank(self._keeper.draft))
        here = dossier or self._keeper.draft.id
        if not self.list.hasFocus() and here in {row.key for row in rows}:
            self.list.choose(here)

    def _dossiers(self, dossiers: tuple[Dossier, ...], looked_for: str, words: str, icon: str) -> list[Row]:
        return [
            Row(each.id, each.applicant.owner.name, each.procedure_title, words, Tone.WARN, icon)
            for each in dossiers
            if not looked_for or is_found(looked_for, each.applicant, each.procedure_title, each.procedure)
        ]

    def _lines(self) -> list[ShelfLine]:
        """Return the shelf with the draft on the counter as it is typed now."""
        now = self._keeper.draft
        lines = [
            ShelfLine(now, line.procedure) if line.draft.id == now.id else line
            for line in self._keeper.shelf.lines
        ]
        if now.id and not is_blank(now) and now.id not in {line.draft.id for line in lines}:
            lines.insert(0, ShelfLine(now))
        return lines

    def _row(self, line: ShelfLine) -> Row:
        unnamed = "" if line.draft.procedure else self.tr("Chưa chọn thủ tục")  # its title is on its way
        title = line.procedure.title if line.procedure else unnamed
        when = local_time.short(line.draft.updated_at, self._now()) if line.draft.updated_at else ""
        here = line.draft.id == self._keeper.draft.id
        waits = self.tr("Chờ bổ sung") if line.draft.supplements else ""
        holder = line.draft.held_by
        others = holder is not None and holder.id != self._keeper.officer
        whose = self.tr("của {name}").format(name=holder.name) if holder and others and not here else ""
        details = " · ".join(
            each for each in (waits, whose, self.tr("Đang mở") if here else when, title) if each
        )
        tone = Tone.INFO if here else Tone.WARN if waits else Tone.NEUTRAL
        icon = "clipboard-list" if waits else "file-text"
        return Row(line.draft.id, draft_name(line.draft), details, "", tone, icon)

    def _on_found(self) -> None:
        """Open the first that fits, and look for nothing any more."""
        rows = self.list.rows
        key = self.list.current_key if not self.search.text() else rows[0].key if rows else ""
        self.search.clear()
        self._on_opened(key)

    def _on_opened(self, key: str) -> None:
        for dossier in self._keeper.shelf.sent_back:
            if dossier.id == key:
                self.sent_back_wanted.emit(dossier.code)
        for dossier in self._keeper.shelf.unsigned:
            if dossier.id == key:
                self.dossier_wanted.emit(dossier)
        for line in self._lines():
            if line.draft.id == key:
                self.draft_wanted.emit(self._newest(line.draft))

    def _newest(self, draft: Draft) -> Draft:
        return self._keeper.draft if draft.id == self._keeper.draft.id else draft


def _fits(line: ShelfLine, typed: str) -> bool:
    """Whether everything typed fits the people of a draft or its procedure."""
    title = line.procedure.title if line.procedure else ""
    return is_found(typed, line.draft.applicant, title, line.draft.procedure)
