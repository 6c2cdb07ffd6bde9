"""The bundled corpus is what its card says."""

import re
import unicodedata
from collections import Counter

from vnclf.corpus import Corpus
from vnclf.taxonomy import load_taxonomy


def test_every_topic_has_its_documents(sample: Corpus) -> None:
    counts = Counter(sample.labels)
    assert set(counts) == set(load_taxonomy())
    assert min(counts.values()) >= 24
    assert {topic for document in sample for topic in document.topics} <= set(counts)
    assert sum(len(document.topics) > 1 for document in sample) >= len(sample) / 5


def test_documents_are_of_newspaper_length_and_clean(sample: Corpus) -> None:
    for document in sample:
        assert 60 <= len(document.text.split()) <= 250, document.place
        assert unicodedata.is_normalized("NFC", document.text), document.place


def test_no_two_documents_share_a_sentence(sample: Corpus) -> None:
    seen: Counter[str] = Counter()
    for text in sample.texts:
        sentences = (sentence.strip().lower() for sentence in re.split(r"[.!?…\n]", text))
        seen.update({sentence for sentence in sentences if len(sentence.split()) > 3})
    assert [sentence for sentence, count in seen.items() if count > 1] == []


def test_identifiers_and_registers(sample: Corpus) -> None:
    assert len({document.fields["id"] for document in sample}) == len(sample)
    registers = {topic: {d.fields["register"] for d in sample if d.topic == topic} for topic in set(sample.labels)}
    assert min(map(len, registers.values())) >= 5
