"""How much of its accuracy a model keeps when texts come in another dress, and what it says of no news at all."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from vnclf.corpus.document import Document
from vnclf.corpus.reading import iter_documents
from vnclf.evaluation import changes
from vnclf.evaluation.evaluate import accepted_topics
from vnclf.evaluation.intervals import wilson
from vnclf.evaluation.slices import is_right
from vnclf.model.predictor import Predictor
from vnclf.resources import resource

# How a document, given by its place among all texts, is changed.
Change = Callable[[Sequence[str], int], str]

_BEFORE = """Trang chủ
Đăng nhập
Đường dây nóng: 0900 000 000
Thứ bảy, 21/11/2026
Thời sự
Thế giới
Kinh doanh
Thể thao
Giải trí
Giáo dục
Sức khỏe
Xem thêm"""
_AFTER = """Chia sẻ Facebook
In bài viết
Bình luận (0)
Gửi bình luận"""
_FOOTER = """Giới thiệu
Liên hệ quảng cáo
© 2026. Ghi rõ nguồn khi phát hành lại thông tin từ trang này."""
_TEASERS = 6


@dataclass(frozen=True, slots=True)
class Robustness:
    """What one change costs: all shares between 0 and 1.

    `changed` is the share of texts that the change altered, `accuracy` the share predicted right after
    it, `difference` that minus the accuracy on the texts as they are, and `same` the share of texts
    whose predicted topic stayed.
    """

    change: str
    changed: float
    accuracy: float
    difference: float
    same: float


@dataclass(frozen=True, slots=True)
class Foreign:
    """What a model says of texts of one kind that it should not judge.

    `certain` of the texts were called certain (`low` to `high` is the 95 % interval of the share), and
    `in_domain` of them taken for something it can judge.
    """

    kind: str
    texts: int
    certain: float
    low: float
    high: float
    in_domain: float


def robustness(predictor: Predictor, documents: Sequence[Document]) -> list[Robustness]:
    """Measure a model on labelled documents as they are, the first row, and after each change.

    Every text is predicted as a user would, `page=None`. The same documents give the same changes.
    """
    texts = [document.text for document in documents]
    accepted = [accepted_topics(document) for document in documents]
    clean = [prediction.topic for prediction in predictor.predict_many(texts)]
    before = float(is_right(accepted, clean).mean())
    rows = [Robustness("as it is", 0.0, before, 0.0, 1.0)]
    for name, change in CHANGES.items():
        altered = [change(texts, place) for place in range(len(texts))]
        topics = [prediction.topic for prediction in predictor.predict_many(altered)]
        accuracy = float(is_right(accepted, topics).mean())
        changed = float(np.mean([a != b for a, b in zip(altered, texts, strict=True)]))
        same = float(np.mean([a == b for a, b in zip(topics, clean, strict=True)]))
        rows.append(Robustness(name, changed, accuracy, accuracy - before, same))
    return rows


def out_of_domain(predictor: Predictor, documents: Iterable[Document]) -> list[Foreign]:
    """Measure how often a model is certain of texts that are no news, by kind: their label, in the order met."""
    kinds: dict[str, list[str]] = {}
    for document in documents:
        kinds.setdefault(document.topic, []).append(document.text)
    return [_foreign(predictor, kind, group) for kind, group in kinds.items()]


def page_around(texts: Sequence[str], place: int) -> str:
    """Return a text as a crawler stores its page: menus before it, other texts' headlines after it."""
    teasers = map(changes.headline, _others(texts, place, _TEASERS))
    return "\n".join([_BEFORE, texts[place], _AFTER, "Tin liên quan", *teasers, _FOOTER])


def page_below_others(texts: Sequence[str], place: int) -> str:
    """Return a text as its page has it below teasers of others, a headline and a lead each, and dated itself."""
    teasers = _others(_bundled_teasers(), place, _TEASERS)
    headline, _, rest = texts[place].partition("\n")
    article = [headline, "Thứ bảy, 21/11/2026 09:15", rest]
    return "\n".join([_BEFORE, *teasers[:-2], *article, _AFTER, "Tin liên quan", *teasers[-2:], _FOOTER])


def page_on_one_line(texts: Sequence[str], place: int) -> str:
    """Return that page with its lines joined."""
    return " ".join(page_below_others(texts, place).split("\n"))


def tail_of_another(texts: Sequence[str], place: int) -> str:
    """Return a text with the whole of another one after it."""
    return "\n".join([texts[place], *_others(texts, place, 1)])


@cache
def _bundled_teasers() -> tuple[str, ...]:
    """Return the headlines of the bundled texts, each with the first sentence below it."""
    texts = [document.text.split("\n") for document in iter_documents(resource("data/news-sample.jsonl"))]
    return tuple(f"{headline}\n{text.partition('. ')[0].rstrip('.')}." for headline, text, *_ in texts)


def _others(texts: Sequence[str], place: int, count: int) -> list[str]:
    """Return texts from all over the corpus: in many a corpus neighbours are of one topic."""
    return [texts[(place + step * len(texts) // (count + 1)) % len(texts)] for step in range(1, count + 1)]


def _each(change: Callable[[str], str]) -> Change:
    return lambda texts, place: change(texts[place])


CHANGES: dict[str, Change] = {
    "decomposed letters (NFD)": _each(changes.decomposed),
    "tone mark on the second vowel (hoà)": _each(changes.tone_on_second_vowel),
    "upper case": _each(str.upper),
    "zero-width characters inside words": _each(changes.zero_width_inside),
    "curly quotes": _each(changes.curly_quotes),
    "without diacritics": _each(changes.without_diacritics),
    "the headline (first line) only": _each(changes.headline),
    "5 % of the words misspelt": lambda texts, place: changes.misspelt(texts[place], place),
    "another of these texts after it": tail_of_another,
    "a page with menu and teasers around": page_around,
    "a page with headlines and leads of others above": page_below_others,
    "that page on a single line": page_on_one_line,
}


def _foreign(predictor: Predictor, kind: str, texts: Sequence[str]) -> Foreign:
    predictions = predictor.predict_many(texts)
    certain = sum(prediction.certain for prediction in predictions)
    inside = sum(prediction.in_domain for prediction in predictions)
    return Foreign(kind, len(texts), certain / len(texts), *wilson(certain, len(texts)), inside / len(texts))
