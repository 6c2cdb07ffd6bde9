"""The quick checks of a corpus that every training runs."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from vnclf.corpus.document import Corpus
from vnclf.corpus.duplicates import exact_duplicate_groups

FEW_DOCUMENTS = 10
IMBALANCE = 50
SHORT_TEXT = 20

_DIACRITIC = re.compile("[À-ỹ]")

# UTF-8 read as Windows-1252 or Latin-1. Its bytes are looked for by two-character beginnings that
# Vietnamese lacks, and then, since «bốn lá» is no damage, with the byte that must follow.
_MOJIBAKE = re.compile(
    "á[º»][\x80-\xbf\u0152-\u0178\u0192\u02c6\u02dc\u2013-\u2122]|Ã[\xa0-\xbf\u0161]|Ä[\x90\x91\u2018]|Æ[°¡]"
)
_MOJIBAKE_BEGINNINGS = ("áº", "á»", "Ã", "Ä", "Æ")


def warnings_about(corpus: Corpus) -> list[str]:
    """Return what in a corpus may spoil a model, one sentence with counts for each kind of trouble."""
    return [*_about_topics(corpus), *_about_duplicates(corpus), *_about_texts(corpus)]


def is_damaged(text: str) -> bool:
    """Tell whether a text holds replacement characters or UTF-8 that was read as a Western encoding."""
    if "\ufffd" in text:
        return True
    return any(beginning in text for beginning in _MOJIBAKE_BEGINNINGS) and bool(_MOJIBAKE.search(text))


def has_diacritics(text: str) -> bool:
    """Tell whether a text holds a letter with a diacritic."""
    return not text.isascii() and bool(_DIACRITIC.search(text))


def _about_topics(corpus: Corpus) -> Iterator[str]:
    counts = Counter(corpus.labels).most_common()
    small = [topic for topic, count in counts if count < FEW_DOCUMENTS]
    if small:
        topics = f"{_number(len(small), 'topic')} of fewer than {FEW_DOCUMENTS} documents"
        yield f"The corpus has {topics} ({_listed(small)})."
    if counts and counts[0][1] > IMBALANCE * counts[-1][1]:
        (large, most), (little, least) = counts[0], counts[-1]
        yield f"The topics are out of balance: {large!r} has {most:,} documents, {little!r} {least:,}."


def _about_duplicates(corpus: Corpus) -> Iterator[str]:
    groups = exact_duplicate_groups(corpus.texts)
    surplus = sum(len(group) - 1 for group in groups)
    conflicts = [group for group in groups if len({corpus.labels[place] for place in group}) > 1]
    if surplus:
        yield f"The corpus has {_number(surplus, 'document')} that repeat another, but for case and punctuation."
    if conflicts:
        places = " and ".join(_place(corpus, index) for index in conflicts[0][:2])
        yield f"The corpus has {_number(len(conflicts), 'text')} under different topics (the first: {places})."


def _about_texts(corpus: Corpus) -> Iterator[str]:
    texts = corpus.texts
    troubles = {
        f"shorter than {SHORT_TEXT} characters": [len(text.strip()) < SHORT_TEXT for text in texts],
        "without any diacritic": [not has_diacritics(text) for text in texts],
        "damaged by a wrong encoding": [is_damaged(text) for text in texts],
        "with letters and marks apart (NFD, not NFC)": [not unicodedata.is_normalized("NFC", text) for text in texts],
    }
    for trouble, found in troubles.items():
        if any(found):
            place = _place(corpus, found.index(True))
            yield f"The corpus has {_number(sum(found), 'text')} {trouble} (the first: {place})."


def _place(corpus: Corpus, index: int) -> str:
    return corpus[index].place or f"document {index + 1}"


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _listed(names: list[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
