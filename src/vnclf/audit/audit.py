"""Finds what is wrong with a corpus."""

from pathlib import Path

import numpy as np

from vnclf.audit.copies import find_copies, find_leaks
from vnclf.audit.drift import dated, drift_between, drift_by_date
from vnclf.audit.findings import Audit
from vnclf.audit.flaws import flawed_texts
from vnclf.audit.opinion import cross_validated, modelled
from vnclf.audit.preflight import require_cleanlab
from vnclf.audit.reading import read_as_it_is
from vnclf.audit.shape import shape_of
from vnclf.audit.suspects import find_suspects
from vnclf.audit.words import count_words
from vnclf.corpus.document import Corpus
from vnclf.corpus.location import Paths
from vnclf.model.predictor import Predictor
from vnclf.progress import spinner


def audit(
    corpus: Corpus | Paths, *, against: Corpus | Paths | None = None, model: str | Path | None = None, jobs: int = -1
) -> Audit:
    """Find what is wrong with a corpus: copies, leaks, wrong labels, flawed texts, drift.

    `against` is another corpus, such as the test documents or those of last year: what stands in both
    leaks, and drift is from it to the corpus; without it, drift is by the documents' `date`. Labels are
    judged by cross-validation, or by `model`, which should not have been trained on them. `jobs`
    processes share the work (-1: all cores); the result does not depend on their number.

    Takes time linear in the texts. Raises VnclfError when cleanlab is not installed, ModelError or
    CorpusError for what cannot be read.
    """
    require_cleanlab()
    predictor = None if model is None else Predictor.load(model)
    documents = corpus if isinstance(corpus, Corpus) else read_as_it_is(corpus)
    other = against if isinstance(against, Corpus) or against is None else read_as_it_is(against)
    with spinner("Looking at texts"):
        shape, flaws = shape_of(documents), flawed_texts(documents.texts)
    with spinner("Looking for copies"):
        copies = find_copies(documents)
        leaks = [] if other is None else find_leaks(documents.texts, other.texts)
    words = count_words([*documents.texts, *(other.texts if other else [])], jobs)
    opinion = cross_validated(documents, words, jobs) if predictor is None else modelled(documents, predictor, jobs)
    labels = find_suspects(documents, opinion)
    drift = None
    if other is not None:
        rows = np.roll(np.arange(len(documents) + len(other)), len(other))
        drift = drift_between(other.documents, documents.documents, (other.name, documents.name), words, rows)
    elif dates := dated(documents.documents):
        drift = drift_by_date(documents.documents, words, dates)
    return Audit(documents, other, shape, flaws, copies, leaks, labels, drift)
