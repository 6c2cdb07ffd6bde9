"""A saved model as a plain scikit-learn pipeline, for those who want one."""

import re
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from vnclf.errors import ModelError
from vnclf.model.channel import Channel
from vnclf.model.features import View
from vnclf.model.folder import ModelFolder, read_model
from vnclf.model.predictor import find_model
from vnclf.storage import told_as, write_file

# A word is a run without spaces that holds a letter or figure; its tokens are joined by "_".
_WORD = r"\S*[^\W_]\S*"
_TOKEN = r"[^\s_]*[^\W_][^\s_]*"
# What a view reads of a text, to the end of the last word for views of words, and what it does not.
_FIRST_TOKENS = r"(?s)^((?:[\s_]*[^\s_]+){1,%d}%s).*"
_REST_OF_WORD = r"\S*"


def export_joblib(model: str | Path, path: Path) -> None:
    """Write the pipeline of a model, by folder or shipped name, as a joblib file.

    It reads segmented text: what `vnclf segment --lower` prints. Its weights are those of the folder, for
    text with diacritics; it knows no "not sure".
    Like every pickle, open it only where you trust its origin, with the scikit-learn that wrote it.
    Raises ModelError when there is no such model or the file cannot be written.
    """
    import joblib

    pipeline = as_pipeline(read_model(find_model(model)))
    with told_as(ModelError, f"The pipeline cannot be written to {path}"), write_file(path) as fresh:
        joblib.dump(pipeline, fresh, compress=3)


def as_pipeline(folder: ModelFolder) -> Any:
    """Return a fitted `Pipeline` of TF-IDF vectorizers and a `LogisticRegression` with the stored weights."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import FeatureUnion, Pipeline

    channel = Channel.of(folder, "text")
    words = np.array(folder.vocabulary("text"), dtype=object)
    view_of = folder.arrays["text.view_of"]
    idf = channel.idf.astype(np.float64)
    n_topics = len(folder.description["topics"])  # one class more may stand for texts of no topic: it has no place here
    units = [view.unit for view in channel.views]
    rows = [np.flatnonzero(view_of == units.index(unit)) for unit in units]  # views of a unit share its features
    weights = (channel.weights.take(np.concatenate(rows)) * channel.scale)[:, :n_topics]
    names = [f"{view.unit}-{view.first}" if view.first else view.unit for view in channel.views]
    vectorizers = [
        (name, _vectorizer(view, words[own].tolist(), idf[own], sublinear=channel.sublinear))
        for name, view, own in zip(names, channel.views, rows, strict=True)
    ]
    weight_of = {name: view.weight for name, view in zip(names, channel.views, strict=True)}
    union = FeatureUnion(vectorizers, transformer_weights=weight_of)
    classifier = LogisticRegression()
    classifier.classes_ = np.array([topic["id"] for topic in folder.description["topics"]])
    coefficients, bias = weights.T, np.array(channel.bias[:n_topics])
    if len(bias) == 2:  # scikit-learn keeps one row for two classes
        coefficients, bias = coefficients[1:] - coefficients[:1], bias[1:] - bias[:1]
    classifier.coef_, classifier.intercept_ = coefficients, bias
    classifier.n_features_in_ = coefficients.shape[1]
    return Pipeline([("features", union), ("classifier", classifier)])


def _vectorizer(view: View, words: list[str], idf: Any, *, sublinear: bool) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    is_characters, is_syllables = view.unit == "characters", view.unit == "syllables"
    beginning = _FIRST_TOKENS % (view.first, "" if is_syllables else _REST_OF_WORD)
    vectorizer = TfidfVectorizer(
        preprocessor=partial(re.compile(beginning).sub, r"\1") if view.first else None,
        analyzer="char_wb" if is_characters else "word",
        token_pattern=None if is_characters else _TOKEN if is_syllables else _WORD,
        ngram_range=(view.shortest, view.longest),
        vocabulary={word: column for column, word in enumerate(words)},
        sublinear_tf=sublinear,
        lowercase=False,
        dtype=np.float64,
    )
    vectorizer.idf_ = idf
    return vectorizer
