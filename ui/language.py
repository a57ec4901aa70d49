"""The language of what Qt itself says: menus of text fields, file dialogs. Our own sentences are Vietnamese already."""

from pathlib import Path

from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

WORDS = Path(__file__).parent / "translations" / "qt_vi.qm"  # made by `pyside6-lrelease qt_vi.ts`


def speak_vietnamese(app: QApplication) -> None:
    """Let Qt's own widgets speak Vietnamese; it ships no such translation. Call before the first window."""
    QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
    translator = QTranslator(app)
    if translator.load(str(WORDS)):
        app.installTranslator(translator)
