import time
from pathlib import Path

from vnclf.corpus import Corpus
from vnclf.training.recipe import Recipe
from vnclf.training.recipe_files import read_recipe
from vnclf.training.tune import tune_recipe, write_recipe


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
    words = "features.words={weight=2.0,opening_tokens=9}"
    poor = read_recipe("sample", [words, "classifier.C=0.00001", "classifier.class_weight=none"])
    found = tune_recipe(Corpus(sample.documents[::4]), poor, minutes=0.3)
    assert found.classifier.C > poor.classifier.C
    assert found.features.words in (poor.features.words, None)


def test_without_time_the_recipe_stays(sample: Corpus) -> None:
    recipe = Recipe(name="mine")
    assert tune_recipe(Corpus(sample.documents[::4]), recipe, minutes=0.001) == recipe
