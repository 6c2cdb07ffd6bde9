from pathlib import Path

import pytest

from vnclf import Predictor, RecipeError
from vnclf.model.features import View
from vnclf.training.recipe import parse_recipe
from vnclf.training.recipe_files import read_recipe, shipped_recipes


def test_shipped_recipes_are_valid() -> None:
    assert set(shipped_recipes()) == {"sample", "news", "vntc10"}
    for name in shipped_recipes():
        assert read_recipe(name).name == name


def test_settings_change_the_recipe() -> None:
    recipe = read_recipe("sample", ["classifier.C=2", "classifier.name=sgd", "features.words={longest=3}"])
    assert (recipe.classifier.C, recipe.classifier.name) == (2.0, "sgd")
    assert recipe.features.words is not None
    assert recipe.features.words.longest == 3


@pytest.mark.parametrize("since", ["2026", "2026-03", "2026-03-31"])
def test_a_date_may_be_a_year_or_month(since: str) -> None:
    for value in (f"'{since}'", since):  # TOML has whole numbers and dates of its own, but no months
        assert read_recipe("sample", [f"data.since={value}"]).data.since == since


def test_a_recipe_that_moves_reads_the_same(tmp_path: Path) -> None:
    data = {"labels": ["labels/a.tsv", "/b.tsv"], "texts": ["$HERE/c.jsonl"], "calibration": "d.jsonl"}
    moved = parse_recipe({"data": data}).read_from(tmp_path / "training").data
    here = (tmp_path / "training").resolve()
    assert moved.labels == (str(here / "labels" / "a.tsv"), str(Path("/b.tsv").resolve()))
    assert (moved.texts, moved.calibration, moved.sections) == (("$HERE/c.jsonl",), str(here / "d.jsonl"), None)


def test_openings_are_views_beside_the_one_they_belong_to() -> None:
    words = "features.words={weight=2.0,longest=3,openings={60=1.5,16=0.5}}"
    recipe = read_recipe("sample", ["features.first_tokens=250", words, "features.syllables={}"])
    assert recipe.features.views() == [
        View("words", 1, 3, 2.0, 250),
        View("words", 1, 3, 1.5, 60),
        View("words", 1, 3, 0.5, 16),
        View("syllables", 1, 2, 1.0, 250),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[features]\nmin_dff = 3", r"unknown key 'features\.min_dff'; did you mean 'min_df'\?"),
        ("[feature]\nmin_df = 3", r"unknown key 'feature'; did you mean 'features'\?"),
        ("[features.words]\nlonges = 3", r"unknown key 'features\.words\.longes'; did you mean 'longest'\?"),
        ("[classifier]\nC = -1", r"classifier\.C: .*greater than 0.*-1"),
        ("[classifier]\nname = 'svm'", r"classifier\.name: .*'linear-svc'.*'svm'"),
        ("[classifier.second_topic_weight]\nlaw = 2", r"second_topic_weight\.law: .*less than or equal to 1"),
        ("[calibration]\nlog_odds = {law = nan}", r"log_odds\.law: .*finite"),
        ("[calibration.mixtures.law]\nlaw = 0.5", "mix law with itself"),
        ("[calibration.mixtures.law]\nsociety = 1.0", r"mixtures\.law\.society: .*less than 1"),
        ("[data]\nsince = 'banana'", r"data\.since: write a year, month or day, such as 2026, .* \(given 'banana'\)\."),
        ("[data]\nsince = '2026-13'", r"data\.since: write a year, month or day, .* \(given '2026-13'\)\."),
        ("[data]\nsince = '2026-3-1'", r"data\.since: write a year, month or day, .* \(given '2026-3-1'\)\."),
        ("[data]\nsince = 20260301", r"data\.since: write a year, month or day, .* \(given 20260301\)\."),
        ("[data]\nsince = 2026-03-01T07:00:00", r"data\.since: write a year, month or day, such as 2026, "),
        ("[data]\nsince = true", r"data\.since: write a year, month or day, .* \(given True\)\."),
        ("[data]\nsince = ''", r"data\.since: write a year, month or day, .* \(given ''\)\."),
        ("seed = -1", r"seed: .*greater than or equal to 0 \(given -1\)"),
        ("seed = 99999999999", r"seed: .*less than 4294967296 \(given 99999999999\)"),
        (
            "[classifier]\nmax_iter = 100000000000000000000",
            r"classifier\.max_iter: .*less than or equal to 1000000000 ",
        ),
        ("[features]\nwords = {openings = {9 = inf}}", r"words\.openings\.9: .*finite"),
        ("[features]\nwords = {weight = inf}", r"words\.weight: .*finite"),
        ("[classifier]\nC = inf", r"classifier\.C: .*finite"),
        ("[calibration.mixtures.law]\nsociety = nan", r"mixtures\.law\.society: .*finite"),
        ("[features]\nfirst_tokens = 99999999999999999999", r"first_tokens: .*less than or equal to 1000000"),
        ("[features]\nwords = {openings = {100000 = 1}}", r"words\.openings\.100000: .*less than or equal to 10000"),
        ("[features]\nfirst_tokens = 30\nwords = {openings = {30 = 1}}", r"an opening of 30 tokens is not less than"),
        (
            "[features]\nfirst_tokens = 30\n[without_diacritics]\nsyllables = {openings = {31 = 1}}",
            r"an opening of 31 tokens is not less than first_tokens \(30\)",
        ),
        (
            "[features]\nwords = {openings = {16 = 0.4, 016 = 0.3}}",
            r"words\.openings: two openings are of the same length",
        ),
        ("[data]\ntest = ['a.tsv', 'b.tsv', 'a.tsv']", r"data\.test: a\.tsv is named twice; name it once"),
        ("[data]\ncorpora = ['a.jsonl', './a.jsonl']", r"data\.corpora: a\.jsonl is named twice; name it once"),
        ("[data]\nsupplements = ['a.jsonl']", "supplements are added to corpora or labels; give one of them"),
        ("[features.words]\nshortest = 3\nlongest = 1", "longest .1. is less than shortest .3."),
        ("seed = ", "not valid TOML"),
    ],
)
def test_a_mistake_is_one_sentence(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RecipeError, match=message) as caught:
        read_recipe(path)
    assert "\n" not in str(caught.value)


def test_a_recipe_that_is_not_there() -> None:
    with pytest.raises(RecipeError, match=r"no recipe nwes; name a \.toml file or one of news, sample, vntc10"):
        read_recipe("nwes")


@pytest.mark.parametrize("setting", ["classifier", "=3", "seed.a=1"])
def test_a_setting_that_is_none(setting: str) -> None:
    with pytest.raises(RecipeError, match="--set"):
        read_recipe("sample", [setting])


def test_the_shipped_model_follows_the_shipped_recipe() -> None:
    assert Predictor.load("news").description["recipe"] == read_recipe("news").model_dump(mode="json")
