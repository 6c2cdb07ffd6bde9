"""underthesea's regular-expression tokenizer, one white-space-free chunk at a time."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

# A chunk longer than this is cut first: several rules are quadratic in the length of a chunk.
MAX_CHUNK = 1000

# The one place where underthesea's pattern backtracks exponentially: a run inside a repeated group.
# Without the inner "+" the group matches the same texts, in the same order of preference.
_URL_RUN = r"[^\s()<>{}\[\]]+ "
_LINEAR_URL_RUN = r"[^\s()<>{}\[\]]  "

# The pattern, known by its SHA-256, of which `_split_word` is true; with any other every chunk is matched.
_KNOWN_PATTERN = "635270a027472ca9acdecc3d00040c0177e0a69980e5f2f1991c51f2ee294e7d"
_ODD = ("Th", "ʺ")
_OPENING = frozenset("(\"'“‘")
_CLOSING = ")\"'”’.,;:?!…"
_ABBREVIATED = frozenset(("Tp", "Mr", "Mrs", "Ms", "Dr", "ThS"))


@dataclass(frozen=True)
class TokenizerRules:
    """The tokenizer as plain data: its pattern, and its maps of characters and of whole tokens."""

    pattern: str
    characters: dict[str, str]
    tokens: dict[str, str]

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern, ready to match."""
        return re.compile(self.pattern, re.VERBOSE)


def make_linear(pattern: str) -> str:
    """Return underthesea's pattern without its exponential rule and without group names.

    Raises ValueError when the rule is not there as known, for then nothing is known of the pattern.
    """
    if pattern.count(_URL_RUN) != 1:
        raise ValueError("unknown URL rule")
    return re.sub(r"\(\?P<\w+>", "(?:", pattern.replace(_URL_RUN, _LINEAR_URL_RUN))


class Tokenizer:
    """Splits a chunk into the tokens of `underthesea.word_tokenize`."""

    def __init__(self, rules: TokenizerRules) -> None:
        self._match = rules.compiled.finditer
        self._characters = str.maketrans(rules.characters)
        self._tokens = rules.tokens
        self.is_known = hashlib.sha256(rules.pattern.encode()).hexdigest() == _KNOWN_PATTERN

    def tokenize(self, chunk: str, *, at_end: bool = False) -> list[str]:
        """Return the tokens of a chunk that holds no white space.

        `at_end` says that nothing follows it: one rule (a capital and a full stop) looks at that.
        """
        known = self._tokens
        chunk = self.respell(chunk)
        tokens = _split_word(chunk) if self.is_known else None
        if tokens is None:
            tokens = [match[0] for match in self._match(chunk if at_end else chunk + " ")]
        return [known.get(token, token) for token in tokens]

    def spans(self, chunk: str, *, at_end: bool = False) -> list[tuple[int, int]]:
        """Return where the tokens of a chunk begin and end, in the respelt chunk."""
        return [match.span() for match in self._match(self.respell(chunk) + ("" if at_end else " "))]

    def respell(self, text: str) -> str:
        """Return `text` in NFC with underthesea's standard characters."""
        return unicodedata.normalize("NFC", text).translate(self._characters)


def _split_word(chunk: str) -> list[str] | None:
    """Return the tokens of a word of letters or of figures, perhaps with marks around it; None for all else.

    Most chunks are such, and this is several times quicker than the pattern. Of its rules before "word" few match
    letters: "ʺ" is one to Python, the full stop of "Th.S" stands for any character, and capitals or "Tp", "Mr" and
    the like make an abbreviation with a full stop. Marks are tokens each, but for full stops in a row and smileys.
    """
    start, stop = int(chunk[:1] in _OPENING), len(chunk.rstrip(_CLOSING))
    word, marks = chunk[start:stop], chunk[stop:]
    if not word.isalpha():
        if not (word.isdecimal() and word.isascii()):
            return None
    elif word.startswith(_ODD) or (marks[:1] == "." and (word in _ABBREVIATED or word.isupper())):
        return None
    if len(marks) > 1 and (":" in marks or ".." in marks):
        return None
    return [chunk[0], word, *marks] if start else [word, *marks]
