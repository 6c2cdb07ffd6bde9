"""A recipe: everything that decides what model a corpus gives, in one validated, frozen object."""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise
from os.path import normpath
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, field_validator, model_validator

from vnclf.errors import RecipeError
from vnclf.text.segmenters import SegmenterName
from vnclf.training.recipe_errors import first_problem
from vnclf.training.recipe_views import Features, Section, WithoutDiacritics


class Embedding(Section):
    """Word vectors learnt from all texts smooth the classifier's weights; `dimensions` = 0 does without.

    `weight` is the length of a document's vector beside its features'.
    """

    dimensions: int = Field(default=0, ge=0, le=1000)
    weight: float = Field(default=0.4, gt=0)


class SelfTraining(Section):
    """Texts without label join the training, with what a classifier fitted without them says of them.

    They weigh `weight` (0 does without) times how sure it is; `sharpness` times its scores go into a softmax.
    """

    weight: float = Field(default=0.0, ge=0, le=1)
    sharpness: float = Field(default=6.0, gt=0)


class Classifier(Section):
    """The linear classifier: scikit-learn's, by name, and its options.

    `class_weight` weighs a topic's documents against all others by the inverse of their number, its
    square root, or not at all. `C` is for `linear-svc` and `logistic-regression`, `alpha` for `sgd` and
    `complement-nb`; `tolerance` says when fitting ends. A document counts `second_topic_cost` times against
    a topic that is its second or third, unless `second_topic_weight` names the topic: then it counts so much
    as an example of it. That helps topics with few examples (neither is for `logistic-regression` and
    `complement-nb`).
    """

    name: Literal["linear-svc", "logistic-regression", "sgd", "complement-nb"] = "linear-svc"
    C: float = Field(default=0.5, gt=0)
    alpha: float = Field(default=1e-5, gt=0)
    max_iter: int = Field(default=1000, ge=1, le=1_000_000_000)
    tolerance: float = Field(default=1e-3, gt=0)
    class_weight: Literal["balanced", "square-root", "none"] = "balanced"
    second_topic_cost: float = Field(default=1.0, ge=0, le=1)
    second_topic_weight: dict[str, Annotated[float, Field(gt=0, le=1)]] = Field(default_factory=dict)


class Validation(Section):
    """On which documents the model is calibrated and measured.

    `folds` >= 2 takes every document once (cross-validation); `folds` = 1 holds out `fraction` of them.
    """

    folds: int = Field(default=5, ge=1, le=20)
    fraction: float = Field(default=0.1, gt=0, lt=0.9)


class Calibration(Section):
    """How scores become probabilities; `certain_accuracy` is the share of certain predictions that are right.

    `mixtures` are topics with others whose subject they share, each with a factor: so much of what speaks for
    or against the others counts for them, too. Fitted one against the rest, a rare topic learns to score low
    wherever large ones do that it lies between, though they would win there anyway. `log_odds` are added to
    the scores of the topics it names, before probabilities are adjusted to `data.calibration`: a rare topic is
    called sooner, missed less often and right less often.
    """

    method: Literal["temperature", "vector", "matrix"] = "vector"
    mixtures: dict[str, dict[str, Annotated[float, Field(gt=0, lt=1)]]] = Field(default_factory=dict)
    log_odds: dict[str, float] = Field(default_factory=dict)
    certain_accuracy: float = Field(default=0.95, gt=0, lt=1)

    @model_validator(mode="after")
    def _mixed_with_others(self) -> "Calibration":
        for topic in self.mixtures:
            if topic in self.mixtures[topic]:
                raise ValueError(f"mixtures mix {topic} with itself; name other topics")
        return self


# By their lengths: the beginnings of ISO dates.
_DATES = {4: "%Y", 7: "%Y-%m", 10: "%Y-%m-%d"}
_SOURCES = ("corpora", "supplements", "texts", "labels", "test", "calibration", "sections")


class Data(Section):
    """What a recipe that brings its own corpus reads, with paths relative to the recipe's file.

    `$NAME` stands for an environment variable. `labels` are tables of labels by the sha256 of texts, and `texts`
    the files in which those texts are found; `corpora` are labelled corpora, and `supplements` others that are
    trained on and never measured on, such as texts written to teach what is rare. Documents whose reader was unsure
    weigh `unsure_weight`; with `headline_weight` > 0 each headline is a document of that weight. `test` are tables
    of labels, too: their texts are not trained on, and the card tells how the model does on them; a text in two of
    them had two readers, and to agree with either is right. `calibration` are documents never trained on, that
    stand for those to be predicted: probabilities are adjusted to them, and the card tells how the model does on
    them. `sections` is a table of further corpora for the card, by their outlets' sections; `since` a year, month
    or day such as "2026-03": the card tells how a model of the older does on the newer. `drop_conflicts` leaves out
    documents whose text occurs with another primary topic, too.
    """

    corpora: tuple[str, ...] = ()
    supplements: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    test: tuple[str, ...] = ()
    calibration: str | None = None
    sections: str | None = None
    since: str | None = None
    unsure_weight: float = Field(default=1.0, gt=0, le=1)
    headline_weight: float = Field(default=0.0, ge=0, le=1)
    drop_conflicts: bool = False

    @field_validator("corpora", "supplements", "texts", "labels", "test")
    @classmethod
    def _named_once(cls, paths: tuple[str, ...]) -> tuple[str, ...]:
        twice = next((path for path, following in pairwise(sorted(map(normpath, paths))) if path == following), None)
        if twice is not None:  # its documents would count twice, and its reader agree with himself
            raise ValueError(f"{twice} is named twice; name it once")
        return paths

    @field_validator("since", mode="before")
    @classmethod
    def _written_bare(cls, value: Any) -> Any:
        return str(value) if isinstance(value, int | date) else value  # what TOML makes of 2026 and 2026-03-01

    @field_validator("since")
    @classmethod
    def _is_a_date(cls, value: str | None) -> str | None:
        try:
            if value is not None:
                datetime.strptime(value, _DATES[len(value)])
        except (KeyError, ValueError):
            raise ValueError("write a year, month or day, such as 2026, 2026-03 or 2026-03-01") from None
        return value

    @model_validator(mode="after")
    def _measured_on_something(self) -> "Data":
        if self.supplements and not (self.corpora or self.labels):
            raise ValueError("supplements are added to corpora or labels; give one of them, too")
        return self


class Recipe(Section):
    """Everything that decides what model a corpus gives.

    `outside` is the label of documents that belong to no topic: they teach the model to say so.
    """

    name: str = "recipe"
    description: str = ""
    segmenter: SegmenterName = "fast"
    seed: int = Field(default=13, ge=0, lt=2**32)
    outside: str | None = None
    data: Data = Data()
    features: Features = Features()
    embedding: Embedding = Embedding()
    self_training: SelfTraining = SelfTraining()
    without_diacritics: WithoutDiacritics = WithoutDiacritics()
    classifier: Classifier = Classifier()
    validation: Validation = Validation()
    calibration: Calibration = Calibration()

    @property
    def sources(self) -> list[str]:
        """The keys under which the recipe names what is to be read, such as "data.labels"."""
        return [f"data.{name}" for name in _SOURCES if getattr(self.data, name)]

    def without_sources(self) -> "Recipe":
        """Return the recipe as it is followed for a corpus that it does not name: nothing it names is read."""
        unset = {name: Data.model_fields[name].default for name in _SOURCES}
        return self.model_copy(update={"data": self.data.model_copy(update=unset)})

    def read_from(self, base: Path) -> "Recipe":
        """Return the recipe as it reads the same from any folder; that of its own file is `base`."""

        def placed(path: str) -> str:
            return path if path.startswith("$") else str((base / path).resolve())

        named = {name: getattr(self.data, name) for name in _SOURCES if getattr(self.data, name)}
        update = {key: placed(at) if isinstance(at, str) else tuple(map(placed, at)) for key, at in named.items()}
        return self.model_copy(update={"data": self.data.model_copy(update=update)})

    @model_validator(mode="after")
    def _openings_are_read(self) -> "Recipe":
        first = self.features.first_tokens
        views = [
            self.features.words,
            self.features.syllables,
            self.features.characters,
            self.without_diacritics.syllables,
        ]
        longest = max((length for view in views if view is not None for length in view.openings), default=0)
        if 0 < first <= longest:
            raise ValueError(f"an opening of {longest} tokens is not less than first_tokens ({first})")
        return self

    @model_validator(mode="after")
    def _fitted_by_topic(self) -> "Recipe":
        asked = {
            "self_training": self.self_training.weight,
            "second_topic_weight": self.classifier.second_topic_weight,
            "mixtures": self.calibration.mixtures,
        }
        for key in asked:
            if asked[key] and self.classifier.name not in ("linear-svc", "sgd"):
                raise ValueError(f"{key} needs the classifier linear-svc or sgd, not {self.classifier.name}")
        return self


def parse_recipe(data: Mapping[str, Any], source: str = "recipe") -> Recipe:
    """Validate a recipe given as plain data."""
    try:
        return Recipe.model_validate(data)
    except ValidationError as error:
        raise RecipeError(f"{source}: {first_problem(error, Recipe)}") from error
