"""What is wrong with single texts: empty, too short, too long, damaged, in another form or language."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from vnclf.audit.language import language_of
from vnclf.corpus.checking import SHORT_TEXT, is_damaged
from vnclf.text.decode import Decoded, DecodeError, decode

# Of 100,000 articles one in some 20,000 is longer; what is has often swallowed others.
LONG_TEXT = 50_000

FLAWS = ("empty", "very_short", "very_long", "damaged", "nfd", "no_diacritics", "other_languages")

_WORD = re.compile(r"\w")
_SURE = 0.95  # how sure one must be of the encoding that damaged a text, to mend it
_OF_LANGUAGE = {"no diacritics": "no_diacritics", "another language": "other_languages"}


def flawed_texts(texts: Sequence[str]) -> dict[str, list[int]]:
    """Return the places in `texts` of those with each of `FLAWS`, in time linear in their length.

    An empty text has no word; `very_short` ones have fewer than `SHORT_TEXT` characters, `very_long`
    ones more than `LONG_TEXT`; `nfd` ones have letters and marks apart. Of a damaged text nothing is
    said of its language.
    """
    found: dict[str, list[int]] = {flaw: [] for flaw in FLAWS}
    for place, text in enumerate(texts):
        for flaw in _flaws(text):
            found[flaw].append(place)
    return found


def mended(text: str) -> Decoded | None:
    """Return a text that was decoded wrongly as it should read, with the way it came; None where that is not sure."""
    found = _encoding(text)
    return found if found and found.encoding not in ("utf-8", "utf-8-sig") and found.confidence >= _SURE else None


def _flaws(text: str) -> Iterator[str]:
    if not _WORD.search(text):
        yield "empty"
        return
    if len(text.strip()) < SHORT_TEXT:
        yield "very_short"
    if len(text) > LONG_TEXT:
        yield "very_long"
    if not unicodedata.is_normalized("NFC", text):
        yield "nfd"
    found = _encoding(text)
    if is_damaged(text) or found is None or found.encoding not in ("utf-8", "utf-8-sig"):
        yield "damaged"
    elif flaw := _OF_LANGUAGE.get(language_of(text) or ""):
        yield flaw


def _encoding(text: str) -> Decoded | None:
    """Return how a text decodes once it is encoded again, which shows whether it was wrongly decoded before."""
    try:
        return decode(text.encode("utf-8", "surrogatepass"))
    except DecodeError:
        return None
