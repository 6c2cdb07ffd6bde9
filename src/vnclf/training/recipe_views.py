"""The part of a recipe that says what is read of a document: its views and their n-grams."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidatorFunctionWrapHandler, field_validator, model_validator

from vnclf.model.features import Unit, View


class Section(BaseModel):
    """A part of a recipe: frozen, without unknown keys or endless numbers."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Ngrams(Section):
    """One view of the documents: n-grams of `shortest` to `longest` units, weighted by `weight`.

    `openings` are lengths in tokens, with weights: so many first tokens are read once more, as a view of their own
    with the same features. What a document opens with says most about it.
    """

    shortest: int = Field(default=1, ge=1, le=8)
    longest: int = Field(default=2, ge=1, le=8)
    weight: float = Field(default=1.0, gt=0)
    openings: dict[Annotated[int, Field(ge=1, le=10_000)], Annotated[float, Field(gt=0)]] = Field(
        default_factory=dict, max_length=8
    )

    @field_validator("openings", mode="wrap")
    @classmethod
    def _of_different_lengths(cls, value: Any, read: ValidatorFunctionWrapHandler) -> Any:
        openings = read(value)
        if len(openings) < len(value):  # 16 and "016": one took the other's place
            raise ValueError("two openings are of the same length; give it once")
        return openings

    @model_validator(mode="after")
    def _in_order(self) -> "Ngrams":
        if self.longest < self.shortest:
            raise ValueError(f"longest ({self.longest}) is less than shortest ({self.shortest})")
        return self

    def views(self, unit: Unit, first_tokens: int) -> Iterator[View]:
        """Yield the view of documents' first tokens (0: of all), then those of their openings."""
        for first, weight in ((first_tokens, self.weight), *self.openings.items()):
            yield View(unit, self.shortest, self.longest, weight, first)


class Features(Section):
    """What of a document becomes features.

    `words`, `syllables` and `characters` are views, each a TF-IDF vector of length one times its weight, to
    which those of its openings may be added, or `false`. `min_df` is the least number of documents an n-gram
    must stand in; of the rest `max_features` stay: the most frequent, or with `select = "weight"` those that
    weigh most in a classifier fitted to all of them, with the weights they have there (Guyon et al., Gene
    Selection for Cancer Classification using Support Vector Machines, 2002). `weighting = "idf-nb"` multiplies
    idf by the square root of an n-gram's largest log-ratio between topics (after Wang and Manning, Baselines
    and Bigrams, 2012). `first_tokens` reads only the beginning of documents (0: all).
    """

    words: Ngrams | None = Ngrams()
    syllables: Ngrams | None = None
    characters: Ngrams | None = None
    min_df: int = Field(default=2, ge=1)
    max_features: int = Field(default=200_000, ge=10)
    select: Literal["frequency", "weight"] = "frequency"
    sublinear_tf: bool = True
    weighting: Literal["idf", "idf-nb"] = "idf"
    first_tokens: int = Field(default=0, ge=0, le=1_000_000)

    @field_validator("words", "syllables", "characters", mode="before")
    @classmethod
    def _false_is_none(cls, value: Any) -> Any:
        return None if value is False else value  # TOML has no word for "none"

    @model_validator(mode="after")
    def _not_empty(self) -> "Features":
        if not self.views():
            raise ValueError("give at least one of words, syllables, characters")
        return self

    def views(self) -> list[View]:
        """Return the views in order."""
        parts: list[tuple[Unit, Ngrams | None]] = [
            ("words", self.words),
            ("syllables", self.syllables),
            ("characters", self.characters),
        ]
        return [view for unit, part in parts if part is not None for view in part.views(unit, self.first_tokens)]


class WithoutDiacritics(Section):
    """A second set of features and weights for text typed without diacritics: its syllables."""

    enabled: bool = True
    syllables: Ngrams = Ngrams()
    min_df: int = Field(default=2, ge=1)
    max_features: int = Field(default=100_000, ge=10)
