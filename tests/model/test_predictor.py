import copy
import pickle
import shutil
import time
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from vnclf import InputError, ModelError, Predictor
from vnclf.corpus import Corpus
from vnclf.text.lexicon import strip_diacritics
from vnclf.training.train import Trained

SPORTS = "Đội tuyển Việt Nam thắng 2-1 trên sân Mỹ Đình, cầu thủ ghi bàn ở phút 90"


def test_a_prediction_says_what_it_is(predictor: Predictor) -> None:
    prediction = predictor.predict(SPORTS)
    assert prediction.topic == "sports"
    assert prediction.topics[0] == "sports"
    assert prediction.in_domain
    assert prediction.reason is None
    assert prediction.ranking[0] == ("sports", prediction.probability)
    assert sum(p for _, p in prediction.ranking) == pytest.approx(1)
    assert [p for _, p in prediction.ranking] == sorted(prediction.probabilities.tolist(), reverse=True)
    assert pickle.loads(pickle.dumps(prediction)) == prediction


def test_topics_have_names(predictor: Predictor) -> None:
    assert len(predictor.topics) == 19
    assert {t.id: t.vietnamese for t in predictor.topics}["sports"] == "Thể thao"


def test_one_in_one_out(predictor: Predictor, sample: Corpus) -> None:
    texts = ["", *sample.texts[:70], SPORTS, "x"]
    many = predictor.predict_many(texts)
    assert [p.topic for p in many] == [predictor.predict(text).topic for text in texts]
    assert list(predictor.stream(iter(texts))) == many
    assert predictor.predict_many([]) == []
    assert np.allclose([p.probability for p in many], [predictor.predict(text).probability for text in texts])


def test_processes_change_nothing(predictor: Predictor, sample: Corpus) -> None:
    assert predictor.predict_many(sample.texts, jobs=2) == predictor.predict_many(sample.texts)


def test_processes_see_a_model_that_was_replaced(trained: Trained, sample: Corpus, tmp_path: Path) -> None:
    texts = [f"{text} {i}" for i in range(60) for text in sample.texts[:30]]
    trained.save(tmp_path / "m")
    first = Predictor.load(tmp_path / "m").predict_many(texts, jobs=2, page=False)
    turned = {**trained.arrays, "text.bias": trained.arrays["text.bias"][::-1].copy()}
    replace(trained, arrays=turned).save(tmp_path / "m")
    second = Predictor.load(tmp_path / "m")
    assert second.predict_many(texts, jobs=2, page=False) == second.predict_many(texts, page=False) != first
    assert trained.predictor().predict_many(texts[:3], jobs=2) == trained.predictor().predict_many(texts[:3])


def test_processes_read_as_predictions_are_taken(predictor: Predictor) -> None:
    read = 0

    def endless() -> Iterator[str]:
        nonlocal read
        while True:
            read += 1
            yield ""

    stream = predictor.stream(endless(), jobs=2)
    next(stream)
    ahead = read
    time.sleep(0.5)
    assert read == ahead < 40_000
    del stream  # leaves no work behind, nor a warning
    assert predictor.predict_many([SPORTS], jobs=2) == [predictor.predict(SPORTS)]


def test_what_goes_wrong_in_a_process_is_told(trained: Trained, sample: Corpus, tmp_path: Path) -> None:
    predictor = Predictor.load(trained.save(tmp_path / "m"))
    replace(trained, description={**trained.description, "name": "other"}).save(tmp_path / "m")
    with pytest.raises(ModelError, match="was replaced while it was in use; load it again"):
        predictor.predict_many(sample.texts, jobs=2)


def test_a_copy_needs_no_folder(
    trained: Trained, sample: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    predictor = Predictor.load(trained.save("m"))
    expected, pickled = predictor.predict_many(sample.texts), pickle.dumps(predictor)
    monkeypatch.chdir(tmp_path.parent)
    assert pickle.loads(pickled).predict_many(sample.texts, jobs=2) == expected
    shutil.rmtree(tmp_path / "m")
    for again in (pickle.loads(pickled), copy.copy(predictor), copy.deepcopy(predictor)):
        assert again.predict_many(sample.texts) == expected
        assert again.explain(SPORTS) == predictor.explain(SPORTS)
    with pytest.raises(ModelError, match=r"There is no model .*m; train one"):
        pickle.loads(pickled).predict_many(sample.texts, jobs=2)


def test_a_copy_for_another_segmenter_says_so(trained: Trained) -> None:
    identity = {**trained.description["segmenter"], "version": "1.0"}
    with pytest.warns(RuntimeWarning, match=r"^The model sample was trained with underthesea 1\.0"):
        predictor = replace(trained, description={**trained.description, "segmenter": identity}).predictor()
    pickled = pickle.dumps(predictor)
    with pytest.warns(RuntimeWarning, match=r"^The model sample was trained with underthesea 1\.0"):
        pickle.loads(pickled)


def test_threads_change_nothing(predictor: Predictor, sample: Corpus) -> None:
    expected = [predictor.predict(text) for text in sample.texts[:50]]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(predictor.predict, sample.texts[:50])) == expected


@pytest.mark.parametrize("text", ["", " \n", "\u200b", "...", "😀😀😀"])
def test_no_words_is_no_error(predictor: Predictor, text: str) -> None:
    prediction = predictor.predict(text)
    assert not prediction.certain
    assert not prediction.in_domain
    assert prediction.reason == "no words"


def test_another_language_is_out_of_domain(predictor: Predictor) -> None:
    prediction = predictor.predict("The committee will meet again next week to discuss further measures.")
    assert not prediction.in_domain
    assert not prediction.certain


def test_the_same_text_in_other_dress(predictor: Predictor, sample: Corpus) -> None:
    for text in sample.texts[::12]:
        expected = predictor.predict(text, page=False)
        old_style = text.replace("hòa", "hoà").replace("hóa", "hoá").replace("thúy", "thuý")
        dresses = (unicodedata.normalize("NFD", text), text.upper(), old_style, text.replace(" ", " \u200b"))
        for dress in dresses:
            assert predictor.predict(dress, page=False).topic == expected.topic


def test_text_without_diacritics_is_understood(predictor: Predictor, sample: Corpus) -> None:
    stripped = predictor.predict_many([strip_diacritics(text) for text in sample.texts])
    assert np.mean([p.topic == label for p, label in zip(stripped, sample.labels, strict=True)]) > 0.8
    assert np.mean([p.in_domain for p in stripped]) > 0.97


def test_what_is_no_string_is_named(predictor: Predictor) -> None:
    with pytest.raises(InputError, match="Text 1 is NoneType None"):
        predictor.predict_many(["a", None])  # type: ignore[list-item]
    with pytest.raises(InputError, match="list of texts"):
        predictor.predict_many("a text")
    for texts in (None, {"text": "a text"}, np.array([["a text"]])):  # a data frame has two dimensions, too
        message = (
            rf"^Expected a list of texts, got one {type(texts).__name__}; give the texts, such as one column of a table"
        )
        with pytest.raises(InputError, match=message):
            predictor.predict_many(texts)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="Text 0 is NoneType"):
        predictor.explain(None)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="jobs is 0"):
        predictor.predict_many(["a"], jobs=0)


def test_the_shipped_model_is_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news").mkdir()  # a folder that happens to have the name is no model
    assert Predictor.load().description["name"] == "news"
    assert len(Predictor.load("news").topics) == 19
