"""The intake screen: drafts on the left, the dossier in the middle, its pages on the right, the next key at the foot.

Built once, bound to its model, rendered whole: `render_all` may be called at any time.
"""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from clerk_app.clock import now as utc_now
from clerk_app.domain.document import DocumentKind
from clerk_app.domain.dossier import ReturnChannel
from ui import local_time
from ui.intake.ask_bar import AskBar
from ui.intake.foot_bar import Can, FootBar
from ui.intake.key_count import KeyCount
from ui.intake.page_view import PageView
from ui.intake.pages_card import PagesCard
from ui.intake.papers_card import PapersCard
from ui.intake.people_card import PeopleCard
from ui.intake.people_model import Who
from ui.intake.procedure_picker import ProcedurePicker
from ui.intake.questions import Questions
from ui.intake.reply_panel import ReplyPanel
from ui.intake.shelf_card import ShelfCard
from ui.intake.slip_panel import SlipPanel
from ui.intake.stage import Stage
from ui.intake.stage_steps import Places, StageSteps
from ui.intake.todo_panel import TodoPanel
from ui.intake.view_model import IntakeViewModel
from ui.intake.words import draft_name, fee_table, fee_words, procedure_title
from ui.widgets.pin_dialog import PinDialog

GAP = 10
ROOMY_HEIGHT = 820  # from here on nothing folds
WIDE = 1500  # from here on the sides get more room
FORM_STAGES = {Stage.EDITING, Stage.CORRECTING}


class IntakeView(QWidget):
    """Everything from the first key to the printed slip, without a mouse."""

    register_wanted = Signal(str)  # code of a dossier that the register has to show

    def __init__(self, model: IntakeViewModel, now: Callable[[], datetime] = utc_now) -> None:
        super().__init__()
        self._model = model
        self._now = now
        self._whole = True  # the next render shows every field, even one with the focus
        self._build()
        self._bind()
        self._bind_keys()
        self.render_all()

    # build

    def _build(self) -> None:
        model = self._model
        self.shelf, self.pages = ShelfCard(model.keeper, self._now), PagesCard(model.papers, model.pages)
        self.picker, self.people = ProcedurePicker(), PeopleCard(model.people)
        self.papers, self.todo = PapersCard(model.papers, model.scans), TodoPanel()
        self.slip, self.foot, self.ask = SlipPanel(model.slip), FootBar(), AskBar()
        self.form = QWidget()
        column = QVBoxLayout(self.form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.picker)
        column.addWidget(self.people)
        column.addWidget(self.papers, 1)
        column.addWidget(self.todo)
        self.centre = QStackedWidget()
        self.centre.addWidget(self.form)
        self.centre.addWidget(self.slip)
        self.reply = ReplyPanel(model.reply.form)
        self.centre.addWidget(self.reply)
        body = QHBoxLayout()
        body.setContentsMargins(12, 10, 12, 10)
        body.setSpacing(GAP)
        body.addWidget(self.shelf)
        body.addWidget(self.centre, 1)
        body.addWidget(self.pages)
        self.bottom = QStackedWidget()
        self.bottom.addWidget(self.foot)
        self.bottom.addWidget(self.ask)
        self.bottom.setFixedHeight(60)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(body, 1)
        whole.addWidget(self.bottom)
        self.questions = Questions(model, self.ask, self.bottom)
        self.page = PageView(model.papers, model.pages, self)
        self.pin = PinDialog(self)
        self._steps = StageSteps(model, self.pin, self.questions, self)
        self.counted = KeyCount(self)
        self.setAcceptDrops(True)
        self._fit(wide=False, roomy=False)
        self.tab_as_a_visit_goes()

    def tab_as_a_visit_goes(self) -> None:
        """Let Tab go from the procedure to the slip; what lies unfinished, and was read first, comes last."""
        self.people.tab_as_they_speak()
        first = self.people.forms[Who.OWNER].name
        QWidget.setTabOrder(self.picker.line, first)
        QWidget.setTabOrder(self.people.channel, self.papers.list)
        QWidget.setTabOrder(self.papers.list, self.papers.sets)
        QWidget.setTabOrder(self.papers.sets, self.pages.strip)
        QWidget.setTabOrder(self.pages.strip, self.foot.way)
        QWidget.setTabOrder(self.foot.way, self.foot.save)
        QWidget.setTabOrder(self.foot.save, self.foot.sign)
        QWidget.setTabOrder(self.foot.sign, self.shelf.list)

    # bind

    def _bind(self) -> None:
        model = self._model
        model.changed.connect(self.render_all)
        model.opened.connect(self._on_opened)
        model.place_wanted.connect(self.go_to)
        model.people.card_read.connect(self._on_card)
        self.shelf.draft_wanted.connect(model.open)
        self.shelf.dossier_wanted.connect(model.open_dossier)
        self.shelf.sent_back_wanted.connect(self.register_wanted)
        self.shelf.new_wanted.connect(model.new)
        self.shelf.hand_over.clicked.connect(
            lambda: model.hands.ask(self, self.shelf.mapToGlobal(self.shelf.rect().center()))
        )
        self.picker.asked.connect(model.procedures.search)
        self.picker.chosen.connect(self._on_chosen)
        self.people.channel_typed.connect(self._on_channel)
        self.people.capture_row.begun.connect(self.counted.forgive)
        self.people.capture_row.picture_wanted.connect(
            lambda: self.questions.card_picture(self.people.read_picture)
        )
        self.papers.sets_chosen.connect(model.set_sets)
        self.papers.page_wanted.connect(self._on_first_page)
        self.papers.import_wanted.connect(self.choose_files)
        self.papers.path_wanted.connect(self.type_path)
        self.papers.reason_wanted.connect(self.questions.reason)
        self.pages.page_wanted.connect(self.page.open)
        self.page.turned_to.connect(lambda page: self.pages.strip.choose(page.key))
        self.papers.pages_dropped.connect(self._on_pages_dropped)
        self.todo.place_wanted.connect(self.go_to)
        self.todo.supplement_wanted.connect(lambda: model.begin_reply(DocumentKind.SUPPLEMENT))
        self.todo.refusal_wanted.connect(lambda: model.begin_reply(DocumentKind.REFUSAL))
        self.reply.agreed.connect(model.give_reply)
        self._bind_slip()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def _bind_slip(self) -> None:
        model, foot = self._model, self.foot
        foot.way_chosen.connect(self._on_way)
        foot.save.clicked.connect(model.save)
        foot.sign.clicked.connect(self._on_sign)
        foot.pen.clicked.connect(self._on_pen)
        foot.at_once.clicked.connect(model.return_at_once)
        foot.correct.clicked.connect(model.correct)
        foot.again.clicked.connect(model.slip.print_again)
        foot.leave.clicked.connect(self._on_leave)
        foot.next.clicked.connect(model.new)
        self.pin.entered.connect(model.slip.enter_pin)
        self.pin.by_pen.connect(model.slip.ask_pen)
        self.pin.cancelled.connect(model.slip.cancel)

    def _bind_keys(self) -> None:
        keys: dict[str, Callable[[], None]] = {
            "F2": lambda: self.shelf.search.setFocus(Qt.FocusReason.ShortcutFocusReason),
            "F5": lambda: self.papers.go_to(self.papers.current_key),
            "Shift+F5": lambda: self.pages.strip.setFocus(Qt.FocusReason.ShortcutFocusReason),
            "Ctrl+D": self.questions.drop_draft,
            "Ctrl+Shift+O": self.type_path,
            "Ctrl+Z": self._model.pages.undo,
            "Ctrl+Y": self._model.pages.redo,
            "Ctrl+Shift+Z": self._model.pages.redo,
            "Shift+F6": self.papers.choose_way,
        }
        for key, act in keys.items():
            shortcut = QShortcut(
                QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            )
            shortcut.activated.connect(act)

    # what the officer may do here besides typing

    def go_to(self, place: str) -> None:
        """Put the focus where something is left to do, see `Todo.place`."""
        if place == "procedure":
            self.picker.search()
        elif place.startswith("paper:"):
            self.papers.go_to(place.removeprefix("paper:"))
        else:
            who, _, name = place.partition(".")
            self.people.go_to(Who(who), name)

    def choose_files(self) -> None:
        """Ctrl+O: a file dialog for the line with the focus."""
        if key := self.papers.current_key:
            self.questions.files(key)

    def type_path(self) -> None:
        """Ctrl+Shift+O: the path of a file, typed or pasted."""
        if key := self.papers.current_key:
            self.questions.path(key)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, while a line of the checklist can take them."""
        wanted = self.papers.current_key or self.people.capture.isVisible()
        if event.mimeData().hasUrls() and wanted and self._model.stage is Stage.EDITING:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Lay dropped files on the line with the focus; where a card is awaited, read the card in the first."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if self.people.capture.isVisible() and paths:
            self.people.read_picture(paths[0])
        else:
            self.questions.take_files(self.papers.current_key, paths)
        event.acceptProposedAction()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the sides and the folds what the screen allows."""
        super().resizeEvent(event)
        self._fit(self.width() >= WIDE, self.height() >= ROOMY_HEIGHT)
        self.render_all()

    def _fit(self, wide: bool, roomy: bool) -> None:
        self.shelf.setFixedWidth(300 if wide else 262)
        self.pages.setFixedWidth(324 if wide else 178)
        self.people.set_roomy(roomy)
        self.papers.set_roomy(roomy)
        self.todo.set_roomy(roomy)
        self._roomy = roomy

    # render

    def render_all(self) -> None:
        """Show the model as it is now. A field with the focus is left to the officer."""
        model, whole = self._model, self._whole
        self._whole = False
        stage = model.stage
        self._render_stage(stage)
        editable = stage is Stage.EDITING
        self.picker.show_procedure(model.procedures.chosen, model.procedures.found, editable)
        self.people.show_people(model.remarks, model.return_channel, whole)
        self.papers.show_papers(model.draft.sets)
        self.papers.setEnabled(editable)
        self.pages.show_pages(self._roomy)
        self.shelf.show_shelf(model.slip.dossier.id if model.slip.dossier else "")
        self._render_todo()
        self._render_foot(stage)
        self.slip.show_slip(stage, self.counted.presses)
        self.reply.show_reply(draft_name(model.draft), procedure_title(model.procedures.chosen))
        self._steps.follow(stage, self._places())

    def _render_stage(self, stage: Stage) -> None:
        if self._model.reply.form.kind:  # also while its PIN is asked for
            self.centre.setCurrentWidget(self.reply)
        else:
            self.centre.setCurrentWidget(self.form if stage in FORM_STAGES else self.slip)
        self.reply.setEnabled(stage is Stage.REPLYING)

    def _render_todo(self) -> None:
        model = self._model
        self.todo.show_ways(model.stage is Stage.EDITING and model.may_sign)
        if model.notice is not None:
            self.todo.show_notice(model.notice)
            return
        ready = self.tr("Đủ điều kiện: F9 để ký và in giấy hẹn")
        if not model.may_sign:
            ready = self.tr("Đủ điều kiện: F9 để tiếp nhận, người tiếp nhận ký giấy hẹn sau")
        if model.at_once:
            ready = self.tr("Đủ điều kiện: F12 trả ngay, F9 nếu phải hẹn")
        saved = model.keeper.saved_at
        line = self.tr("Đã lưu lúc {time}.").format(time=local_time.hour(saved)) if saved else ""
        if model.mending:
            ready = self.tr("Đang sửa giấy hẹn {code}: F9 để cấp lại").format(code=model.mending.dossier.code)
            line = self.tr(
                "Mã hồ sơ giữ nguyên; giấy mới thay giấy cũ. Chỉ sửa được người và nơi nhận kết quả."
            )
        self.todo.show_work(model.todo, ready, line, model.asked_for_slip, prints=model.may_sign)

    def _render_foot(self, stage: Stage) -> None:
        model = self._model
        procedure, due = model.procedures.chosen, model.procedures.due
        dossier = model.slip.dossier
        if dossier is not None:
            words = local_time.full(dossier.due_at)
        else:
            words = local_time.full(due.due_at) if due else "–"
        if due is not None and not due.calendar_confirmed and dossier is None:
            words += self.tr(" (lịch nghỉ chưa xác nhận)")
        fee = fee_words(procedure.fees) if procedure else (self.tr("Lệ phí"), "–")
        self.foot.show_facts(model.numbers.left, fee, words, model.return_channel.way)
        self.foot.fee.explain(fee_table(procedure.fees) if procedure else "")
        can = Can(model.at_once, model.slip.can_correct, model.slip.document is not None, model.may_sign)
        self.foot.show_stage(stage, model.keeper.safe, can)
        self.shelf.new.setVisible(stage not in {Stage.DONE, Stage.PRINTING})

    def _places(self) -> Places:
        return Places(
            sign=self.foot.sign,
            next=self.foot.next,
            name=self.people.forms[Who.OWNER].name,
            checklist=lambda: self.papers.go_to(self.papers.current_key),
            reply=self.reply.take_focus,
        )

    # what the parts tell

    def _on_opened(self) -> None:
        self._whole = True
        self.counted.begin()
        self.picker.clear()
        self.questions.end()
        self.render_all()
        chosen = self._model.stage is Stage.CORRECTING or self._model.draft.procedure
        if self._model.stage in FORM_STAGES:
            self.go_to("owner.name" if chosen else "procedure")

    def _on_card(self, who: Who) -> None:
        self.people.go_to(who, "phone")
        self.render_all()  # the field that had the focus, too, shows what the card says

    def _on_chosen(self, procedure: object) -> None:
        self._model.choose(procedure)  # type: ignore[arg-type]  # a Procedure: Qt's signal forgets it
        self.go_to("owner.name")

    def _on_sign(self) -> None:
        if self._model.stage is Stage.CORRECTING:
            self.questions.reissue()
        elif self._model.stage is Stage.REPLYING:
            self._model.give_reply()
        else:
            self._model.sign_and_print()

    def _on_pen(self) -> None:
        if self._model.stage is Stage.REPLYING:
            self._model.give_reply(by_pen=True)
        else:
            self._model.slip.ask_pen()

    def _on_leave(self) -> None:
        if self.page.isVisible():
            self.page.shut()
        elif self._model.stage is Stage.REPLYING:
            self._model.end_reply()
        else:
            self._model.cancel_correction()

    def _on_way(self, way: str) -> None:
        owner = self._model.people.applicant.owner
        detail = {"post": owner.address, "online": owner.email}.get(way, "")
        self._whole_channel(ReturnChannel(way, detail))

    def _whole_channel(self, channel: ReturnChannel) -> None:
        self._model.set_return_channel(channel)
        if channel.way != "counter":
            self.people.channel.setText(channel.detail)
            self.people.channel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_channel(self, detail: str) -> None:
        self._model.set_return_channel(ReturnChannel(self._model.return_channel.way, detail))

    def _on_first_page(self, key: str) -> None:
        page = next((each for each in self._model.papers.pages if each.paper == key), None)
        if page is not None:
            self.page.open(page)

    def _on_pages_dropped(self, key: str, names: tuple[str, ...]) -> None:
        self._model.pages.move(self.pages.named(names), key)

    def _on_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            self.setFocusProxy(now)  # the frame gives the keys back to where they were
            self.people.fold(now in {self.papers.list, self.pages.strip, self.papers.sets})
            self.people.capture_row.watch.follow(now if self._model.stage in FORM_STAGES else None)
