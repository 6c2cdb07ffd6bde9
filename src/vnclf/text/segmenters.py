"""The segmenters a recipe can name, all with the same way in and out."""

import warnings
from collections.abc import Callable, Sequence
from functools import cache
from typing import Literal, Protocol

import numpy as np

from vnclf.text.compile import Compiled, UnknownUndertheseaError, load_compiled, quiet_logging
from vnclf.text.lexicon import Lexicon, describe_all, describe_for_features
from vnclf.text.normalize import normalize
from vnclf.text.segmenter import Segmented, Segmenter
from vnclf.text.ties import TieBreaker
from vnclf.text.tokenizer import Tokenizer

SegmenterName = Literal["fast", "underthesea", "none"]

Spell = Callable[[str], str]


class AnySegmenter(Protocol):
    """What every segmenter offers; `segment` is safe to call from many threads."""

    def segment(self, texts: Sequence[str]) -> Segmented:
        """Segment documents."""
        ...

    def words(self, text: str) -> list[str]:
        """Return the words of one text."""
        return self.segment([text]).words()[0]


class TokenSegmenter(AnySegmenter):
    """Takes every token for a word: the segmenter "none"."""

    def __init__(self, tokenizer: Tokenizer, spell: Spell | None) -> None:
        self._tokenizer = tokenizer
        self._spell = spell
        self._lexicon = self._new_lexicon()

    def segment(self, texts: Sequence[str]) -> Segmented:
        """Tokenize documents."""
        lexicon = self._lexicon
        if lexicon.is_full:
            lexicon = self._lexicon = self._new_lexicon()
        numbers, lengths, table = lexicon.read(texts)
        begins = np.ones(len(numbers) - 2, np.bool_)
        return Segmented(numbers[2:], begins, np.array(lengths, np.int64), table, lexicon.strings)

    def _new_lexicon(self) -> Lexicon:
        return Lexicon(self._tokenizer, describe_for_features, self._spell)


class ReferenceSegmenter(AnySegmenter):
    """Calls underthesea itself, a text at a time: the yardstick, and what an unknown version falls back to."""

    def __init__(self, spell: Spell | None, *, join: bool = True) -> None:
        """`join=False` stops after the tokenizer, so that every token is a word."""
        with quiet_logging():
            from underthesea.pipeline import word_tokenize
        self._split: Callable[[str], list[str]] = (
            word_tokenize.word_tokenize if join else word_tokenize.regex_tokenize.tokenize
        )
        self._spell = spell

    def segment(self, texts: Sequence[str]) -> Segmented:
        """Segment documents."""
        numbers, begins, lengths = [], [], []
        index = {"": 0}
        for text in texts:
            words = self._split(self._spell(text) if self._spell else text)
            tokens = [token for word in words for token in word.split(" ")]
            numbers += [index.setdefault(token, len(index)) for token in tokens] + [0, 0]
            begins += [i == 0 for word in words for i in range(word.count(" ") + 1)] + [True, True]
            lengths.append(len(tokens))
        strings = list(index)
        return Segmented(
            np.array(numbers, np.int32),
            np.array(begins, np.bool_),
            np.array(lengths, np.int64),
            describe_all(strings),
            strings,
        )


def spell_for_topics(text: str) -> str:
    """Return a text or chunk as the classifier reads it: normalised, then lower-cased.

    An underscore becomes a space, so that text whose words are already joined by it is read as well.
    """
    return normalize(text).lower().replace("_", " ")


@cache
def get_segmenter(name: SegmenterName, *, for_topics: bool) -> AnySegmenter:
    """Return the process's segmenter of that name.

    `for_topics` reads texts as the classifier does (normalised, lower case); otherwise they are
    segmented as they stand. An underthesea whose files are unknown is called itself, with a warning.
    """
    spell = spell_for_topics if for_topics else None
    compiled = None if name == "underthesea" else compiled_tables()
    if compiled is None:
        return ReferenceSegmenter(spell, join=name != "none")
    tokenizer = Tokenizer(compiled.rules)
    if name == "none":
        return TokenSegmenter(tokenizer, spell)
    return Segmenter(tokenizer, compiled.tables, TieBreaker(compiled.exact, compiled.templates), spell)


def token_spans(text: str) -> list[tuple[int, int]]:
    """Return the place [begin, end) in `text` of each token, as the classifier reads it.

    Where the installed underthesea is of an unknown kind nothing is known of its tokens' places: each
    then covers the whole text.
    """
    from vnclf.text.offsets import token_spans

    compiled = compiled_tables()
    if compiled is None:
        return [(0, len(text))] * int(get_segmenter("fast", for_topics=True).segment([text]).lengths[0])
    return token_spans(text, Tokenizer(compiled.rules), spell_for_topics)


@cache
def compiled_tables() -> Compiled | None:
    """Return the compiled underthesea, or None, with one warning, where it is of an unknown kind."""
    try:
        return load_compiled()
    except UnknownUndertheseaError as error:
        warnings.warn(f"{error}; segmenting with underthesea itself, which is slower", RuntimeWarning, stacklevel=3)
        return None


def segmenter_identity(name: SegmenterName) -> dict[str, str]:
    """Return name, version and fingerprint of a segmenter, as a model records them."""
    import importlib.metadata

    compiled = compiled_tables()
    version = compiled.version if compiled else importlib.metadata.version("underthesea")
    return {"name": name, "version": version, "fingerprint": compiled.fingerprint if compiled else "unknown"}
