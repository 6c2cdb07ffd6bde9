import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnclf.text.segmenters import get_segmenter, spell_for_topics, token_spans

TEXT = "Hội người Việt Nam tại “Séc”,  TP. Praha:\nđã gặp 2-1 bạn_bè."


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_each_token_is_found_in_the_text(form: str) -> None:
    text = unicodedata.normalize(form, TEXT)  # type: ignore[arg-type]
    batch = get_segmenter("fast", for_topics=True).segment([text])
    tokens = [batch.strings[number] for number in batch.numbers.tolist() if number]
    spans = token_spans(text)
    assert [spell_for_topics(text[begin:end]).strip() for begin, end in spans] == tokens


@given(st.text(alphabet="aAêĐ \n\u0301\u200b“.-1_", max_size=40))
def test_there_is_one_place_a_token(text: str) -> None:
    batch = get_segmenter("fast", for_topics=True).segment([text])
    spans = token_spans(text)
    assert len(spans) == batch.lengths[0]
    assert all(0 <= begin <= end <= len(text) for begin, end in spans)
    assert spans == sorted(spans)
