import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnclf.text.segmenters import compiled_tables
from vnclf.text.tokenizer import Tokenizer

LETTERS = "".join(filter(str.isalpha, map(chr, range(sys.maxunicode))))
PARTS = st.one_of(
    st.sampled_from(LETTERS),
    st.sampled_from([*"aeđĐÁờTV()[]\"'“”‘’.,;:?!…-/&°ʺ1²\u0301_", "Th", "Mr", "Tp", "Dr", "ThS", "v.v", "http", "ð"]),
)


@pytest.fixture(scope="module")
def tokenizers() -> tuple[Tokenizer, Tokenizer]:
    compiled = compiled_tables()
    assert compiled is not None
    quick, slow = Tokenizer(compiled.rules), Tokenizer(compiled.rules)
    assert quick.is_known, "underthesea's pattern has changed: is _split_word still true of it?"
    slow.is_known = False
    return quick, slow


@given(st.lists(PARTS, max_size=7).map("".join), st.booleans())
@settings(max_examples=3000, deadline=None)
def test_words_of_letters_are_split_as_the_pattern_would(
    tokenizers: tuple[Tokenizer, Tokenizer], chunk: str, at_end: bool
) -> None:
    quick, slow = tokenizers
    assert quick.tokenize(chunk, at_end=at_end) == slow.tokenize(chunk, at_end=at_end)


@pytest.mark.parametrize("form", ["{}", "{}.", "({})", '"{}",', "A{}.", "{}A.", "Th{}s", "'{}:"])
def test_so_is_every_letter(tokenizers: tuple[Tokenizer, Tokenizer], form: str) -> None:
    quick, slow = tokenizers
    text = [form.format(letter) for letter in LETTERS[:: 1 if form == "{}" else 7]]
    assert [quick.tokenize(chunk) for chunk in text] == [slow.tokenize(chunk) for chunk in text]
