from dataclasses import replace
from pathlib import Path

import pytest

from vnclf import CorpusError, InputError, ModelError, Predictor, train
from vnclf.corpus import Corpus, Document
from vnclf.corpus.writing import write_documents
from vnclf.training.documents import without_conflicts
from vnclf.training.recipe import Recipe
from vnclf.training.train import Trained, fit


def test_the_same_inputs_give_the_same_bytes(
    sample: Corpus, recipe: Recipe, trained: Trained, shared_work: list[int]
) -> None:
    again = fit(sample, recipe, jobs=2)
    assert set(shared_work) == {2}
    assert {name: array.tobytes() for name, array in again.arrays.items()} == {
        name: array.tobytes() for name, array in trained.arrays.items()
    }
    assert again.description == trained.description
    assert again.vocabularies == trained.vocabularies


def test_segmenters_agree_to_the_last_bit(sample: Corpus, recipe: Recipe) -> None:
    small = Corpus(sample.documents[::6])
    quick = recipe.model_copy(update={"features": recipe.features.model_copy(update={"characters": None})})
    fast, reference = (fit(small, quick.model_copy(update={"segmenter": name})) for name in ("fast", "underthesea"))
    assert all(array.tobytes() == reference.arrays[name].tobytes() for name, array in fast.arrays.items())


def test_train_saves_what_it_measured(sample: Corpus, recipe: Recipe, tmp_path: Path) -> None:
    small = Corpus(sample.documents[::3], "third")
    test = Corpus(sample.documents[1::3], "other third")
    result = train(small, recipe, output=tmp_path / "m", test=test)
    assert result.test is not None
    assert result.test.documents == len(test)
    card = (tmp_path / "m" / "README.md").read_text(encoding="utf-8")
    assert f"| primary topic right | {100 * result.held_out.accuracy:.1f} % |" in card
    assert f"| primary topic right | {100 * result.test.accuracy:.1f} % |" in card
    assert Predictor.load(tmp_path / "m").description["metrics"]["test"]["accuracy"] == round(result.test.accuracy, 6)


def test_text_without_diacritics_is_read_as_the_recipe_says(trained: Trained) -> None:
    views = trained.description["channels"]["plain"]["views"]
    assert [(view["unit"], view["first"]) for view in views] == [("plain", 0), ("plain", 12)]


def test_held_out_documents_are_not_learnt(sample: Corpus, recipe: Recipe) -> None:
    """A word that gives every label away helps only where other documents have it too."""
    documents = [replace(d, text=f"{d.text} mã{i}") for i, d in enumerate(sample)]
    spoilt = fit(Corpus(tuple(documents)), recipe)
    assert spoilt.held_out.accuracy == pytest.approx(fit(sample, recipe).held_out.accuracy, abs=0.02)


def test_two_topics_are_enough(recipe: Recipe) -> None:
    texts = {"a": "bóng đá trận đấu bàn thắng", "b": "giá vàng chứng khoán cổ phiếu"}
    documents = [Document(f"{text} số {i}", (topic,)) for topic, text in texts.items() for i in range(8)]
    predictor = fit(Corpus(tuple(documents)), recipe).predictor()
    assert [p.topic for p in predictor.predict_many(list(texts.values()))] == ["a", "b"]


def test_no_processes_are_too_few(sample: Corpus, recipe: Recipe) -> None:
    with pytest.raises(InputError, match=r"^jobs is 0; give a number of processes, or -1 for all cores\.$"):
        fit(sample, recipe, jobs=0)


def test_nothing_is_trained_that_cannot_be_saved_or_read(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no file"):
        train(tmp_path / "none.jsonl")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "mine.txt").write_text("keep me")
    with pytest.raises(ModelError, match=r"it holds '.*', which would be lost; name another folder\.$"):
        train(output=tmp_path / "notes")


def test_a_recipe_brings_its_corpus(sample: Corpus, tmp_path: Path) -> None:
    write_documents(sample[:60], tmp_path / "mine.jsonl")
    quick = "[without_diacritics]\nenabled = false\n[validation]\nfolds = 2\n"
    (tmp_path / "mine.toml").write_text(f'name = "mine"\n{quick}[data]\ncorpora = ["mine.jsonl"]\n', encoding="utf-8")
    write_documents(sample[:1], tmp_path / "test.jsonl")
    trained = train(recipe=tmp_path / "mine.toml", test=tmp_path / "test.jsonl")
    assert trained.test is not None
    assert trained.test.documents == 1
    assert [entry["documents"] for entry in trained.description["corpora"]] == [60]


def test_missing_sections_are_noticed_before_training(sample: Corpus, tmp_path: Path) -> None:
    table = tmp_path / "sections.toml"
    table.write_text('[[corpus]]\nname = "x"\nyears = "2020"\nfile = "x.jsonl"\ncolumn = "s"\ntopics = {a = "law"}\n')
    with pytest.raises(CorpusError, match=r"names the corpus .*, and there is none"):
        train(sample, calibration=sample, sections=table)


def test_texts_with_two_labels_can_be_left_out(sample: Corpus) -> None:
    twice = Document(sample[0].text.upper() + " !", ("travel",))
    spoilt = Corpus((*sample.documents, twice))
    kept = without_conflicts(spoilt)
    assert len(kept) == len(sample) - 1
    assert sample[0] not in kept.documents
    assert without_conflicts(sample).documents == sample.documents
