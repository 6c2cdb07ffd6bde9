"""Copies within a corpus and between two."""

from vnclf.audit.copies import Leak, find_copies, find_leaks
from vnclf.corpus import Document

LONG = (
    "Đội tuyển Việt Nam thắng trận giao hữu trên sân Mỹ Đình vào tối hôm qua, trước hàng vạn khán giả đội mưa đến xem"
)
NEAR = LONG.replace("hàng vạn", "rất nhiều")
OTHER = "Giá vàng trong nước sáng nay tăng mạnh, chứng khoán đảo chiều vào cuối phiên"


def test_surplus_and_conflicts() -> None:
    texts = [LONG, OTHER, LONG.upper(), NEAR, f"{OTHER}!", NEAR.replace(",", ""), "", ""]
    topics = ["a", "a", "a", "a", "b", "a", "a", "b"]
    copies = find_copies([Document(text, (topic,)) for text, topic in zip(texts, topics, strict=True)])
    assert copies.exact == [[0, 2], [1, 4], [3, 5]]
    assert copies.conflicts == [[1, 4]]
    assert copies.near == [[0, 2, 3, 5]]
    assert copies.exact_surplus == 3
    assert copies.near_surplus == 1


def test_no_label_is_no_conflict() -> None:
    copies = find_copies([Document(OTHER, ("a", "b")), Document(OTHER, ("a",)), Document(OTHER)])
    assert copies.exact_surplus == 2
    assert copies.conflicts == []
    assert find_copies([]).exact_surplus == find_copies([]).near_surplus == 0


def test_leaks() -> None:
    assert find_leaks([OTHER, LONG, "không có ở đâu"], ["khác hẳn", NEAR, OTHER.upper(), LONG, LONG]) == [
        Leak(0, 2, exact=True),
        Leak(1, 3, exact=True),
    ]
    assert find_leaks([LONG], [OTHER, NEAR]) == [Leak(0, 1, exact=False)]
    assert find_leaks([LONG], []) == find_leaks([], [LONG]) == find_leaks([""], [""]) == []


def test_copies_within_either_corpus_are_no_leaks() -> None:
    assert find_leaks([LONG, NEAR], [OTHER, OTHER]) == []
