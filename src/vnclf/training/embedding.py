"""Word vectors from a corpus of any texts, labelled or not, and how they smooth a classifier's weights.

Which words stand near which, reweighted as positive pointwise mutual information and factorised by a
truncated singular value decomposition, is as good for this as word2vec (Levy and Goldberg, Neural Word
Embedding as Implicit Matrix Factorization, 2014). A document's mean vector joins its features while a
linear classifier is fitted; as the vector is linear in the features, the weights it gets fold back into
theirs, and prediction knows nothing of it. Words that few labelled documents hold learn from their like.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from vnclf.errors import CorpusError
from vnclf.model.features import View, ngram_keys, ngrams
from vnclf.text.hashing import Hashes, HashIndex
from vnclf.text.segmenter import Segmented

Array = NDArray[np.float64]

_WINDOW = 5
_MAX_WORDS = 40_000
_MIN_COUNT = 5
# Context frequencies are smoothed by this power, as in word2vec.
_CONTEXT_POWER = 0.75


@dataclass(frozen=True)
class WordVectors:
    """Vectors of words: `runs` are the tokens [begin, end) of `batch` where each stands once."""

    batch: Segmented
    runs: NDArray[np.int64]
    vectors: NDArray[np.float32]

    def of_features(self, views: Sequence[View], keys: Hashes) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Return which features are one of the words, in any view, and their vectors."""
        word, index = np.full(len(keys), -1, np.int32), HashIndex(keys)
        for view in views:
            rows = index.find(ngram_keys(self.batch, view, self.runs))
            found = np.flatnonzero(rows)
            word[rows[found] - 1] = found
        features = np.flatnonzero(word >= 0)
        return features, self.vectors[word[features]]


def learn_vectors(batch: Segmented, dimensions: int, seed: int) -> WordVectors:
    """Learn vectors of length one from how often words stand within five words of each other.

    Raises CorpusError for so few texts that there is nothing to learn from.
    """
    from sklearn.utils.extmath import randomized_svd

    # Of a copy: what it works out of its tokens is freed with it.
    words = ngrams(replace(batch), View("words", 1, 1))
    distinct, counts = np.unique(words.hashes, return_counts=True)
    frequent = np.argsort(-counts, kind="stable")[:_MAX_WORDS]
    frequent = frequent[counts[frequent] >= _MIN_COUNT]
    number = np.full(len(distinct) + 1, -1, np.int32)  # the first is of no word
    number[frequent + 1] = np.arange(len(frequent))
    sequence = number[HashIndex(distinct).find(words.hashes)]
    information = _mutual_information(_neighbours(sequence, words.documents, len(frequent)))
    if len(frequent) < 2 or not information.nnz:
        raise CorpusError(
            f"Word vectors need words that stand {_MIN_COUNT} times beside others; "
            "give more texts, or leave embedding.dimensions at 0."
        )
    left, strength, _ = randomized_svd(information, min(dimensions, len(frequent) - 1), n_iter=3, random_state=seed)
    vectors = left * np.sqrt(strength)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    runs = np.zeros((len(frequent), 2), np.int64)
    known = sequence >= 0
    runs[sequence[known]] = np.column_stack([words.begin[known], words.end[known]])
    return WordVectors(batch, runs, vectors.astype(np.float32))


def _neighbours(sequence: NDArray[np.int32], documents: NDArray[np.int32], n_words: int) -> sp.csr_array:
    """Count, for each pair of words, how often they stand within the window of one another."""
    counts = sp.csr_array((n_words, n_words), dtype=np.float32)
    for distance in range(1, _WINDOW + 1):
        left, right = sequence[:-distance], sequence[distance:]
        both = (left >= 0) & (right >= 0) & (documents[:-distance] == documents[distance:])
        ones = np.ones(int(both.sum()), np.float32)
        counts = counts + sp.coo_array((ones, (left[both], right[both])), shape=counts.shape).tocsr()
    return sp.csr_array(counts + counts.T)


def _mutual_information(counts: sp.csr_array) -> sp.csr_array:
    pairs = counts.tocoo()
    frequency = np.asarray(counts.sum(axis=1)).ravel()
    context = frequency**_CONTEXT_POWER
    context /= max(context.sum(), 1e-12)  # of no neighbours at all
    values = np.log(pairs.data / (frequency[pairs.row] * context[pairs.col]))
    positive = values > 0
    data = (values[positive].astype(np.float32), (pairs.row[positive], pairs.col[positive]))
    positive_only: sp.csr_array = sp.csr_array(data, shape=counts.shape)
    return positive_only


@dataclass(frozen=True)
class Smoother:
    """Folds the weights of document vectors back into those of features.

    `features` are those that have a vector, `vectors`, shape (features, dimensions), theirs after whitening,
    `mean` what a document vector is on average.
    """

    features: NDArray[np.intp]
    vectors: Array
    mean: Array

    def fold(self, weights: Array, bias: Array) -> tuple[Array, Array]:
        """Return weights and bias for the features alone that give the same scores."""
        n_features = len(weights) - len(self.mean)
        own, of_vectors = weights[:n_features].copy(), weights[n_features:]
        own[self.features] += self.vectors @ of_vectors
        return own, bias - self.mean @ of_vectors


def smooth(
    matrix: sp.csr_array, features: NDArray[np.intp], vectors: NDArray[np.float32], weight: float
) -> tuple[sp.csr_array, Smoother]:
    """Return the matrix with document vectors as further columns, and what folds their weights back.

    `vectors` are those of `features`, columns of the matrix; other columns have none. Document vectors are
    whitened over the rows of the matrix, and scaled to length `weight` on average. Raises CorpusError where
    all document vectors are alike.
    """
    documents = matrix[:, features] @ vectors.astype(np.float64)
    mean = documents.mean(axis=0)
    documents -= mean
    spread, axes = np.linalg.eigh(documents.T @ documents)
    if spread.max() <= 0:
        raise CorpusError(
            "Word vectors need documents that differ and features that are words; "
            "count single words or syllables, or leave embedding.dimensions at 0."
        )
    whiten = axes / np.sqrt(np.maximum(spread, 1e-6 * spread.max()))
    whiten *= weight / np.linalg.norm(documents @ whiten, axis=1).mean()
    return _beside(matrix, documents @ whiten), Smoother(features, vectors @ whiten, mean @ whiten)


def _beside(matrix: sp.csr_array, further: Array) -> sp.csr_array:
    """Return the matrix with further columns that have no zeros: `hstack` looks for some, in five times as long."""
    (n_rows, n_columns), width = matrix.shape, further.shape[1]
    pointer = matrix.indptr + width * np.arange(n_rows + 1, dtype=matrix.indptr.dtype)
    at = (pointer[1:, None] - width + np.arange(width)).ravel()
    is_own = np.ones(pointer[-1], np.bool_)
    is_own[at] = False
    data, indices = np.empty(len(is_own)), np.empty(len(is_own), matrix.indices.dtype)
    data[is_own], indices[is_own] = matrix.data, matrix.indices
    data[at], indices[at] = further.ravel(), np.tile(np.arange(n_columns, n_columns + width), n_rows)
    return sp.csr_array((data, indices, pointer), shape=(n_rows, n_columns + width))
