"""The form of a text in which copies of it are equal."""

import re
import unicodedata

_NOT_WORD = re.compile(r"\W+")


def folded(text: str) -> str:
    """Return a text in NFC and lower case, with one space for each run of characters that are in no word."""
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFC", text).lower()).strip()
