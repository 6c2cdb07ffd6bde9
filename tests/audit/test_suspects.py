"""Which labels are probably wrong."""

from dataclasses import replace
from itertools import islice
from pathlib import Path
from random import Random

import numpy as np
import pytest

from vnclf.audit import opinion
from vnclf.audit.opinion import cross_validated, modelled
from vnclf.audit.suspects import find_suspects
from vnclf.audit.words import count_words
from vnclf.corpus import Corpus, Document, iter_documents
from vnclf.errors import CorpusError
from vnclf.model.predictor import Predictor

WRONG = [5, 62, 111, 168]


@pytest.mark.parametrize("many", [1, 5000], ids=["sgd", "linear-svc"])
def test_wrong_labels_are_found(many: int, plain: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opinion, "_MANY", many)
    labels = find_suspects(plain, cross_validated(plain, count_words(plain.texts, 1), 1))
    found = [suspect.place for suspect in labels.suspects]
    assert found == list(labels.ranking[: len(found)])
    assert set(found) <= set(WRONG) if many == 1 else sorted(found) == WRONG
    assert sorted(labels.ranking[:4]) == WRONG
    assert sorted(labels.ranking) == list(range(len(plain)))
    for suspect in labels.suspects:
        assert {suspect.suggested, plain[suspect.place].topic} == {"sports", "health"}
        assert suspect.probability >= 10 * suspect.given
        assert 0 < len(suspect.words) <= 5
        assert all(word in plain[suspect.place].text for word in suspect.words)
        assert not {"hôm nay", "thành phố"} & set(suspect.words)


def test_the_second_topic_is_no_suspect(plain: Corpus) -> None:
    documents = list(plain)
    documents[5] = replace(documents[5], topics=(documents[5].topic, "health", "sports"))
    corpus = Corpus(tuple(documents), "two topics")
    labels = find_suspects(corpus, cross_validated(corpus, count_words(corpus.texts, 1), 1))
    assert sorted(suspect.place for suspect in labels.suspects) == WRONG[1:]
    assert 5 in labels.ranking[:4]


def test_the_opinion_does_not_depend_on_jobs_or_other_documents(
    plain: Corpus, sample: Corpus, monkeypatch: pytest.MonkeyPatch, shared_work: list[int]
) -> None:
    monkeypatch.setattr(opinion, "_MANY", 1)
    alone = cross_validated(plain, count_words(plain.texts, 1), 1)
    beside = cross_validated(plain, count_words([*plain.texts, *sample.texts[:50]], 2), 2)
    assert set(shared_work) == {1, 2}
    assert alone is not None
    assert beside is not None
    np.testing.assert_allclose(alone.probabilities, beside.probabilities)


def test_small_topics_and_unlabelled_documents_are_not_judged(plain: Corpus) -> None:
    documents = [Document("chưa có nhãn"), *plain, *(Document(f"lẻ {i}", ("rare",)) for i in range(9))]
    corpus = Corpus(tuple(documents), "more")
    found = cross_validated(corpus, count_words(corpus.texts, 1), 1)
    assert found is not None
    assert found.topics == ["health", "sports"]
    assert found.places.tolist() == list(range(1, 201))


@pytest.mark.parametrize("topics", [[()] * 36, [("a",)] * 36, [(f"t{number // 9}",) for number in range(36)]])
def test_nothing_to_judge(topics: list[tuple[str, ...]]) -> None:
    documents = (Document(f"bài số {number} về giá vàng", own) for number, own in enumerate(topics))
    corpus = Corpus(tuple(documents), "odd")
    assert cross_validated(corpus, count_words(corpus.texts, 1), 1) is None
    assert find_suspects(corpus, None).ranking == ()


def test_a_model_judges(sample: Corpus, predictor: Predictor) -> None:
    documents = list(sample)
    documents[5] = replace(documents[5], topics=("sports",))
    documents[100] = replace(documents[100], topics=("vehicles",))
    documents[200] = replace(documents[200], topics=("not in the model",))
    corpus = Corpus(tuple(documents), "sample")
    found = modelled(corpus, predictor, 1)
    labels = find_suspects(corpus, found)
    assert {5, 100} <= {suspect.place for suspect in labels.suspects}
    assert set(labels.ranking[:2]) == {5, 100}
    assert 200 not in labels.ranking
    suspect = next(suspect for suspect in labels.suspects if suspect.place == 5)
    assert suspect.suggested == sample[5].topic
    assert suspect.words
    assert found is not None
    np.testing.assert_allclose(found.probabilities.sum(axis=1), 1)


def test_a_model_of_other_topics(predictor: Predictor, plain: Corpus) -> None:
    corpus = Corpus(tuple(replace(document, topics=(f"my {document.topic}",)) for document in plain), "mine")
    with pytest.raises(
        CorpusError, match=r"^The model knows fewer than two of the topics of mine; it knows business, "
    ):
        modelled(corpus, predictor, 1)
    assert modelled(Corpus((Document("chưa có nhãn"),), "none"), predictor, 1) is None


def test_a_model_judges_some_topics(predictor: Predictor, sample: Corpus) -> None:
    corpus = Corpus(tuple(d for d in sample if d.topic in ("sports", "health", "law")), "three")
    found = modelled(corpus, predictor, 1)
    assert found is not None
    assert found.topics == ["health", "law", "sports"]
    assert len(found.places) > 60
    np.testing.assert_allclose(found.probabilities.sum(axis=1), 1)


def swapped(corpus: Corpus, dice: Random) -> tuple[Corpus, set[int]]:
    """Return a corpus in which 5 % of the documents have another primary topic, and their places."""
    topics = sorted({document.topic for document in corpus})
    documents = list(corpus)
    places = dice.sample(range(len(documents)), len(documents) // 20)
    for place in places:
        first, *others = documents[place].topics
        wrong = dice.choice([topic for topic in topics if topic != first])
        kept = (topic for topic in others if topic != wrong)
        documents[place] = replace(documents[place], topics=(wrong, *kept))
    return Corpus(tuple(documents), corpus.name), set(places)


@pytest.mark.corpora
@pytest.mark.parametrize("seed", [0, 1])
def test_swapped_labels_are_among_the_most_suspect(seed: int, corpora: Path) -> None:
    # Of all 36,760 documents, 92 % of the swapped ones are, with each of three seeds, in 25 s.
    documents = tuple(islice(iter_documents(corpora / "news19" / "train.jsonl.xz"), None, None, 6))
    corpus, wrong = swapped(Corpus(documents, "news19"), Random(seed))
    labels = find_suspects(corpus, cross_validated(corpus, count_words(corpus.texts, 1), 1))
    most = set(labels.ranking[: len(corpus) // 10])
    assert len(most & wrong) >= 0.7 * len(wrong)
