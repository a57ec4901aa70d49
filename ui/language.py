"""The window's language: Vietnamese as it stands in the source, English by catalogues; Qt's own words with it.

`./run words` brings the catalogues in step with the source.
"""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from clerk_app import language as floors

CATALOGUES = Path(__file__).parent / "translations"
QT_WORDS = "qt_vi"  # what Qt itself says, in Vietnamese: it ships no such translation
WINDOW_WORDS = "window_en"  # what the window says, in English
_SPOKEN = {
    floors.VIETNAMESE: (QT_WORDS, QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam)),
    floors.ENGLISH: (WINDOW_WORDS, QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)),
}


def speak(app: QApplication, language: str) -> QTranslator:
    """Let the window and Qt's own widgets speak a language; return what is taken out to end it. Call before the first window."""
    words, locale = _SPOKEN[language]
    QLocale.setDefault(locale)
    translator = QTranslator(app)
    if translator.load(
        str(CATALOGUES / f"{words}.qm")
    ):  # else as the source speaks: no reason to keep a counter shut
        app.installTranslator(translator)
    return translator


def spoken() -> str:
    """Return the language that the window speaks; the English catalogue itself says that it is in use."""
    return QCoreApplication.translate("Language", "vi")


def told(sentence: str) -> str:
    """Return a sentence of the floors below in the window's language."""
    return floors.told(sentence, spoken())
