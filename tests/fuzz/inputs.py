"""What the fuzz tests feed in: Vietnamese text and pages, and everything that may befall them on their way here."""

from pathlib import Path

from hypothesis import strategies as st

from tests.text.encoders import ENCODERS

_PAGES = sorted((Path(__file__).parent.parent / "text" / "pages").iterdir())
_LINES = sorted({line for page in _PAGES for line in page.read_text(encoding="utf-8").splitlines()})
_WORDS = sorted({word for line in _LINES for word in line.split()})

_MARKS = "\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b\u0340\u0341\u0344\u20dd\ufe20\u1ab0"
_INVISIBLE = "\0\x01\x07\x1b\x1c\x1f\x7f\x85\u00ad\u034f\u061c\u180e\u200b\u200d\u200f\u202e\u2060\ufe0f\ufeff\ufffc"
_SPACES = " \t\n\r\v\f\u00a0\u2003\u2028\u2029\u3000"
# Letters whose form changes when text is brought to one spelling, quotes, other scripts, characters beyond 16 bits.
_ODD = "đĐðÐßİıſŉǆﬁ½²㎏ÅΩ\u1fef\u1ffd\u0374\u037e`´‘’“„″ʺ‹›中文กำعربيקруÇñ한글🙂👩🏽‍⚕️𝕳𠀋\ud7ff\uffff"
_TOKENS = (
    "http:// https://a.b/c?d=(e) www. a@b.vn v.v... TP. Tp.HCM 1.600m-2.000m 2/9 10:20:50 43H-0530 -- ... :)) <3 "
    "NĐ-CP a_b __ # ## @ & % 100.000,5 .5 5. (( )) [[ ]] {} a. A. a- -a ' '' \" !!!! ?! / // \\ | + = * ** ~~ ^"
).split()
_STUBS = (
    "![]() ![](a.jpg) [x](y) [](z) [ ]( ![ ] ) [[ [![](a)](b) # ## * - > >> \\> | |x|y| |---|---| `x` ``` *** ___ "
    "Ảnh: (Ảnh: (Nguồn: Theo © 12/3/2026 (12/03) 1 2 3 » « › →"
).split()
_HEADINGS = (
    "Tin bài liên quan|Các tin bài khác|Có thể bạn quan tâm|Đọc nhiều|Xem thêm|Xem thêm:|Bình luận|Bình luận (2)|Tags:"
    "|Từ khóa: a, b|Trang chủ|Chia sẻ|Quảng cáo|PV|(Theo Báo)|Copyright|Giấy phép số 1|Thích Trả lời 2 giờ trước"
).split("|")
_TAGS = (
    "html head body title script style nav aside footer div p span a ul li table tr td th h1 h2 h3 img br hr figure "
    "figcaption em i b strong iframe svg textarea select button font center blockquote article section template"
).split()
_ATTRIBUTES = st.sampled_from(
    ["", ' class="caption"', " class=relate", ' id="tin-lien-quan"', ' href="x>y"', " href='", ' title="', " a=b", "/"]
)
_ENTITIES = "&nbsp; &amp; &lt; &#225; &#x1ea1; &#0; &#xD800; &#99999999999; &bogus; & &#; &ampamp;".split()

_TIMES = st.sampled_from([2, 3, 17, 300, 4000])
# Long enough to tell quadratic time from linear, short enough to try many.
_LONGEST = 20_000

_words = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=30).map(" ".join)
_characters = st.text(st.sampled_from(_MARKS + _INVISIBLE + _SPACES + _ODD + "aAeêơƯy1.,-\"'("), max_size=30)
_any = st.text(max_size=30)
_pieces = st.sampled_from([*_TOKENS, *_STUBS])
_repeated = st.builds(lambda piece, times: (piece * times)[:_LONGEST], st.one_of(_pieces, _characters, _any), _TIMES)
_lines = st.sampled_from([*_LINES, *_HEADINGS])
_glue = st.sampled_from(["", " ", "\n", "\r\n", "\n\n", "."])


def _joined(parts: st.SearchStrategy[str], most: int) -> st.SearchStrategy[str]:
    return st.builds(str.join, _glue, st.lists(parts, max_size=most))


TEXTS = _joined(st.one_of(_words, _pieces, _characters, _any, _repeated), 8)

PAGES = st.lists(st.one_of(_lines, _lines, _lines, _pieces, _words, _characters, TEXTS), max_size=40).map("\n".join)

_opening = st.builds("<{}{}>".format, st.sampled_from(_TAGS), _ATTRIBUTES)
_closing = st.builds("</{}>".format, st.sampled_from(_TAGS))
_broken = st.sampled_from(
    ["<", ">", "</", "<!--", "-->", "<!", "<?", "<a", "<p ", "<![CDATA[", "]]>", '"', "'", *_ENTITIES]
)
_deep = st.builds(lambda tag, times: (tag * times)[:_LONGEST], st.one_of(_opening, _closing, _broken), _TIMES)
_markup = st.one_of(_opening, _closing, _opening, _closing, _broken, _lines, _lines, _words, _deep, _characters)
_start = st.sampled_from(["", "<html>", "<!DOCTYPE html><html><body>", "<p>", "<div><table><tr><td>"])
HTML = st.builds(str.__add__, _start, st.lists(_markup, max_size=40).map("".join))


def _encoded(name: str, text: str) -> bytes:
    return ENCODERS[name](text.encode("utf-8", "ignore").decode())[1]


_valid = st.builds(_encoded, st.sampled_from([*ENCODERS]), st.one_of(PAGES, TEXTS, HTML))


def _mutated(data: bytes, place: float, size: int, instead: bytes) -> bytes:
    start = int(place * len(data))
    return data[:start] + instead + data[start + size :]


_damaged = st.builds(_mutated, _valid, st.floats(0, 1), st.integers(0, 40), st.binary(max_size=20))
_cut = st.builds(lambda data, place: data[: int(place * len(data))], _valid, st.floats(0, 1))
_long = st.builds(lambda piece, times: (piece * times)[:_LONGEST], st.binary(min_size=1, max_size=8), _TIMES)
BYTES = st.one_of(_valid, _damaged, _cut, st.builds(bytes.__add__, _valid, _valid), st.binary(max_size=400), _long)
