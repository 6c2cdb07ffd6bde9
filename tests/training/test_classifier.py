import copy
import pickle
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, cross_val_score, cross_validate
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer

from vnclf import InputError, Predictor, RecipeError, TopicClassifier
from vnclf.corpus import Corpus


@pytest.fixture(scope="module")
def data(sample: Corpus) -> tuple[list[str], list[str]]:
    kept = [d for d in sample if d.topic in ("sports", "law", "business")]
    return [d.text for d in kept], [d.topic for d in kept]


def quick() -> TopicClassifier:
    return TopicClassifier(folds=1, max_features=3000)


def test_it_is_a_scikit_learn_classifier(data: tuple[list[str], list[str]]) -> None:
    texts, topics = data
    assert cross_val_score(quick(), texts, topics, cv=2).mean() > 0.7
    grid = GridSearchCV(quick(), {"C": [0.1, 1.0]}, cv=2).fit(texts, topics)
    assert grid.best_params_["C"] in (0.1, 1.0)
    copy = clone(quick().set_params(C=3.0))
    assert copy.get_params()["C"] == 3.0
    pipeline = Pipeline([("strip", FunctionTransformer(lambda xs: [x.strip() for x in xs])), ("topic", quick())])
    assert set(pipeline.fit(texts, topics).predict(texts)) == set(topics)


def test_probabilities_have_the_classes_order(data: tuple[list[str], list[str]]) -> None:
    texts, topics = data
    numbers = [{"sports": 10, "law": 9, "business": 2}[topic] for topic in topics]
    model = quick().fit(texts, numbers)
    assert model.classes_.tolist() == [2, 9, 10]
    probabilities = model.predict_proba(texts)
    assert probabilities.shape == (len(texts), 3)
    assert probabilities.sum(axis=1) == pytest.approx(np.ones(len(texts)))
    assert (model.predict(texts) == numbers).mean() > 0.95
    assert model.predict_proba([]).shape == (0, 3)


def test_it_saves_a_model_folder(data: tuple[list[str], list[str]], tmp_path: Path) -> None:
    model = quick().fit(*data)
    text = "Thủ môn cản phá quả phạt đền ở phút bù giờ"
    assert Predictor.load(model.save(tmp_path / "m")).predict(text).topic == model.predict([text])[0]


def test_a_fitted_one_is_copied_and_pickled(data: tuple[list[str], list[str]], tmp_path: Path) -> None:
    texts, topics = data
    model = quick().fit(texts, topics)
    expected = model.predict_proba(texts)
    assert np.array_equal(copy.deepcopy(model).predict_proba(texts), expected)
    assert pickle.loads(pickle.dumps(model)).save(tmp_path / "m").is_dir()
    joblib.dump((model, texts), tmp_path / "pickle")
    np.save(tmp_path / "expected.npy", expected)
    code = "import joblib, numpy, sys; model, texts = joblib.load('pickle'); "
    code += "sys.exit(not numpy.array_equal(model.predict_proba(texts), numpy.load('expected.npy')))"
    subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=tmp_path, check=True)
    scores = cross_validate(quick(), texts, topics, cv=2, n_jobs=2, return_estimator=True)
    assert [len(part.predict(texts)) for part in scores["estimator"]] == [len(texts)] * 2


def test_mistakes_are_told(data: tuple[list[str], list[str]]) -> None:
    texts, topics = data
    with pytest.raises(NotFittedError):
        quick().predict(texts)
    with pytest.raises(RecipeError, match=r"classifier\.C"):
        TopicClassifier(C=-1).fit(texts, topics)
    with pytest.raises(InputError, match="labels"):
        quick().fit(texts, topics[:-1])
    with pytest.raises(InputError, match="two classes"):
        quick().fit(texts, ["a"] * len(texts))


@pytest.mark.parametrize(
    "labels",
    [
        [None, "a", "b"],
        np.array(["x", 1, 2], object),
        [["a"], ["a", "b"], ["b"]],
        [["a"], ["b"], ["b"]],
        [1.0, 2.0, float("nan")],
        None,
    ],
    ids=["none", "mixed", "ragged", "lists", "nan", "no labels"],
)
def test_labels_that_are_none(labels: Any) -> None:
    message = r"^Labels must be all strings or all numbers, one a text, and none of them missing\.$"
    with pytest.raises(InputError, match=message):
        quick().fit(["bóng đá", "giá vàng", "giá dầu"], labels)


@pytest.mark.parametrize("lengths", [(2,), (1, 2, 3), 2])
def test_lengths_that_are_no_pair(lengths: Any, data: tuple[list[str], list[str]]) -> None:
    with pytest.raises(RecipeError, match=r"words is \S.*; give the shortest and the longest n-gram, as \(1, 2\), or"):
        TopicClassifier(words=lengths).fit(*data)


def test_texts_that_are_none(data: tuple[list[str], list[str]]) -> None:
    texts, topics = data
    with pytest.raises(InputError, match=r"^Text 1 is float nan, not a string\.$"):
        quick().fit([texts[0], float("nan"), *texts[2:]], topics)  # type: ignore[list-item]
    with pytest.raises(InputError, match=r"^Expected a list of texts, got one ndarray; "):
        quick().fit(np.array([texts]).T, topics)  # type: ignore[arg-type]


def test_samples_have_weights(data: tuple[list[str], list[str]]) -> None:
    texts, topics = data
    twice = "Cá ngừ đại dương: cá ngừ vây vàng, cá ngừ mắt to"
    of_both = [*texts, *[twice] * 8], [*topics, *["law", "sports"] * 4]
    for law, sports, topic in [(1, 5, "sports"), (5, 1, "law"), (0, 1, "sports")]:
        model = quick().fit(*of_both, sample_weight=[*[1] * len(texts), *[law, sports] * 4])
        assert model.predict([twice]) == [topic]
    equal, without_law = (
        quick().fit(texts, topics, sample_weight=[weight if topic == "law" else 1 for topic in topics])
        for weight in (1, 0)
    )
    assert np.array_equal(equal.predict_proba(texts), quick().fit(texts, topics).predict_proba(texts))
    assert without_law.classes_.tolist() == ["business", "sports"]
    grid = GridSearchCV(quick(), {"C": [0.5]}, cv=2).fit(texts, topics, sample_weight=np.ones(len(texts)))
    assert grid.best_score_ > 0.7


@pytest.mark.parametrize("weights", [[1.0], [1, 1, -1], [1, 1, float("nan")], ["a", "b", "c"], 1.0])
def test_weights_that_are_none(weights: Sequence[float]) -> None:
    with pytest.raises(InputError, match=r"^sample_weight must be 3 numbers, one a text, none of them negative\.$"):
        quick().fit(["bóng đá", "giá vàng", "giá dầu"], ["a", "b", "b"], sample_weight=weights)
