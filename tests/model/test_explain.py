import numpy as np
import pytest

from vnclf import Predictor

TEXT = "Hội người Việt Nam tại Séc: kiều bào đón Tết, người Việt nhớ quê hương Việt Nam"


def test_words_are_found_where_they_stand(predictor: Predictor) -> None:
    explanation = predictor.explain(TEXT)
    assert explanation.prediction == predictor.predict(TEXT)
    by_words = {c.words: c for c in explanation.contributions}
    assert [TEXT[a:b] for a, b in by_words["việt nam"].spans] == ["Việt Nam", "Việt Nam"]
    weights = [abs(c.weight) for c in explanation.contributions]
    assert weights == sorted(weights, reverse=True)
    assert all(0 <= a < b <= len(TEXT) for c in explanation.contributions for a, b in c.spans)


def test_contributions_add_up_to_the_score(predictor: Predictor) -> None:
    explanation = predictor.explain(TEXT)
    batch = predictor._judge.segmenter.segment([TEXT])
    scores = predictor._judge.text.score(batch)[0][0] - predictor._judge.text.bias
    topic = [t.id for t in predictor.topics].index(explanation.prediction.topic)
    assert sum(c.weight for c in explanation.contributions) == pytest.approx(scores[topic] - scores.mean())


def test_text_without_diacritics_and_without_words(predictor: Predictor) -> None:
    words = [c.words for c in predictor.explain("kieu bao tai Sec don Tet").contributions]
    assert "kieu bao" in words
    assert predictor.explain("").contributions == ()
    assert np.isfinite([c.weight for c in predictor.explain("a b c").contributions]).all()
