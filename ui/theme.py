"""How the window looks: colours, type and spacing in one place. Calm and dense; light, and dark where the system asks.

QPalette carries the colours, one style sheet the shapes, delegates paint the rows. A widget asks `current()`.
"""

from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from ui.icon import FOLDER as ICONS

FAMILY = "Be Vietnam Pro"  # OFL, shipped in fonts/ so that every PC shows the same letters
FONTS = tuple(sorted((Path(__file__).parent / "fonts").glob("*.ttf")))
BODY, SMALL = 14, 12  # pixels; the style sheet's roles have the larger two of the scale, 20 and 15
UNIT = 8  # spacing; gutters are two units
GUTTER = 2 * UNIT
MINIMUM_WINDOW = (1290, 704)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every colour of the window, as "#rrggbb"."""

    background: str = "#F3F5F8"
    surface: str = "#FFFFFF"
    sunken: str = "#EEF1F5"
    hairline: str = "#DCE2E9"
    border: str = "#808E9E"
    text: str = "#17212B"
    muted: str = "#546272"
    disabled: str = "#8794A3"
    primary: str = "#0A5CA8"
    primary_hover: str = "#084C8B"
    primary_soft: str = "#E6F0FA"
    on_primary: str = "#FFFFFF"
    ok: str = "#17703F"
    ok_soft: str = "#E4F4EA"
    warn: str = "#8A5200"
    warn_soft: str = "#FFF3DC"
    bad: str = "#B3261E"
    bad_soft: str = "#FCE9E7"


LIGHT = Tokens()
DARK = Tokens(
    background="#12181F",
    surface="#1A222B",
    sunken="#222C37",
    hairline="#313D4A",
    border="#7E8D9D",
    text="#E8EDF2",
    muted="#A9B5C1",
    disabled="#6F7D8B",
    primary="#7DB8F0",
    primary_hover="#A1CCF6",
    primary_soft="#1C3550",
    on_primary="#0B1B2B",
    ok="#7FD3A0",
    ok_soft="#173526",
    warn="#F2C46D",
    warn_soft="#3A2D12",
    bad="#F5A39C",
    bad_soft="#45211F",
)


class Tone(Enum):
    """What a colour means; never shown without words and an icon."""

    NEUTRAL = "circle-dashed"
    INFO = "info"
    OK = "circle-check"
    WARN = "triangle-alert"
    BAD = "circle-alert"

    @property
    def icon(self) -> str:
        """The icon that says the same as the colour."""
        return self.value


def tone_colours(tone: Tone) -> tuple[str, str]:
    """Return (ink, soft ground) of a tone in the current theme."""
    now = current()
    return {
        Tone.NEUTRAL: (now.muted, now.sunken),
        Tone.INFO: (now.primary, now.primary_soft),
        Tone.OK: (now.ok, now.ok_soft),
        Tone.WARN: (now.warn, now.warn_soft),
        Tone.BAD: (now.bad, now.bad_soft),
    }[tone]


def current() -> Tokens:
    """Return the colours that the running application was dressed in."""
    app = QApplication.instance()
    held = app.property("tokens") if app is not None else None
    return held if isinstance(held, Tokens) else LIGHT


def font(size: int = BODY, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the window's typeface; `size` in logical pixels, one of the scale."""
    made = QFont(FAMILY)
    made.setPixelSize(size)
    made.setWeight(weight)
    return made


def apply(app: QApplication, tokens: Tokens | None = None) -> None:
    """Dress the application: style, typeface, palette, shapes. Call once, before the first window."""
    tokens = tokens or _wanted(app)
    for file in FONTS:
        QFontDatabase.addApplicationFont(str(file))
    app.setStyle("Fusion")
    app.setProperty("tokens", tokens)
    app.setFont(font())
    app.setPalette(palette(tokens))
    app.setStyleSheet(style_sheet(tokens))


def _wanted(app: QApplication) -> Tokens:
    return DARK if app.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT


def palette(tokens: Tokens) -> QPalette:
    """Return the colours as Qt's roles."""
    role = QPalette.ColorRole
    roles = {
        role.Window: tokens.background,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.sunken,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.muted,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.Highlight: tokens.primary,
        role.HighlightedText: tokens.on_primary,
        role.Accent: tokens.primary,
        role.Link: tokens.primary,
        role.LinkVisited: tokens.primary,
        role.ToolTipBase: tokens.text,
        role.ToolTipText: tokens.surface,
    }
    made = QPalette()
    for name, colour in roles.items():
        made.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens.disabled))
    return made


def style_sheet(tokens: Tokens) -> str:
    """Return the shapes: one template, filled with the tokens."""
    tick = "tick-dark.svg" if tokens is DARK else "tick-light.svg"
    files = {"arrow": (ICONS / "combo-arrow.svg").as_posix(), "tick": (ICONS / tick).as_posix()}
    return _SHAPES.substitute(asdict(tokens), **files)


_SHAPES = Template("""
QFrame[card="true"] { background: $surface; border: 1px solid $hairline; border-radius: 10px; }
QFrame[popup="true"] { background: $surface; border: 1px solid $border; border-radius: 10px; }
QFrame[panel="true"] { background: $sunken; border: none; border-radius: 8px; }
QFrame[bar="top"] { background: $surface; border: none; border-bottom: 1px solid $hairline; }
QFrame[bar="bottom"] { background: $surface; border: none; border-top: 1px solid $hairline; }
QFrame[bar="side"] { background: $surface; border: none; border-right: 1px solid $hairline; }
QFrame[line="true"] { background: $hairline; border: none; max-height: 1px; min-height: 1px; }
QLabel[role="title"] { font-size: 20px; font-weight: 600; }
QLabel[role="heading"] { font-size: 15px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="small"] { color: $muted; font-size: 12px; }
QLabel[tone="bad"] { color: $bad; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="ok"] { color: $ok; }
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox { background: $surface; border: 1px solid $border;
  border-radius: 6px; padding: 0 11px; selection-background-color: $primary; selection-color: $on_primary; }
QLineEdit, QComboBox, QSpinBox { min-height: 34px; }
QPlainTextEdit, QTextEdit { padding: 6px 8px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus { border: 2px solid $primary; padding: 0 10px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 5px 7px; }
QLineEdit[wrong="true"], QComboBox[wrong="true"] { border: 2px solid $bad; padding: 0 10px; }
QLineEdit:disabled, QComboBox:disabled, QLineEdit[readOnly="true"] { background: $sunken; }
QLineEdit[search="true"] { background: $sunken; border: 1px solid transparent; }
QLineEdit[search="true"]:focus { background: $surface; border: 2px solid $primary; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { background: transparent; border: none; padding: 0; min-height: 0; }
QComboBox::drop-down { border: none; width: 28px; }
QComboBox::down-arrow { image: url("$arrow"); width: 16px; height: 16px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $border; padding: 4px; outline: 0;
  selection-background-color: $primary_soft; selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: 32px; }
QCheckBox, QRadioButton { spacing: 8px; min-height: 24px; padding: 1px; }
QCheckBox:focus, QRadioButton:focus { border: 1px solid $primary; border-radius: 4px; padding: 0; }
QCheckBox::indicator, QRadioButton::indicator { width: 16px; height: 16px; border: 1px solid $border; background: $surface; }
QCheckBox::indicator { border-radius: 4px; }
QCheckBox::indicator:checked { border-color: $primary; background: $primary; image: url("$tick"); }
QRadioButton::indicator { border-radius: 9px; }
QRadioButton::indicator:checked { width: 8px; height: 8px; border: 5px solid $primary; }
QPushButton { background: $surface; border: 1px solid $border; border-radius: 6px; min-height: 36px; padding: 0 14px; font-weight: 500; }
QPushButton:hover { background: $sunken; }
QPushButton:focus { border: 2px solid $primary; padding: 0 13px; }
QPushButton:pressed, QPushButton:checked { background: $primary_soft; }
QPushButton:disabled { color: $disabled; border-color: $hairline; }
QPushButton[kind="primary"] { background: $primary; border-color: $primary; color: $on_primary; font-weight: 600; }
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed { background: $primary_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled { background: $sunken; border-color: $hairline; color: $disabled; }
QPushButton[kind="quiet"] { background: transparent; border: 1px solid transparent; min-height: 30px; padding: 0 8px; }
QPushButton[kind="quiet"]:hover { background: $sunken; }
QPushButton[kind="quiet"]:focus { border: 2px solid $primary; padding: 0 7px; }
QPushButton[kind="slim"] { min-height: 26px; padding: 0 10px; }
QPushButton[kind="slim"]:focus { padding: 0 9px; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: $primary; min-height: 22px; padding: 0 4px; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 1px solid $primary; }
QPushButton[kind="link"]:disabled { color: $disabled; }
QListView, QTableView, QTreeView, QScrollArea { background: transparent; border: none; outline: 0; }
QScrollArea > QWidget, QScrollArea > QWidget > QWidget { background: transparent; }
QScrollArea[desk="true"] { background: $sunken; border-radius: 8px; }
QTableView { gridline-color: $hairline; selection-background-color: $primary_soft; selection-color: $text; }
QHeaderView { background: transparent; }
QHeaderView::section { background: $surface; color: $muted; font-size: 12px; font-weight: 500; border: none;
  border-bottom: 1px solid $hairline; padding: 0 12px; min-height: 34px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle { background: $border; border-radius: 4px; min-height: 32px; min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $sunken; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $ok; border-radius: 3px; }
QDialog { background: $surface; }
QMenu { background: $surface; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $primary_soft; color: $text; }
QToolTip { background: $text; color: $surface; border: none; padding: 6px 8px; font-size: 12px; }
""")
