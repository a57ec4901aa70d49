"""The language of sentences: Vietnamese as they are written, English by the catalogue in `locale`."""

import gettext
import os
from pathlib import Path

from clerk_app.errors import Said

CATALOGUE = Path(__file__).parent / "locale"
DOMAIN = "clerk_app"
VIETNAMESE, ENGLISH = "vi", "en"
LANGUAGES = (VIETNAMESE, ENGLISH)


def language(chosen: str = "") -> str:
    """Return the language that was chosen; else English where the environment asks for it, and Vietnamese everywhere else.

    What Windows itself speaks does not count: many offices work in Vietnamese on an English Windows.
    """
    if chosen:
        return chosen
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return ENGLISH if value.startswith("en") else VIETNAMESE
    return VIETNAMESE


def told(sentence: str, spoken: str) -> str:
    """Return a sentence of the floors in a language; as it is written where the catalogue does not know it."""
    if not sentence or spoken == VIETNAMESE:
        return sentence
    if isinstance(sentence, Said):
        facts = {
            name: told(fact, spoken) if isinstance(fact, str) else fact
            for name, fact in sentence.facts.items()
        }
        return told(sentence.template, spoken).format(**facts)
    return gettext.translation(DOMAIN, CATALOGUE, languages=[spoken], fallback=True).gettext(sentence)
