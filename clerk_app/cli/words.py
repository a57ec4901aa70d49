"""The edge where sentences get their language: Vietnamese as written, English by the locale."""

import gettext
import locale
import os
from dataclasses import dataclass
from pathlib import Path

from clerk_app.errors import Notice

CATALOGUE = Path(__file__).parents[1] / "locale"
DOMAIN = "clerk_app"


@dataclass(frozen=True, slots=True)
class SentencesIn:
    """What happened and what to do next, in one language, with the facts filled in."""

    message: str
    remedy: str


def sentences(notice: Notice, language: str | None = None) -> SentencesIn:
    """Look up a notice's sentences in the user's language and fill in its facts."""
    told = gettext.translation(DOMAIN, CATALOGUE, languages=[language or _language()], fallback=True)
    return SentencesIn(
        told.gettext(notice.message).format(**notice.facts),
        told.gettext(notice.remedy).format(**notice.facts),
    )


def _language() -> str:
    """English when the user's locale says English; otherwise Vietnamese, the language of the source."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return "en" if value.startswith("en") else "vi"
    if os.name != "nt":  # an unset locale is C there, which Python calls en_US
        return "vi"
    return "en" if (locale.getlocale()[0] or "").startswith(("en", "English")) else "vi"
