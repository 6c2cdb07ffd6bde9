from importlib.util import find_spec
from pathlib import Path

import pytest

from vnclf.text.crfsuite import read_crfsuite

spec = find_spec("underthesea")
assert spec is not None
assert spec.origin is not None
MODEL = next(Path(spec.origin).parent.glob("pipeline/word_tokenize/models/*/models.bin"))


def test_reads_underthesea_model() -> None:
    crf = read_crfsuite(MODEL.read_bytes())
    assert crf.labels == ["B-W", "I-W"]
    assert crf.state.shape == (len(crf.attributes), 2)
    assert len(crf.attributes) == 50_671
    assert crf.transitions[0, 0] == pytest.approx(-0.436427, abs=1e-6)
    assert crf.state[crf.attributes.index("T[-2]=BOS")].tolist() == pytest.approx([0.126029, -0.126029], abs=1e-6)


@pytest.mark.parametrize("data", [b"", b"lCRF", b"PNG" * 100, MODEL.read_bytes()[:200], MODEL.read_bytes()[:100_000]])
def test_refuses_what_is_no_model(data: bytes) -> None:
    with pytest.raises(ValueError, match="CRFsuite"):
        read_crfsuite(data)
