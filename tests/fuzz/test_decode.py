from hypothesis import given

from tests.fuzz.inputs import BYTES
from tests.fuzz.limits import fuzz, in_linear_time
from vnclf.text.decode import Decoded, DecodeError, decode


def outcome(data: bytes) -> Decoded | DecodeError:
    try:
        return decode(data)
    except DecodeError as error:
        return error


@fuzz(0.25)
@given(BYTES)
def test_bytes_become_text_or_are_refused_at_a_place(data: bytes) -> None:
    with in_linear_time(len(data)):
        decoded = outcome(data)
    if isinstance(decoded, DecodeError):
        assert f"byte 0x{data[decoded.place]:02x} at offset {decoded.place} " in str(decoded)
        return
    assert 0.0 <= decoded.confidence <= 1.0
    assert decoded.encoding
    assert "\0" not in decoded.text
    decoded.text.encode()  # no half of a surrogate pair
