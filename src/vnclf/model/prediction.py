"""What a model says of one document."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Prediction:
    """The topic of a document, and how sure the model is.

    `probability` is the estimated probability that `topic` is the document's primary topic; `certain`
    says that it is high enough for the accuracy the model states; `topics` are the ids of all topics
    whose own score passes its threshold, `topic` first. Where the text is not what the model was made
    for, `in_domain` is False, `reason` says why, and `certain` is False. `probabilities` are those of all
    topics, in the order of the model's.
    """

    topic: str
    probability: float
    certain: bool
    topics: tuple[str, ...]
    in_domain: bool = True
    reason: str | None = None
    _ids: tuple[str, ...] = field(default=(), repr=False)
    probabilities: NDArray[np.float64] = field(default_factory=lambda: np.empty(0), repr=False, compare=False)

    @cached_property
    def ranking(self) -> tuple[tuple[str, float], ...]:
        """All topics with their probabilities, best first; the probabilities sum to one."""
        order = np.argsort(-self.probabilities, kind="stable")
        return tuple((self._ids[i], float(self.probabilities[i])) for i in order)

    def as_dict(self, top_k: int | None = None) -> dict[str, object]:
        """Return the prediction as plain data; `top_k` shortens the ranking."""
        return {
            "topic": self.topic,
            "probability": round(self.probability, 6),
            "certain": self.certain,
            "topics": list(self.topics),
            "ranking": [{"topic": topic, "probability": round(p, 6)} for topic, p in self.ranking[:top_k]],
            "in_domain": self.in_domain,
            "reason": self.reason,
        }
