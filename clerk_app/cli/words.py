"""The edge where sentences get their language: Vietnamese as written, English by the locale."""

from dataclasses import dataclass

from clerk_app.errors import Notice, say
from clerk_app.language import language, told


@dataclass(frozen=True, slots=True)
class SentencesIn:
    """What happened and what to do next, in one language, with the facts filled in."""

    message: str
    remedy: str


def sentences(notice: Notice) -> SentencesIn:
    """Look up a notice's sentences in the user's language and fill in its facts."""
    spoken = language()
    filled = (told(say(text, **notice.facts), spoken) for text in (notice.message, notice.remedy))
    return SentencesIn(*filled)


def in_language(sentence: str) -> str:
    """Return a sentence of the floors in the user's language."""
    return told(sentence, language())
