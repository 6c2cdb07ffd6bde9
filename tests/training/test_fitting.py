from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from vnclf.corpus import Corpus, Document
from vnclf.errors import RecipeError
from vnclf.model.channel import Channel
from vnclf.model.folder import ModelFolder
from vnclf.training.fitting import _Linear
from vnclf.training.matrix import Vocabulary
from vnclf.training.recipe import parse_recipe
from vnclf.training.train import Trained, fit

# Nobody labelled a text with "bướm gió", but these stand beside words of the one topic and not of the other.
SPORT = [f"Trận đấu thứ {n}: đội bóng ghi bàn, cầu thủ bướm gió ra sân" for n in range(1, 13)]
SCHOOL = [f"Trường học thứ {n}: học sinh làm bài thi, thầy giáo mây tím chấm điểm" for n in range(1, 13)]


def _with_words(texts: Sequence[str], topic: str, left_out: str) -> list[Document]:
    return [Document(text.replace(left_out, "khác"), (topic,)) for text in texts]


@pytest.fixture(scope="module")
def small() -> Corpus:
    return Corpus((*_with_words(SPORT, "sports", "bướm gió"), *_with_words(SCHOOL, "education", "mây tím")))


def _fit(corpus: Corpus, weight: float, **features: object) -> Trained:
    recipe = {
        "features": {"min_df": 2, **features},
        "self_training": {"weight": weight},
        "validation": {"folds": 2},
        "classifier": {"C": 1.0},
    }
    return fit(corpus, parse_recipe(recipe), unlabelled=[*SPORT, *SCHOOL])


@pytest.mark.parametrize(
    ("text", "topic"), [("bướm gió", "sports"), ("mây tím", "education"), ("may tim", "education")]
)
def test_words_of_unlabelled_texts_are_learnt(small: Corpus, text: str, topic: str) -> None:
    without, taught = (_fit(small, weight).predictor().predict(text) for weight in (0.0, 0.5))
    assert not without.in_domain
    assert taught.topic == topic
    assert taught.probability > 0.6


def test_the_heaviest_features_stay(sample: Corpus) -> None:
    plain = {
        "without_diacritics": {"enabled": False},
        "validation": {"folds": 2},
        "calibration": {"method": "temperature"},
    }
    whole, pruned = (
        fit(sample, parse_recipe({"features": {"select": "weight", "max_features": size}, **plain}))
        for size in (10**6, 2000)
    )
    kept = np.isin(whole.arrays["text.keys"], pruned.arrays["text.keys"])
    weights, ours = _weights(whole), _weights(pruned)
    spread = np.linalg.norm(weights - weights.mean(axis=1, keepdims=True), axis=1)
    assert kept.sum() == len(pruned.arrays["text.keys"]) == 2000
    assert float(spread[kept].min()) > float(spread[~kept].max()) * 0.9  # whole numbers stand for weights
    ratio = float(np.linalg.norm(ours) / np.linalg.norm(weights[kept]))  # each has its own temperature
    assert np.allclose(ours, weights[kept] * ratio, atol=0.1 * ratio * float(np.abs(weights[kept]).max()))


def _weights(trained: Trained) -> NDArray[np.float64]:
    channel = Channel.of(ModelFolder(Path(), trained.description, trained.arrays), "text")
    return channel.weights.take(np.arange(len(channel.keys))) * channel.scale


def test_some_options_need_one_classifier_a_topic() -> None:
    with pytest.raises(RecipeError, match="self_training needs the classifier linear-svc or sgd, not complement-nb"):
        parse_recipe({"self_training": {"weight": 0.5}, "classifier": {"name": "complement-nb"}})
    classifier = {"name": "logistic-regression", "second_topic_weight": {"law": 0.5}}
    with pytest.raises(RecipeError, match="second_topic_weight needs the classifier linear-svc or sgd, not logistic"):
        parse_recipe({"classifier": classifier})
    mixtures = {"calibration": {"mixtures": {"law": {"society": 0.5}}}}
    with pytest.raises(RecipeError, match="mixtures needs the classifier linear-svc or sgd, not complement-nb"):
        parse_recipe({"classifier": {"name": "complement-nb"}, **mixtures})


def test_log_odds_call_a_topic_sooner(small: Corpus) -> None:
    plain = {"without_diacritics": {"enabled": False}, "validation": {"folds": 2}}
    usual, sooner = (
        fit(small, parse_recipe({"calibration": {"method": "temperature", "log_odds": odds}, **plain}))
        for odds in ({}, {"sports": 1.5})
    )
    text = "Học sinh đá bóng sau giờ học, thầy giáo ghi bàn"
    ratios = [
        np.log(p["sports"] / p["education"])
        for p in (dict(t.predictor().predict(text).ranking) for t in (usual, sooner))
    ]
    assert ratios[1] - ratios[0] == pytest.approx(1.5, abs=1e-6)


def test_of_a_mixture_counts_what_is_over_a_clear_no() -> None:
    model = _Linear(
        Vocabulary(np.arange(2), np.ones(2, np.float32)), np.array([[0.5, -1.0], [2.0, 0.25]]), np.array([-0.5, 0.75])
    )
    mixed = model.mixed(np.array([[1.0, 0.0], [0.4, 1.0]]))
    scores, found = ([1.0, 3.0] @ m.weights + m.bias for m in (model, mixed))
    assert found == pytest.approx([scores[0] + 0.4 * (scores[1] + 1), scores[1]])


def test_mixtures_add_what_speaks_for_kindred_topics(sample: Corpus) -> None:
    three = Corpus(tuple(document for document in sample if document.topic in ("sports", "education", "law")))
    plain = {"without_diacritics": {"enabled": False}, "validation": {"folds": 2}}
    usual, mixed = (
        fit(three, parse_recipe({"calibration": {"method": "temperature", "mixtures": mixtures}, **plain}))
        for mixtures in ({}, {"sports": {"education": 0.5}})
    )
    topics = [topic.id for topic in usual.predictor().topics]
    sports, education = topics.index("sports"), topics.index("education")
    before, after = _weights(usual), _weights(mixed)
    expected = before[:, sports] + 0.5 * before[:, education]
    assert np.corrcoef(after[:, education], before[:, education])[0, 1] > 0.99
    assert np.corrcoef(after[:, sports], expected)[0, 1] > 0.99 > np.corrcoef(before[:, sports], expected)[0, 1]


def test_second_topics_named_in_the_recipe_teach(small: Corpus) -> None:
    texts = [f"Giải cờ vua học đường lần thứ {n}: học sinh tranh tài, thầy giáo chấm" for n in range(1, 13)]
    corpus = Corpus((*small, *(Document(text, ("education", "sports")) for text in texts)))
    plain = {"without_diacritics": {"enabled": False}, "validation": {"folds": 2}}
    chances = [
        dict(fit(corpus, parse_recipe({"classifier": classifier, **plain})).predictor().predict("cờ vua").ranking)
        for classifier in ({}, {"second_topic_weight": {"sports": 1.0}})
    ]
    assert chances[1]["sports"] > chances[0]["sports"] + 0.1


@pytest.mark.parametrize(
    ("named", "key"),
    [
        ({"classifier": {"second_topic_weight": {"diaspora": 0.5, "sprots": 0.5}}}, "classifier.second_topic_weight"),
        ({"calibration": {"log_odds": {"sprots": 1}}}, "calibration.log_odds"),
        ({"calibration": {"mixtures": {"sprots": {"law": 0.5}}}}, "calibration.mixtures"),
        ({"calibration": {"mixtures": {"law": {"sprots": 0.5}}}}, "calibration.mixtures"),
    ],
)
def test_a_topic_that_nobody_has_is_an_error_before_the_work(
    small: Corpus, named: dict[str, object], key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vnclf.training.train.training_set", None)
    with pytest.raises(RecipeError, match=rf"{key} names 'sprots', which is no topic of corpus"):
        fit(small, parse_recipe(named))
