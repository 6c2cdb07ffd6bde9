import json
import lzma
import pickle
import random
import sqlite3
import sys
import time
import unicodedata
import zlib
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.text.encoders import DOUBLED, ENCODERS, LEGACY, as_windows_1252
from vnclf.errors import InputError
from vnclf.text.decode import Decoded, DecodeError, decode

PARAGRAPHS = [
    "Sáng nay, mưa lớn kéo dài khiến nhiều tuyến đường ở quận Thủ Đức ngập sâu. Người dân phải dắt xe máy qua những "
    "đoạn nước chảy xiết, trong khi lực lượng chức năng đặt biển cảnh báo ở hai đầu cầu.",
    "Hội người Việt tại Praha vừa mở thêm hai lớp tiếng Việt cho trẻ em. “Các cháu nghe được, nói được, nhưng chưa "
    "đọc được chữ quốc ngữ”, cô giáo phụ trách lớp cho biết; mỗi tuần các em học một buổi vào chiều thứ bảy.",
    "THÔNG BÁO TUYỂN DỤNG\nCông ty chúng tôi cần tuyển 12 kỹ sư cơ khí, tuổi từ 22 đến 35, có kinh nghiệm vận hành "
    "máy tiện. Hồ sơ nộp trước ngày 30/9 tại phòng Hành chính, lầu 3, hoặc gửi qua bưu điện.",
    "Đội chủ nhà dẫn trước từ phút thứ bảy sau một quả phạt góc, song để đối phương gỡ hòa ngay trước giờ nghỉ. Sang "
    "hiệp hai, huấn luyện viên thay cùng lúc ba cầu thủ và chuyển sang sơ đồ phòng ngự phản công.",
    "Bác sĩ khuyên người bệnh tiểu đường nên kiểm tra bàn chân mỗi tối, giữ da khô thoáng và chớ đi chân đất. Một vết "
    "xước nhỏ cũng có thể nhiễm trùng nếu chẳng được rửa sạch, băng kỹ và theo dõi vài ngày liền.",
    "Giá cà phê ở Tây Nguyên giảm còn 41.500 đồng một ký, thấp nhất kể từ đầu vụ. Nhiều hộ trồng xen hồ tiêu, sầu "
    "riêng để bù lại; số khác giữ hạt trong kho, chờ thị trường khẳng định xu hướng mới.",
    "Bà ngoại tôi kể rằng ngày xưa đi chợ phải dậy từ gà gáy, gánh hai thúng rau lội qua con rạch. Nay cầu bê tông đã "
    "bắc, xe tải nhỏ vào tận ngõ, vậy mà bà vẫn nhớ tiếng mái chèo khua trong sương sớm.",
    "Hai ngoại trưởng đã ký bản ghi nhớ về hợp tác y tế, theo đó mỗi năm ba mươi điều dưỡng sẽ sang thực tập. Phía bạn "
    "cũng cam kết hỗ trợ thiết bị chẩn đoán hình ảnh cho bệnh viện tuyến tỉnh ở vùng biên giới.",
    "Nhạc sĩ vừa phát hành đĩa đơn thứ tư, phối lại điệu lý quen thuộc của miền Tây trên nền đàn bầu và trống điện "
    "tử. Khán giả trẻ khen giai điệu lạ tai, người lớn tuổi thì bảo nghe vẫn ra hồn quê cũ.",
    "Nhóm nghiên cứu dùng ảnh vệ tinh để đo tốc độ sạt lở của bờ biển Cà Mau. Kết quả cho thấy có nơi mất hơn bốn "
    "chục mét rừng ngập mặn chỉ trong một mùa gió chướng, nhanh gấp rưỡi con số ước tính trước đây.",
    "Tòa tuyên phạt bị cáo bảy năm tù về tội lừa đảo chiếm đoạt tài sản. Theo cáo trạng, người này lập sàn giao dịch "
    "ảo, hứa trả lãi mười phần trăm một tháng rồi bỏ trốn khi nạn nhân đòi rút tiền.",
    "Món này dễ nấu: ướp thịt với nước mắm, tiêu, hành tím băm; bắc chảo nóng, đảo nhanh tay đến khi xém cạnh. Thêm "
    "chút nước dừa, vặn nhỏ lửa, đậy nắp chừng mười lăm phút là dùng được với cơm trắng.",
    "Thị xã vừa trồng hàng cây bằng lăng dọc con lộ mới. Bọn trẻ đạp xe đi học, đứa nào cũng hỏi: “Mấy cây lụi khụi "
    "vậy, bao giờ mới trổ bông?”. Ông Kỵ, người giữ vườn ươm, cười: “Chẳng lâu đâu, hai mùa nắng nữa thôi!”.",
]
ARTICLE = "\n\n".join(PARAGRAPHS)
ALPHABET = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"

FRENCH = (
    "Le premier ministre a été reçu à l'Élysée, où il a présenté le projet de loi sur l'énergie. Les députés étaient "
    "déçus par le résultat du vote, mais ils espèrent un compromis avant l'été."
)
WESTERN = {
    "english": "The café’s owner said “we’ll be back” – and so they were, with a brand new menu in the spring.",
    "plain": "Don’t panic",
    "french": FRENCH,
    "german": "Die Bundesregierung hat am Mittwoch beschlossen, die Förderung für größere Elektroautos zu kürzen.",
    "spanish": "El gobierno español anunció que el próximo año aumentará el presupuesto de la educación en el país.",
    "portuguese": "O presidente não quis comentar a decisão da comissão, mas disse que há uma solução para o país.",
    "italian": "Il sindaco ha detto che la città non può pagare i lavori della metropolitana, perché è già in debito.",
}
OTHERS = {
    "cp1250": "Vláda včera schválila návrh zákona o dani z příjmů. Ministři se dohodli, že změny začnou platit.",
    "cp1251": "Президент сказал, что работа над законом продолжается и что новые правила вступят в силу весной.",
    "koi8-r": "Президент сказал, что работа над законом продолжается и что новые правила вступят в силу весной.",
    "cp1254": "Başbakan dün akşam yaptığı açıklamada, yeni yasanın önümüzdeki yıl yürürlüğe gireceğini söyledi.",
    "shift-jis": "首相は昨日の記者会見で、来年度の予算案について説明した。新しい制度は四月から始まる。",
    "gbk": "总理昨天在记者会上介绍了明年的预算草案。新的制度将从四月份开始实行。",
    "tis-620": "นายกรัฐมนตรีแถลงข่าวเมื่อวานนี้เกี่ยวกับงบประมาณปีหน้า",
}


def same(encoding: str, text: str, expected: str) -> bool:
    if encoding.startswith("tcvn3"):  # has no upper-case letters with tones
        return text.lower() == expected.lower()
    return text == expected


def outcome(data: bytes) -> Decoded | DecodeError:
    try:
        return decode(data)
    except DecodeError as error:
        return error


def refusal(data: bytes) -> DecodeError:
    with pytest.raises(DecodeError) as caught:
        decode(data)
    return caught.value


@pytest.mark.parametrize("text", [*PARAGRAPHS, ARTICLE], ids=lambda text: text[:12])
@pytest.mark.parametrize("name", ENCODERS)
def test_a_text_comes_back_from_every_encoding(name: str, text: str) -> None:
    kept, data = ENCODERS[name](text)
    decoded = decode(data)
    assert same(name, decoded.text, kept)
    assert name.startswith(decoded.encoding)
    assert decoded.confidence > 0.99


@pytest.mark.parametrize("name", LEGACY)
def test_every_letter_has_its_place(name: str) -> None:
    letters = f"{ALPHABET} {ALPHABET.upper()}"
    kept, data = LEGACY[name](f"{ARTICLE}\n{letters}")
    assert kept.endswith(letters)
    assert same(name, decode(data).text, kept)


@pytest.mark.parametrize("name", LEGACY)
def test_an_old_encoding_within_utf_8_is_found(name: str) -> None:
    kept, data = LEGACY[name](ARTICLE)
    decoded = decode(as_windows_1252(data).encode())
    assert same(name, decoded.text, kept)
    assert decoded.encoding == f"{name} in utf-8"


@pytest.mark.parametrize("name", LEGACY)
def test_short_texts_are_right_or_refused(name: str) -> None:
    for words in range(1, 12):
        for paragraph in PARAGRAPHS:
            kept, data = LEGACY[name](" ".join(paragraph.split()[:words]))
            decoded = outcome(data)
            assert isinstance(decoded, DecodeError) or same(name, decoded.text, kept)


def test_utf_8_stays_as_it_is() -> None:
    texts = ["", "a", "Hà Nội", "Hà Nam", unicodedata.normalize("NFD", ARTICLE), *WESTERN.values(), *OTHERS.values()]
    assert [decode(text.encode()) for text in texts] == [Decoded(text, "utf-8", 1.0) for text in texts]


def test_a_lone_pair_is_not_taken_for_double_encoding() -> None:
    texts = ["VISITEZ LE CAFÉ»", "Đường vào xã…", "ĐƯỜNG VÀO XÃ…", "đi mãi… mãi”", "3 Ã…"[:2]]
    assert [decode(text.encode()).text for text in texts] == texts
    assert decode(b"caf\xc3\x83\xc2\xa9") == Decoded("café", "double utf-8", 0.95)


@pytest.mark.parametrize("language", WESTERN)
def test_western_text_in_a_code_page(language: str) -> None:
    text = WESTERN[language]
    assert decode(text.encode("cp1252")) == Decoded(text, "windows-1252", 0.95)


@pytest.mark.parametrize("codec", OTHERS)
def test_other_languages_in_their_code_pages_are_refused(codec: str) -> None:
    data = OTHERS[codec].encode(codec)
    assert data[refusal(data).place] >= 0x80


def test_controls_of_viscii_are_letters() -> None:
    kept, data = LEGACY["viscii"](f"{ARTICLE}\nTHẲM, NGẪM, KỸ, KỶ, KỴ, SẴN")
    assert {0x02, 0x05, 0x06, 0x14, 0x19, 0x1E} <= set(data)
    assert decode(data).text == kept


def test_binary_files_are_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a.db") as base:
        base.execute("create table documents (text)")
    base.close()
    png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x00\x00\x01\x00\x08\x06\x00\x00\x00"
    files = {
        0: [png, zlib.compress(ARTICLE.encode()) * 3, b"\x7fELF\x02\x01\x01" + bytes(9), b"\x1f\x8b\x08\x08name"],
        2: [b"PK\x03\x04\x14\x00\x00\x00\x08\x00documents.txt"],
        15: [(tmp_path / "a.db").read_bytes()],
    }
    for place, contents in files.items():
        for content in contents:
            refused = refusal(content)
            assert refused.place in {place, 1}  # zlib's second byte is its first bad one
            assert "binary" in str(refused)
    assert "binary" in str(refusal(Path(sys.executable).read_bytes()[: 1 << 20]))


def test_random_bytes_are_refused() -> None:
    dice = random.Random(0)
    for size in (16, 64, 256, 4096, 1 << 17):
        for _ in range(20):
            refusal(dice.randbytes(size))
            refusal(bytes(dice.choices(range(0x20, 0x100), k=size)))


def test_the_first_bad_place_is_named() -> None:
    good = "Hà Nội mưa ".encode()
    refused = refusal(good + b"\xff" + ARTICLE.encode())
    assert isinstance(refused, InputError)
    assert isinstance(refused, ValueError)
    assert refused.place == pickle.loads(pickle.dumps(refused)).place == len(good)
    assert f"byte 0xff at offset {len(good)} " in str(refused)
    assert refusal(ARTICLE.encode()[:-1] + b"\xe1\xba").place == len(ARTICLE.encode()) - 1
    assert refusal(ARTICLE.encode("utf-16") + b"a").place == 2 * len(ARTICLE) + 2
    assert refusal(b"\xff\xfea\x00\x00\x00b\x00").place == 4


def test_damaged_text_is_refused() -> None:
    lossy = ARTICLE.encode().decode("cp1252", "ignore").encode()
    lost = LEGACY["tcvn3"](ARTICLE)[1].decode("utf-8", "replace").encode()
    partly = (ARTICLE + ARTICLE.encode().decode("latin-1")).encode()
    for data, place in ((lossy, 1), (lost, 1), (partly, len(ARTICLE.encode()) + 1)):
        refused = refusal(data)
        assert "damaged" in str(refused)
        assert place <= refused.place <= place + 40
    for scarred in (ARTICLE.replace("Giá cà phê", "Giá c\ufffd phê"), "\x08Vòng loại"):
        assert decode(scarred.encode()).text == scarred


@pytest.mark.parametrize("first", LEGACY)
@pytest.mark.parametrize("second", LEGACY)
def test_a_mixture_is_refused(first: str, second: str) -> None:
    head, tail = LEGACY[first](ARTICLE)[1], LEGACY[second](ARTICLE)[1]
    if first == second:
        assert decode(head + b"\n" + tail).encoding == first
    else:
        assert refusal(head + b"\n" + tail).place > len(head) - 200
    assert refusal(ARTICLE.encode() + b"\n" + tail).place >= len(ARTICLE.encode())


@given(
    st.binary(max_size=200)
    | st.text().map(str.encode)
    | st.text().map(lambda text: text.encode("utf-16-le", "replace"))
)
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    decoded = outcome(data)
    if isinstance(decoded, DecodeError):
        assert f"byte 0x{data[decoded.place]:02x} at offset {decoded.place} " in str(decoded)
    else:
        assert 0.0 <= decoded.confidence <= 1.0
        assert "\0" not in decoded.text


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])), st.sampled_from([*DOUBLED]))
def test_any_text_survives_double_encoding(text: str, name: str) -> None:
    decoded = decode(DOUBLED[name](ARTICLE + text)[1])
    assert decoded.text == ARTICLE + text


@pytest.mark.parametrize("name", ["utf-8", "tcvn3", "vni", "double utf-8 by latin-1"])
def test_time_is_linear(name: str) -> None:
    data = ENCODERS[name](ARTICLE + "\n")[1]

    def seconds(copies: int) -> float:
        start = time.perf_counter()
        decode(data * copies)
        return time.perf_counter() - start

    # Sixteen times the length; were it quadratic, it would be 256 times the time.
    assert min(seconds(1600) for _ in range(2)) < 80 * max(seconds(100), 0.002)


@pytest.mark.parametrize(
    "data", [b"\xe9", b"\xe9\xe8 ", b"\xc3\xa9", b"\xc2\x80", b"a\0", b"\0", b"\xdf\xbda", b"\x93"]
)
def test_monotonous_data_takes_little_time(data: bytes) -> None:
    start = time.perf_counter()
    outcome(data * (1 << 20))
    assert time.perf_counter() - start < 10


@pytest.mark.corpora
@pytest.mark.parametrize("name", ENCODERS)
def test_2000_articles_come_back(name: str, corpora: Path) -> None:
    texts = _texts(corpora / "vntc10" / "train.jsonl.xz")
    refused = 0
    for text in random.Random(5).sample(texts, 2000):
        kept, data = ENCODERS[name](text)
        decoded = outcome(data)
        if isinstance(decoded, DecodeError):
            refused += 1
        else:
            assert same(name, decoded.text, kept)
    assert refused <= 10


@cache
def _texts(path: Path) -> list[str]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]
