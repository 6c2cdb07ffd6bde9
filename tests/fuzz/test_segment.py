import unicodedata

from hypothesis import given

from tests.fuzz.inputs import TEXTS
from tests.fuzz.limits import fuzz, in_linear_time
from vnclf.text import segment, segment_many
from vnclf.text.segmenters import get_segmenter, token_spans


def skeleton(text: str) -> str:
    """Return what segmenting leaves of a text: underthesea puts tone marks elsewhere and knows its own đ and quotes."""
    text = unicodedata.normalize("NFD", text.replace("ð", "đ").replace("Ð", "Đ"))
    return "".join(sorted("".join(text.split())))


@fuzz(0.125)
@given(TEXTS, TEXTS)
def test_words_are_those_of_the_text_whatever_stands_beside_it(text: str, other: str) -> None:
    with in_linear_time(len(text)):
        words = segment(text)
    assert segment_many([other, text])[1] == words
    assert all(words)
    assert skeleton("".join(words)) == skeleton(text)


@fuzz(0.125)
@given(TEXTS)
def test_each_token_has_its_place_in_the_text(text: str) -> None:
    with in_linear_time(len(text)):
        spans = token_spans(text)
    assert len(spans) == get_segmenter("fast", for_topics=True).segment([text]).lengths[0]
    assert spans == sorted(spans)
    assert all(0 <= begin <= end <= len(text) for begin, end in spans)
