"""Where the tokens of a text stand in it, character by character; for explanations, so not fast."""

import re
from collections.abc import Callable

from vnclf.text.tokenizer import MAX_CHUNK, Tokenizer

Span = tuple[int, int]


def token_spans(text: str, tokenizer: Tokenizer, spell: Callable[[str], str] | None) -> list[Span]:
    """Return the place [begin, end) in `text` of each token that segmenting it gives.

    A token's place covers all characters it was spelt from: marks that stand alone, zero-width
    characters within it.
    """
    spans = []
    for chunk in re.finditer(r"\S+", text):
        spelt = spell(chunk[0]) if spell else chunk[0]
        whole = "".join(tokenizer.respell(spelt[i : i + MAX_CHUNK]) for i in range(0, len(spelt), MAX_CHUNK))
        origin = _origins(chunk[0], whole, lambda part: tokenizer.respell(spell(part) if spell else part))
        offset = 0
        for start in range(0, len(spelt), MAX_CHUNK):
            piece = spelt[start : start + MAX_CHUNK]
            for begin, end in tokenizer.spans(piece):
                spans.append((chunk.start() + origin[offset + begin], chunk.start() + origin[offset + end]))
            offset += len(tokenizer.respell(piece))
    return spans


def _origins(raw: str, spelt: str, respell: Callable[[str], str]) -> list[int]:
    """Return, for each place between characters of `spelt`, the place in `raw` it comes from."""
    if len(raw) == len(spelt) or len(raw) > MAX_CHUNK:
        return [min(i, len(raw)) for i in range(len(spelt) + 1)]
    origins = [0] * (len(spelt) + 1)
    for taken in range(1, len(raw) + 1):
        made = min(len(respell(raw[:taken])), len(spelt))
        for place in range(made, len(spelt) + 1):
            origins[place] = taken
    return origins
