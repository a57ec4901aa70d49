"""What was found, one line each, and beside them the line with the focus in full: found what, to be done what."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme import GUTTER, Tone
from ui.widgets.card import Card
from ui.widgets.checklist import Checklist, Row
from ui.widgets.label import label
from ui.widgets.status_badge import StatusBadge


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: `found` is a sentence, `todo` what to do about it, empty when nothing is; `more` stands in the detail."""

    key: str
    title: str
    found: str
    todo: str
    badge: str
    tone: Tone
    more: str = ""


class Findings(QWidget):
    """Show lines with `set_findings`; the line with the focus stays on the same key."""

    current_changed = Signal(str)  # key, "" for none
    opened = Signal(str)  # key

    def __init__(self, name: str, heading: str, empty: tuple[str, str]) -> None:
        """`empty`: what the detail says while there is no line, as title and sentence."""
        super().__init__()
        self._findings: tuple[Finding, ...] = ()
        self._empty = empty
        self.checks = Checklist(name)
        self.heading = label(heading, "heading")
        self.setFocusProxy(self.checks)
        listed = Card(padding=GUTTER)
        listed.column.addWidget(self.heading)
        listed.column.addWidget(self.checks, 1)
        body = QHBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GUTTER)
        body.addWidget(listed, 3)
        body.addWidget(self._detail_card(), 2)
        self.checks.current_changed.connect(self._show_detail)
        self.checks.current_changed.connect(self.current_changed)
        self.checks.opened.connect(self.opened)

    def _detail_card(self) -> Card:
        self.name, self._badge = label(role="heading", wrap=True), StatusBadge()
        self.found, self.todo = label(wrap=True), label(wrap=True)
        self.todo_head = label(self.tr("Việc cần làm"), "small")
        card = Card()
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self._badge)
        card.column.addLayout(head)
        for shown in (self.found, self.todo_head, self.todo):
            card.column.addWidget(shown)
        card.column.addStretch()
        return card

    def set_empty(self, empty: tuple[str, str]) -> None:
        """Say something else while there is no line."""
        self._empty = empty
        self._show_detail(self.checks.current_key)

    def set_findings(self, findings: Sequence[Finding]) -> None:
        """Show these lines, and the one with the focus in full."""
        self._findings = tuple(findings)
        self.checks.set_rows(
            [Row(each.key, each.title, each.found, each.badge, each.tone) for each in findings]
        )
        self._show_detail(self.checks.current_key)

    def _show_detail(self, key: str) -> None:
        finding = next((each for each in self._findings if each.key == key), None)
        title, found = (finding.title, f"{finding.found}\n{finding.more}") if finding else self._empty
        self.name.setText(title)
        self.found.setText(found.strip())
        self._badge.setVisible(finding is not None)
        if finding is not None:
            self._badge.set_status(finding.badge, finding.tone)
        todo = finding.todo if finding else ""
        self.todo.setText(todo)
        self.todo.setVisible(bool(todo))
        self.todo_head.setVisible(bool(todo))
