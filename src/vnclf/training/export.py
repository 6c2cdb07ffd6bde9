"""A saved model as a plain scikit-learn pipeline, for those who want one."""

from pathlib import Path
from typing import Any

import numpy as np

from vnclf.errors import ModelError
from vnclf.model.channel import Channel
from vnclf.model.features import View
from vnclf.model.folder import ModelFolder, read_model
from vnclf.model.predictor import find_model
from vnclf.storage import write_file

# A word is a run without spaces that holds a letter or figure; its tokens are joined by "_".
_WORD = r"\S*[^\W_]\S*"
_TOKEN = r"[^\s_]*[^\W_][^\s_]*"


def export_joblib(model: str | Path, path: Path) -> None:
    """Write the pipeline of a model, by folder or shipped name, as a joblib file.

    It reads segmented text: what `vnclf segment --lower` prints, cut after as many tokens as the recipe's
    `first_tokens` says. Its weights are those of the folder, for text with diacritics; it knows no "not
    sure".
    Like every pickle, open it only where you trust its origin, with the scikit-learn that wrote it.
    Raises ModelError when there is no such model or the file cannot be written.
    """
    import joblib

    pipeline = as_pipeline(read_model(find_model(model)))
    try:
        with write_file(path) as fresh:
            joblib.dump(pipeline, fresh, compress=3)
    except OSError as error:
        raise ModelError(f"The pipeline cannot be written to {path}: {error.strerror or error}.") from error


def as_pipeline(folder: ModelFolder) -> Any:
    """Return a fitted `Pipeline` of TF-IDF vectorizers and a `LogisticRegression` with the stored weights."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import FeatureUnion, Pipeline

    channel = Channel.of(folder, "text")
    words = np.array(folder.vocabulary("text"), dtype=object)
    view_of = folder.arrays["text.view_of"]
    idf = channel.idf.astype(np.float64)
    n_topics = len(folder.description["topics"])  # one class more may stand for texts of no topic: it has no place here
    rows = [np.flatnonzero(view_of == place) for place in range(len(channel.views))]
    weights = (channel.weights.take(np.concatenate(rows)) * channel.scale)[:, :n_topics]
    vectorizers = [
        (view.unit, _vectorizer(view, words[own].tolist(), idf[own], sublinear=channel.sublinear))
        for view, own in zip(channel.views, rows, strict=True)
    ]
    union = FeatureUnion(vectorizers, transformer_weights={view.unit: view.weight for view in channel.views})
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

    is_characters = view.unit == "characters"
    vectorizer = TfidfVectorizer(
        analyzer="char_wb" if is_characters else "word",
        token_pattern=None if is_characters else _WORD if view.unit == "words" else _TOKEN,
        ngram_range=(view.shortest, view.longest),
        vocabulary={word: column for column, word in enumerate(words)},
        sublinear_tf=sublinear,
        lowercase=False,
        dtype=np.float64,
    )
    vectorizer.idf_ = idf
    return vectorizer
