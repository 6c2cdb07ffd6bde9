import time
from pathlib import Path

import numpy as np
import pytest

from vnclf.corpus import Corpus, Document
from vnclf.errors import CorpusError, RecipeError
from vnclf.training.recipe import Recipe
from vnclf.training.recipe_files import read_recipe
from vnclf.training.tune import _first_resources, tune_recipe, write_recipe


def test_tuning_keeps_its_time_and_writes_a_recipe(sample: Corpus, tmp_path: Path) -> None:
    small = Corpus(sample.documents[::2])
    poor = read_recipe("sample", ["classifier.C=0.00001", "features.min_df=5", "classifier.class_weight=none"])
    start = time.monotonic()
    found = tune_recipe(small, poor, minutes=0.4)
    assert time.monotonic() - start < 60
    assert found.classifier.C > poor.classifier.C
    write_recipe(found, tmp_path / "found.toml")
    assert read_recipe(tmp_path / "found.toml") == found


def test_tuning_reads_views_as_the_recipe_does(sample: Corpus) -> None:
    words = "features.words={weight=2.0,openings={9=0.4}}"
    poor = read_recipe("sample", [words, "classifier.C=0.00001", "classifier.class_weight=none"])
    found = tune_recipe(Corpus(sample.documents[::4]), poor, minutes=0.3)
    assert found.classifier.C > poor.classifier.C
    assert found.features.words in (poor.features.words, None)


def test_a_recipe_is_written_as_it_is_read(tmp_path: Path) -> None:
    for name in ("sample", "vntc10"):
        write_recipe(read_recipe(name), tmp_path / f"{name}.toml")
        assert read_recipe(tmp_path / f"{name}.toml") == read_recipe(name)


@pytest.mark.parametrize("size", [26, 2])
@pytest.mark.parametrize("seed", [13, 2**32 - 1])
def test_small_corpora_are_no_error(sample: Corpus, size: int, seed: int) -> None:
    """Of so few documents, parts have no n-gram often enough, or fewer of a topic than there are folds."""
    of_two = [[document for document in sample if document.topic == topic][:size] for topic in ("sports", "law")]
    poor = read_recipe("sample", ["classifier.C=0.00001", "features.min_df=5", f"seed={seed}"])
    found = tune_recipe(Corpus((*of_two[0], *of_two[1])), poor, minutes=0.1)
    assert found.features.min_df < 5 or size == 2


def test_a_round_begins_with_some_documents_of_each_topic() -> None:
    sizes = {}
    for topics, documents in [(2, 4), (2, 52), (2, 120), (19, 494), (19, 36_000)]:
        labels = np.arange(documents) % topics
        sizes[topics, documents] = _first_resources(labels, 3)
    assert sizes == {(2, 4): 4, (2, 52): 17, (2, 120): 13, (19, 494): 164, (19, 36_000): 4000}


def test_topics_are_checked_before_the_search(sample: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vnclf.training.tune.segment_corpus", None)
    alone = Corpus((*sample[:60], Document("Bài duy nhất", ("alone",))))
    with pytest.raises(CorpusError, match=r"^Topic 'alone' has one document only; a topic needs two or more "):
        tune_recipe(alone, read_recipe("sample"), minutes=1)
    with pytest.raises(RecipeError, match=r"^calibration\.log_odds names 'sprots', which is no topic of news-sample"):
        tune_recipe(sample, read_recipe("sample", ["calibration.log_odds.sprots=1"]), minutes=1)


def test_without_time_the_recipe_stays(sample: Corpus) -> None:
    recipe = Recipe(name="mine")
    assert tune_recipe(Corpus(sample.documents[::4]), recipe, minutes=0.001) == recipe
