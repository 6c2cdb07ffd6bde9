import unicodedata

from hypothesis import given

from tests.fuzz.inputs import TEXTS
from tests.fuzz.limits import fuzz, in_linear_time
from vnclf.text import normalize


@fuzz(0.25)
@given(TEXTS)
def test_normalizing_is_done_once_and_chunk_by_chunk(text: str) -> None:
    with in_linear_time(len(text)):
        normal = normalize(text)
    assert normalize(normal) == normal
    assert unicodedata.is_normalized("NFC", normal)
    assert [part for chunk in text.split() for part in normalize(chunk).split()] == normal.split()
