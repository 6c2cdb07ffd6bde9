import json
from dataclasses import replace
from pathlib import Path

import pytest

from vnclf import CorpusError, RecipeError, train
from vnclf.corpus import Corpus, Document
from vnclf.corpus.writing import write_documents
from vnclf.evaluation.evaluate import accepted_topics, readings_of
from vnclf.training.data import Corpora, gather, recipe_corpora, text_digest
from vnclf.training.documents import training_set
from vnclf.training.recipe import Recipe, parse_recipe
from vnclf.training.recipe_files import read_recipe
from vnclf.training.train import fit, train_on

HEADER = "sha256\tdate\ttopics\tunsure\n"


def _table(path: Path, documents: list[Document], mark: str = "") -> None:
    rows = (f"{text_digest(d.text)}\t2026-05-01\t{','.join(d.topics)}\t{mark}\n" for d in documents)
    path.write_text(HEADER + "".join(rows), encoding="utf-8")


@pytest.fixture
def recipe() -> Recipe:
    data = {
        "texts": ["texts.jsonl"],
        "labels": ["sure.tsv", "unsure.tsv"],
        "test": ["kept-back.tsv"],
        "unsure_weight": 0.5,
    }
    quick = {"without_diacritics": {"enabled": False}, "validation": {"folds": 2}}
    return parse_recipe({"name": "mine", "outside": "none", "data": data, **quick})


@pytest.fixture
def folder(sample: Corpus, tmp_path: Path) -> Path:
    documents = list(sample[:240:2])
    again = documents[3::40]  # of each kind, some occur twice
    write_documents([Document(d.text) for d in [*documents, *again]], tmp_path / "texts.jsonl")
    _table(tmp_path / "sure.tsv", documents[:70])
    _table(tmp_path / "unsure.tsv", documents[70:80], "?")
    _table(tmp_path / "kept-back.tsv", [*documents[80:99], Document(documents[99].text, ("none",))])
    return tmp_path


def test_labels_find_their_texts(recipe: Recipe, folder: Path, sample: Corpus) -> None:
    brought = recipe_corpora(recipe, folder)
    documents = list(sample[:240:2])
    assert [(d.text, d.topics) for d in brought.training] == [(d.text, d.topics) for d in documents[:80]]
    assert [d.weight for d in brought.training] == [1.0] * 70 + [0.5] * 10
    assert {d.date for d in brought.training} == {"2026-05-01"}
    assert [d.text for d in brought.unlabelled] == [d.text for d in documents[100:]]


def test_texts_to_test_on_are_not_trained_on(recipe: Recipe, folder: Path, sample: Corpus) -> None:
    brought = recipe_corpora(recipe, folder)
    assert brought.test is not None
    assert brought.test.name == "kept-back"
    assert brought.test.texts == [d.text for d in sample[160:200:2]]
    trained_on = {*brought.training.texts, *(d.text for d in brought.unlabelled)}
    assert trained_on.isdisjoint(brought.test.texts)


def test_a_text_may_have_several_readers(recipe: Recipe, folder: Path, sample: Corpus) -> None:
    """Of twenty texts to test on ten are read again, and nobody else would call them defence."""
    _table(folder / "again.tsv", [replace(d, topics=("defence", "law")) for d in sample[160:180:2]])
    data = recipe.data.model_copy(update={"test": ("kept-back.tsv", "again.tsv")})
    brought = recipe_corpora(recipe.model_copy(update={"data": data}), folder)
    assert brought.test is not None
    assert brought.test.name == "kept-back and again"
    first, last = brought.test[0], brought.test[19]
    assert (first.topics, accepted_topics(first)) == (sample[160].topics, {sample[160].topic, "defence"})
    assert accepted_topics(last) == {"none"}
    assert [len(readings_of(document)) for document in brought.test] == [2] * 10 + [0] * 10
    metrics = train_on(brought, recipe).description["metrics"]
    assert metrics["test"]["read_again"] == 10


def test_half_of_a_surrogate_pair_has_a_digest(recipe: Recipe, tmp_path: Path) -> None:
    torn = Document("Mưa lớn \ud800 ở Huế", ("weather",))
    write_documents([Document(torn.text), Document("Mưa lớn ở Huế")], tmp_path / "texts.jsonl")
    for table, documents in (("sure", [torn]), ("unsure", []), ("kept-back", [])):
        _table(tmp_path / f"{table}.tsv", documents)
    assert recipe_corpora(recipe, tmp_path).training.texts == [torn.text]


def test_train_reports_on_them(folder: Path) -> None:
    (folder / "recipe.toml").write_text(
        'name = "mine"\noutside = "none"\n[data]\ntexts = ["texts.jsonl"]\nlabels = ["sure.tsv", "unsure.tsv"]\n'
        'test = ["kept-back.tsv"]\n[without_diacritics]\nenabled = false\n[validation]\nfolds = 2\n',
        encoding="utf-8",
    )
    train(recipe=folder / "recipe.toml", output=folder / "model")
    metrics = json.loads((folder / "model" / "model.json").read_text(encoding="utf-8"))["metrics"]
    # The one of no topic cannot be right or wrong.
    assert (metrics["test"]["name"], metrics["test"]["documents"]) == ("kept-back", 19)
    assert "On the 19 documents of kept-back" in (folder / "model" / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def supplemented(folder: Path, sample: Corpus) -> Path:
    written = [Document(text, ("health",)) for text in ("Tập khí công chữa đau lưng", "Khí công giúp ngủ ngon")]
    write_documents([*written, *sample[1:130:2]], folder / "written.jsonl")
    write_documents([Document("Kèo số đề hôm nay", ("none",)), Document("Tử vi tuần", ("none",))], folder / "no.jsonl")
    (folder / "recipe.toml").write_text(
        'name = "mine"\noutside = "none"\n[data]\ntexts = ["texts.jsonl"]\nlabels = ["sure.tsv"]\n'
        'corpora = ["no.jsonl"]\nsupplements = ["written.jsonl"]\n'
        "[without_diacritics]\nenabled = false\n[validation]\nfolds = 2\n",
        encoding="utf-8",
    )
    return folder


def test_supplements_are_trained_on_and_not_measured_on(supplemented: Path) -> None:
    trained = train(recipe=supplemented / "recipe.toml", output=supplemented / "model")
    assert trained.description["corpora"][0]["documents"] == 70 + 2 + 67
    assert trained.held_out.documents == 70
    assert trained.predictor().predict("Khí công").topic == "health"
    card = (supplemented / "model" / "README.md").read_text(encoding="utf-8")
    assert "67 of the documents are supplements (`written.jsonl`)" in card
    assert "The others include `no.jsonl`." in card


def test_for_another_corpus_a_recipe_is_followed_without_its_own(supplemented: Path, sample: Corpus) -> None:
    trained = train(sample, supplemented / "recipe.toml", output=supplemented / "model")
    assert trained.description["recipe"]["data"]["labels"] == []
    assert trained.description["recipe"]["validation"]["folds"] == 2
    card = (supplemented / "model" / "README.md").read_text(encoding="utf-8")
    assert "this project's own work" not in card
    assert "jsonl`" not in card


def test_a_recipe_object_is_followed_for_another_corpus_as_its_file_is(supplemented: Path, sample: Corpus) -> None:
    own = read_recipe(supplemented / "recipe.toml")
    assert own.sources == ["data.corpora", "data.supplements", "data.texts", "data.labels"]
    trained = train(Corpus(sample[::4]), own)
    assert trained.description["recipe"]["data"] == Recipe().data.model_dump(mode="json")


def test_a_recipe_may_calibrate_the_bundled_corpus(folder: Path, sample: Corpus) -> None:
    write_documents(sample[::5], folder / "later.jsonl")
    quick = 'name = "mine"\n[without_diacritics]\nenabled = false\n[validation]\nfolds = 1\n'
    (folder / "recipe.toml").write_text(f'{quick}[data]\ncalibration = "later.jsonl"\n', encoding="utf-8")
    metrics = train(recipe=folder / "recipe.toml").description["metrics"]
    assert metrics["calibration"]["name"] == "later.jsonl"
    (folder / "later.jsonl").unlink()
    with pytest.raises(CorpusError, match=r"^There is no file .*later\.jsonl"):
        train(recipe=folder / "recipe.toml")


def test_corpora_of_other_topics_are_noticed_before_the_work(sample: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vnclf.training.train.fit", None)
    other = Corpus((Document("Tử vi tuần", ("horoscope",)), Document("Tử vi tháng", ("none",))), "other")
    two = Corpus(tuple(d for d in sample if d.topic in ("law", "sports")), "two")
    both = Corpus((*two, *(Document(f"Bói bài {n}", ("none",)) for n in range(2))), "two")
    message = r"^No document of other is of a topic of two, which has law, sports\.$"
    for brought in (Corpora(both, calibration=other), Corpora(both, test=other)):
        with pytest.raises(CorpusError, match=message):
            train_on(brought, Recipe(outside="none"))


@pytest.mark.parametrize("name", ["no.jsonl", "written.jsonl"])
def test_a_corpus_of_no_document_is_an_error(supplemented: Path, name: str) -> None:
    (supplemented / name).write_bytes(b"")
    with pytest.raises(CorpusError, match=rf"{name} holds no documents"):
        train(recipe=supplemented / "recipe.toml")


def test_supplements_alone_are_not_enough(supplemented: Path) -> None:
    write_documents([Document("Đua thuyền", ("sports",)), Document("Đấu vật", ("sports",))], supplemented / "no.jsonl")
    write_documents([Document("Án ma túy", ("law",)), Document("Án tham ô", ("law",))], supplemented / "written.jsonl")
    with pytest.raises(CorpusError, match="Topic 'law' has no document beside supplements; a topic needs two or more"):
        train(recipe=supplemented / "recipe.toml")
    everything = tuple(Document(f"Bài số {n}", (("law", "sports")[n % 2],), supplement=True) for n in range(8))
    with pytest.raises(CorpusError, match="fewer than two topics"):
        fit(Corpus(everything), Recipe())


def test_columns_of_those_names_are_the_users_own(recipe: Recipe, sample: Corpus) -> None:
    documents = tuple(replace(d, fields={"weight": "3 kg", "supplement": "yes"}) for d in sample)
    fitted_to = training_set(Corpus(documents), recipe, 1)
    assert set(fitted_to.weights.tolist()) == {1.0}
    assert not fitted_to.supplements.any()


def test_a_text_is_trained_on_or_tested_on(recipe: Recipe, folder: Path) -> None:
    (folder / "kept-back.tsv").write_bytes((folder / "unsure.tsv").read_bytes())
    with pytest.raises(CorpusError, match=r"kept-back\.tsv: texts that are to be trained on, too \(10\)"):
        recipe_corpora(recipe, folder)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (HEADER + "0" * 64 + "\t\tlaw\t\n", r"1 of \d+ labelled texts are not in .*texts\.jsonl"),
        ("sha\ttopics\n", "line 1: the columns of a table of labels are sha256, date, topics, unsure"),
        (
            HEADER + "0" * 64 + "\t\t" + "law," * 50_000 + "law\t\n",
            r"1 of \d+ labelled texts are not in .*texts\.jsonl",
        ),
        (HEADER + "abc\t\tlaw\t\n", "line 2: not a sha256, a date, topics and a mark, tab-separated"),
    ],
)
def test_tables_that_do_not_fit(recipe: Recipe, folder: Path, content: str, message: str) -> None:
    (folder / "unsure.tsv").write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError, match=message):
        recipe_corpora(recipe, folder)


def test_a_variable_that_is_not_set(recipe: Recipe, folder: Path) -> None:
    away = recipe.model_copy(update={"data": recipe.data.model_copy(update={"texts": ("$NOT_SET_HERE/x.jsonl",)})})
    with pytest.raises(RecipeError, match="NOT_SET_HERE is not set"):
        recipe_corpora(away, folder)


def test_labels_without_texts(recipe: Recipe, folder: Path) -> None:
    none = recipe.model_copy(update={"data": recipe.data.model_copy(update={"texts": ()})})
    with pytest.raises(CorpusError, match="100 of 100 labelled texts are not in any file: the recipe names no texts"):
        gather(none, folder)
