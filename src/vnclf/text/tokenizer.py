"""underthesea's regular-expression tokenizer, one white-space-free chunk at a time."""

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

    def tokenize(self, chunk: str, *, at_end: bool = False) -> list[str]:
        """Return the tokens of a chunk that holds no white space.

        `at_end` says that nothing follows it: one rule (a capital and a full stop) looks at that.
        """
        known = self._tokens
        chunk = self.respell(chunk)
        matches = self._match(chunk if at_end else chunk + " ")
        return [known.get(token, token) for token in [match[0] for match in matches]]

    def spans(self, chunk: str, *, at_end: bool = False) -> list[tuple[int, int]]:
        """Return where the tokens of a chunk begin and end, in the respelt chunk."""
        return [match.span() for match in self._match(self.respell(chunk) + ("" if at_end else " "))]

    def respell(self, text: str) -> str:
        """Return `text` in NFC with underthesea's standard characters."""
        return unicodedata.normalize("NFC", text).translate(self._characters)
