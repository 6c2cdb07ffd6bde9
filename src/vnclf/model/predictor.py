"""Loads a saved model and predicts, with NumPy and the segmenter's tables and nothing else."""

import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from vnclf.errors import InputError, ModelError
from vnclf.model.channel import Channel
from vnclf.model.folder import MANIFEST, ModelFolder, read_model
from vnclf.model.judge import Judge, Judgement
from vnclf.model.prediction import Prediction
from vnclf.model.workers import in_order
from vnclf.resources import shipped
from vnclf.taxonomy import Topic
from vnclf.text.batches import as_text, as_texts, batches, groups
from vnclf.text.segmenters import get_segmenter, segmenter_identity

if TYPE_CHECKING:
    from vnclf.model.explain import Explanation

# What one parallel worker is handed at a time, in batches: some 500 articles.
_BATCHES_A_TASK = 8


class Predictor:
    """Predicts topics with a saved model. Safe to call from many threads; `load` makes one.

    A copy or a pickle holds the whole model, so it predicts where its folder is not; only the processes of
    `jobs` load the folder.
    """

    def __init__(self, folder: ModelFolder) -> None:
        """Take an opened model folder."""
        self._folder = folder
        self.path = folder.path
        self.description = folder.description
        self.checksum = folder.checksum
        self.topics = tuple(Topic(**topic) for topic in folder.description["topics"])
        self._ids = tuple(topic.id for topic in self.topics)
        self._certain: float = folder.description["certain"]["probability"]
        self._judge = _judge_of(folder)
        _warn_of_other_segmenter(folder)

    def __reduce__(self) -> tuple[type["Predictor"], tuple[ModelFolder]]:
        path = self.path.absolute() if self.checksum else self.path
        return type(self), (replace(self._folder, path=path),)

    @classmethod
    def load(cls, model: str | Path = "news") -> "Predictor":
        """Load a model folder, or a shipped model by its name.

        Raises ModelError when there is no such model or the folder is damaged.
        """
        folder = read_model(find_model(model))
        try:
            return cls(folder)
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"{folder.path} lacks a part of the model ({error}); train it again.") from error

    def predict(self, text: str, *, page: bool | None = None) -> Prediction:
        """Return the prediction for one text.

        `page=True` takes the text for a scraped page or HTML and reads its article only, `False` reads
        it as it is, `None` decides by its looks. An empty text gives an uncertain prediction; something
        that is not a string raises InputError.
        """
        return next(self._predictions(self._judge_batch([as_text(text)], page)))

    def predict_many(self, texts: Sequence[str], *, jobs: int = 1, page: bool | None = None) -> list[Prediction]:
        """Return one prediction a text, in order; `jobs` processes share the work (-1: all cores)."""
        return list(self.stream(as_texts(texts), jobs=jobs, page=page))

    def stream(self, texts: Iterable[str], *, jobs: int = 1, page: bool | None = None) -> Iterator[Prediction]:
        """Yield one prediction a text, in order, reading the texts a batch at a time.

        A model that was not saved uses one process, whatever `jobs` says: others could not load it.
        """
        if jobs == 0 or jobs < -1:
            raise InputError(f"jobs is {jobs}; give a number of processes, or -1 for all cores.")
        parts = batches(as_texts(texts))
        if jobs != 1:
            from joblib import effective_n_jobs

            jobs = effective_n_jobs(jobs) if self.checksum else 1
        judged = (
            (self._judge_batch(part, page) for part in parts) if jobs == 1 else self._judge_parallel(parts, jobs, page)
        )
        for judgement in judged:
            yield from self._predictions(judgement)

    def scores(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return the topics' scores, shape (texts, topics), whose softmax are the probabilities."""
        parts = [self._judge.scores(part) for part in batches(as_texts(texts))]
        return np.concatenate([*parts, np.empty((0, len(self.topics)))])

    def explain(self, text: str, *, page: bool | None = None) -> "Explanation":
        """Return which words of a text spoke for and against its topic, with their places."""
        from vnclf.model.explain import explain

        as_text(text)
        article = _article(text, page)
        return explain(self._judge, article, self.predict(article, page=False), self._ids)

    def _judge_batch(self, texts: Sequence[str], page: bool | None) -> Judgement:
        return self._judge.judge([_article(text, page) for text in texts])

    def _judge_parallel(self, parts: Iterable[list[str]], jobs: int, page: bool | None) -> Iterator[Judgement]:
        judge = partial(_judge_elsewhere, str(self.path.absolute()), self.checksum, page)
        for judgements in in_order(judge, groups(parts, _BATCHES_A_TASK), jobs):
            yield from judgements

    def _predictions(self, judgement: Judgement) -> Iterator[Prediction]:
        best = judgement.probabilities.argmax(axis=1).tolist()
        inside = (1 - judgement.outside).tolist()
        for place, (top, reason) in enumerate(zip(best, judgement.objections, strict=True)):
            row = judgement.probabilities[place]
            others = [i for i in judgement.present[place].nonzero()[0].tolist() if i != top]
            others.sort(key=row.__getitem__, reverse=True)
            probability = float(row[top])
            yield Prediction(
                topic=self._ids[top],
                probability=probability,
                certain=reason is None and probability * inside[place] >= self._certain,
                topics=tuple(self._ids[i] for i in [top, *others]),
                in_domain=reason is None,
                reason=reason,
                _ids=self._ids,
                probabilities=row,
            )


def find_model(model: str | Path) -> Path:
    """Return the folder of a model given by path or by shipped name; a folder of that name comes first."""
    path = Path(model)
    if path.name == str(model) and not (path / MANIFEST).is_file():
        return shipped("model").get(path.name, path)
    return path


def _judge_of(folder: ModelFolder) -> Judge:
    description, arrays = folder.description, folder.arrays
    channels = {name: Channel.of(folder, name) for name in description["channels"]}
    floors: dict[str, Any] = {name: entry["known_share"] for name, entry in description["channels"].items()}
    return Judge(
        segmenter=get_segmenter(description["segmenter"]["name"], for_topics=True),
        text=channels["text"],
        plain=channels.get("plain"),
        head=arrays["head"],
        head_bias=arrays["head_bias"],
        thresholds=arrays["thresholds"],
        floors=(floors["text"], floors.get("plain", floors["text"])),
    )


def _warn_of_other_segmenter(folder: ModelFolder) -> None:
    recorded = folder.description["segmenter"]
    installed = segmenter_identity(recorded["name"])
    if installed != recorded:
        model = folder.path if folder.checksum else f"The model {folder.description['name']}"
        warnings.warn(
            f"{model} was trained with underthesea {recorded['version']} ({recorded['fingerprint'][:8]}) and "
            f"{installed['version']} ({installed['fingerprint'][:8]}) is installed, whose words may differ; "
            "train again to be exact.",
            RuntimeWarning,
            stacklevel=4,
        )


def _article(text: str, page: bool | None) -> str:
    if page is False:
        return text
    from vnclf.text.page import extract, looks_like_page

    return extract(text).text if page or looks_like_page(text) else text


@lru_cache(maxsize=4)
def _loaded(path: str, checksum: str) -> Predictor:
    predictor = Predictor.load(path)
    if predictor.checksum != checksum:
        raise ModelError(f"{path} was replaced while it was in use; load it again.")
    return predictor


def _judge_elsewhere(path: str, checksum: str, page: bool | None, parts: list[list[str]]) -> list[Judgement]:
    """Judge batches in a worker process, which keeps the model it has loaded."""
    return [_loaded(path, checksum)._judge_batch(part, page) for part in parts]
