import json
import lzma
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from underthesea import word_tokenize

from vnclf import InputError, segment, segment_many
from vnclf.corpus import Corpus
from vnclf.text.segmenters import get_segmenter, spell_for_topics

CHUNKS = st.sampled_from(
    "Hà Nội TP.HCM TP. Tp. Mr. ThS. v.v... v.v ... .. -- -> 1.600m-2.000m 02/05/2014 10:20:50 3x4 43H-0530 H’Mông "
    "e-mail a@b.vn http://vnexpress.net/a?b=(c) www.x.com.vn/ :D :)) <3 60.542.000 4.123,2 5-10 08-2014 NĐ-CP H&M "
    "Thessaloniki Thaksin nghành hoà thuỷ 😀 👩‍⚕️ n\u0303g e\u0302\u0301 中文 русский % $ × ÷ ʺ _ a_b ð Ð T.Ư 4K "
    'Việt_Nam (Reuters) "trích" dẫn, 100.000, bệnh viện đa khoa quốc tế'.split()
)
TEXTS = st.one_of(
    st.lists(CHUNKS, max_size=25).map(" ".join),
    st.lists(CHUNKS, max_size=4).map("".join),
    st.lists(st.one_of(CHUNKS, st.text(max_size=8)), max_size=12).map(" ".join),
    st.text(alphabet="aăâbcdđeêAĂĐ.,-()/:@1 \n\u0301", max_size=60),
)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_words_are_those_of_underthesea(text: str) -> None:
    assert segment(text) == word_tokenize(text)


def test_bundled_corpus_is_segmented_as_by_underthesea(sample: Corpus) -> None:
    texts = sample.texts[::5]
    assert segment_many(texts) == [word_tokenize(text) for text in texts]


def test_reading_for_topics_is_segmenting_the_spelt_text(sample: Corpus) -> None:
    texts = [text.upper() if i % 3 else text for i, text in enumerate(sample.texts[::9])]
    words = get_segmenter("fast", for_topics=True).segment(texts).words()
    assert words == [word_tokenize(spell_for_topics(text)) for text in texts]
    reference = get_segmenter("underthesea", for_topics=True).segment(texts)
    assert reference.words() == words


def test_a_batch_is_its_texts(sample: Corpus) -> None:
    texts = ["", "A", *sample.texts[:40], " \n", "TP.", "TP. ", "TP.\n"]
    assert segment_many(texts) == [segment(text) for text in texts]
    assert segment_many([]) == []


def test_breaks_and_first_words_begin(sample: Corpus) -> None:
    batch = get_segmenter("fast", for_topics=True).segment(["", *sample.texts[:50], "a"])
    assert batch.begins[batch.numbers == 0].all()
    assert batch.begins[batch.first].all()


def test_many_threads_get_the_same_words(sample: Corpus) -> None:
    expected = [segment(text) for text in sample.texts[:60]]
    with ThreadPoolExecutor(8) as pool:
        for _ in range(3):
            assert list(pool.map(segment, sample.texts[:60])) == expected


def test_what_a_full_lexicon_forgets_it_learns_again(monkeypatch: pytest.MonkeyPatch, sample: Corpus) -> None:
    expected = segment_many(sample.texts[:30])
    monkeypatch.setattr("vnclf.text.lexicon._MAX_CHUNKS", 50)
    assert [segment(text) for text in sample.texts[:30]] == expected
    monkeypatch.setattr("vnclf.text.lexicon._MAX_TOKENS", 50)
    assert [segment(text) for text in sample.texts[:30]] == expected


def test_long_tokens_fill_a_lexicon_early(monkeypatch: pytest.MonkeyPatch) -> None:
    segmenter = get_segmenter("none", for_topics=False)
    monkeypatch.setattr("vnclf.text.lexicon._MAX_CHARACTERS", 50_000)
    sizes = [len(segmenter.segment([f"{i:0999}"]).strings) for i in range(200)]
    assert max(sizes[1:]) < 60


@pytest.mark.parametrize("text", ["http://" + "!" * 5000, "a." * 5000, "(" * 5000, "x" * 100_000, "a-" * 3000 + "\n"])
def test_no_text_hangs(text: str) -> None:
    assert "".join(segment(text)).replace(" ", "") == text.strip()


def test_slices_of_a_long_document_join_up(monkeypatch: pytest.MonkeyPatch, sample: Corpus) -> None:
    long = "\n".join(sample.texts[:30])
    expected = segment(long)
    monkeypatch.setattr("vnclf.text.scoring._SLICE", 97)
    assert segment(long) == expected == word_tokenize(long)


def test_what_is_no_string_is_named() -> None:
    with pytest.raises(InputError, match="Text 1 is int 5"):
        segment_many(["a", 5])  # type: ignore[list-item]
    with pytest.raises(InputError, match="list of texts"):
        segment_many("abc")


@pytest.mark.parametrize("name", ["vntc10/train", "leads/2025-08_2026-05", "articles/2016_2017"])
def test_corpora_are_segmented_as_by_underthesea(corpora: Path, name: str) -> None:
    with lzma.open(corpora / f"{name}.jsonl.xz", "rt", encoding="utf-8") as file:
        lines = [line for _, line in zip(range(4000), file, strict=False)]
    texts = [json.loads(line)["text"] for line in random.Random(1).sample(lines, 120)]
    assert segment_many(texts) == [word_tokenize(text) for text in texts]
