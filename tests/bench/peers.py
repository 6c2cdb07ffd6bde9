"""The packages beside which vnclf is measured: how each segments, trains and predicts."""

import json
import random
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from tests.bench.corpora import read_rows

Segment = Callable[[str], object]
Predict = Callable[[Sequence[str]], object]

VNCLF = "vnclf"
UNDERTHESEA = "underthesea"
PYVI = "pyvi"
RUST = "TextClassifier (Rust)"
SKLEARN = "scikit-learn, words"
SKLEARN_PAIRS = "scikit-learn, words and pairs"
FASTTEXT = "fastText"

_MODULES = {
    UNDERTHESEA: "underthesea",
    PYVI: "pyvi",
    RUST: "underthesea_core",
    SKLEARN: "sklearn",
    SKLEARN_PAIRS: "sklearn",
    FASTTEXT: "fasttext",
}

_SEGMENTERS = {
    VNCLF: ("vnclf", "segment"),
    UNDERTHESEA: ("underthesea", "word_tokenize"),
    PYVI: ("pyvi.ViTokenizer", "tokenize"),
}

CLASSIFIERS = (VNCLF, RUST, SKLEARN, SKLEARN_PAIRS, FASTTEXT)


def is_missing(name: str) -> bool:
    """Whether a peer is not installed."""
    return name in _MODULES and find_spec(_MODULES[name]) is None


def segmenter(name: str) -> Segment:
    """Return what splits one text into words, loaded and ready."""
    module, function = _SEGMENTERS[name]
    segment: Segment = getattr(import_module(module), function)
    segment("Hà Nội")
    return segment


def train(name: str, file: Path, target: Path) -> None:
    """Train a peer on a corpus file and save its model; none of them segments words."""
    rows = list(read_rows(file))
    texts, labels = [row["text"] for row in rows], [row["label"] for row in rows]
    if name == RUST:
        _train_rust(texts, labels, target)
    elif name == FASTTEXT:
        _train_fasttext(texts, labels, target)
    else:
        _train_sklearn(texts, labels, target, 2 if name == SKLEARN_PAIRS else 1)


def _train_rust(texts: list[str], labels: list[str], target: Path) -> None:
    # The recipe of sen-1, underthesea's own classifier of news.
    classifier = import_module("underthesea_core").TextClassifier(max_features=20_000, ngram_range=(1, 2))
    classifier.fit(texts, labels)
    classifier.save(str(target))


def _train_sklearn(texts: list[str], labels: list[str], target: Path, longest: int) -> None:
    import joblib
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    vectorizer = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, longest), min_df=longest)
    pipeline = make_pipeline(vectorizer, LinearSVC(C=0.3))
    joblib.dump(pipeline.fit(texts, labels), target)


def _train_fasttext(texts: list[str], labels: list[str], target: Path) -> None:
    lines = [f"__label__{label} {_one_line(text)}\n" for text, label in zip(texts, labels, strict=True)]
    random.Random(0).shuffle(lines)  # fastText does not, and learns little from sorted labels
    source = target.with_suffix(".txt")
    source.write_text("".join(lines), encoding="utf-8")
    # A tenth of the usual buckets: the model takes 80 MB instead of 800.
    model = import_module("fasttext").train_supervised(
        str(source), wordNgrams=2, epoch=5, lr=0.5, bucket=200_000, thread=2, verbose=0
    )
    model.save_model(str(target))


def loading_code(name: str, model: Path | str) -> str:
    """Return the Python that defines `predict(texts)`, as a user of the package would write it."""
    sklearn = "import joblib\npredict = joblib.load({}).predict"
    return {
        VNCLF: "from vnclf import Predictor\npredict = Predictor.load({}).predict_many",
        RUST: "from underthesea_core import TextClassifier\npredict = TextClassifier.load({}).predict_batch",
        SKLEARN: sklearn,
        SKLEARN_PAIRS: sklearn,
        FASTTEXT: "import fasttext\nmodel = fasttext.load_model({})\n"
        "predict = lambda texts: model.predict([text.replace('\\n', ' ') for text in texts])",
    }[name].format(json.dumps(str(model)))


def predictor(name: str, model: Path | str) -> Predict:
    """Return what predicts the labels of texts, loaded."""
    namespace: dict[str, Predict] = {}
    exec(loading_code(name, model), namespace)
    return namespace["predict"]


def _one_line(text: str) -> str:
    return text.replace("\n", " ")
