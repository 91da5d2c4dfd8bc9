"""What residents type and the keys it is compared by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.core.syllables import bare, canonical, decode, fold, is_syllable, segment
from bot.core.teencode import NAMES, PERHAPS, PROTECTED, TEENCODE
from bot.core.vietnamese import Reading, clean, mask, readings, strip_marks

from .typing import late_telex, late_vni, telex, vni

DIRECTIVES = Path(__file__).parents[2] / "data" / "directives"
LEAST_WORDS = 300


def _corpus() -> list[str]:
    """The syllables of the directives' own text, each once."""
    texts = [path.read_text(encoding="utf-8").split("---", 2)[-1] for path in sorted(DIRECTIVES.glob("*.md"))]
    words = {word.lower() for text in texts for word in re.findall(r"[^\W\d_]+", clean(text))}
    return sorted(word for word in words if is_syllable(bare(word)) and word not in TEENCODE)


WORDS = _corpus()
# What the table of abbreviations or of foreign words claims for itself is not read as Telex: tã as tax, tét as test.
SAFE_TYPED = [word for word in WORDS if telex(word) not in TEENCODE and telex(word) not in PROTECTED]
word = st.sampled_from(WORDS)
phrase = st.lists(word, min_size=1, max_size=12).map(" ".join)
typed_phrase = st.lists(st.sampled_from(SAFE_TYPED), min_size=1, max_size=12)


def first(text: str) -> Reading:
    return readings(text)[0]


def accented(text: str) -> str:
    return " ".join(first(text).accented)


def test_the_corpus_is_there() -> None:
    assert len(WORDS) > LEAST_WORDS
    assert len(SAFE_TYPED) > LEAST_WORDS
    assert len(TEENCODE) > 150


# --- clean, strip_marks


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("  Khẩu \t trang\r\nvải\u00a0", "Khẩu trang vải"),
        ("Kho\u0302ng", "Không"),
        ("Kh\u200bẩu\u00ad tr\ufeffang", "Khẩu trang"),
        ("Ｋhẩu　trang ５Ｋ", "Khẩu trang 5K"),
        ("khẩu trаng cо", "khẩu trang co"),  # Cyrillic а and о
        ("đƣợc ƢỚC", "được ƯỚC"),
        ("Ðiện Ɖiện", "Điện Điện"),
        ("𝐊𝐡ẩ𝐮 𝐭𝐫𝐚𝐧𝐠", "Khẩu trang"),
        ("5\ufe0f\u20e3K", "5\u20e3K"),
        ("hoà 😷!", "hoà 😷!"),
        ("a\u0000b\u2028c", "ab c"),
    ],
)
def test_clean(typed: str, expected: str) -> None:
    assert clean(typed) == expected


@given(st.text())
@example("𝚬Һ⁻ᶞ")
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert strip_marks(strip_marks(text)) == strip_marks(text)


def test_strip_marks_gives_plain_lower_case() -> None:
    assert strip_marks("Đeo KHẨU trang, ở đâu?") == "deo khau trang, o dau?"


# --- single words


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("hoà", "hòa"),
        ("thuỷ", "thủy"),
        ("uỷ", "ủy"),
        ("baỏ", "bảo"),
        ("lựơng", "lượng"),
        ("nghịêm", "nghiệm"),
        ("qúy", "quý"),
        ("quí", "quí"),
        ("gìa", "già"),
        ("khuỷu", "khuỷu"),
        ("toán", "toán"),
        ("đươc", "duoc"),  # a stop without its tone: these marks prove nothing
        ("hôa", "hoa"),
    ],
)
def test_tones_stand_where_they_belong(typed: str, expected: str) -> None:
    assert accented(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "uowcs",
        "uwowcs",
        "uocws",
        "uocsw",
        "uowsc",
        "uoswc",
        "uoscw",
        "uwosc",
        "uwocs",
        "usowc",
        "usocw",
        "uswoc",
        "uwsoc",
    ],
)
def test_the_keys_of_uoc_may_come_in_any_order(typed: str) -> None:
    assert decode(typed) == "ước"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("khoong ddeo khaaur trang", "không đeo khẩu trang"),
        ("KHOONG DDEO KHAAUR", "không đeo khẩu"),
        ("kho6ng d9eo kha63u trang", "không đeo khẩu trang"),
        ("tieengs tieesng tiengse", "tiếng tiếng tiếng"),
        ("nhwng tw chwa", "nhưng tư chưa"),
        ("gif giuwx quoocs quys", "gì giữ quốc quý"),
        ("dduowcj dduocwj duocwjd d9uoc75", "được được được được"),
        ("dduocj d9uoc5 chuwc dduwowc chu7c", "duoc duoc chuc duoc chuc"),  # keys forgotten
        ("ip6 bit8 now data", "ip6 bit8 nơ data"),
        ("ngoeof xoawn thuowr", "ngoèo xoăn thuở"),
        ("o73 a2 y1", "ở à ý"),
        ("sddt ddc", "số điện thoại được"),
        ("trang toan hoa deo", "trang toan hoa deo"),  # already syllables
    ],
)
def test_raw_telex_and_vni(typed: str, expected: str) -> None:
    assert accented(typed) == expected


@pytest.mark.parametrize("typed", sorted(PROTECTED - set(TEENCODE)))
def test_foreign_words_stay(typed: str) -> None:
    assert first(typed).toneless == (bare(typed),)


@pytest.mark.parametrize(("typed", "meant"), sorted(TEENCODE.items()), ids=sorted(TEENCODE))
def test_an_abbreviation_gives_all_its_readings(typed: str, meant: tuple[tuple[str, ...], ...]) -> None:
    given_back = {"k": ("không",)}.get(typed, meant[0])
    assert first(typed).accented == given_back
    assert {reading.accented for reading in readings(typed)} == set(meant)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Ko đeo ktrang bị phạt bn tiền", "không đeo khẩu trang bị phạt bao nhiêu tiền"),
        ("k dc ra ngoai ak", "không được ra ngoai à"),
        ("fòng fong fat fai", "phòng phòng phạt phải"),
        ("wen wá zậy", "quen quá vậy"),
        ("kon kua kũng", "con cua cũng"),
        ("trog cũg thíck khôg", "trong cũng thích không"),
        ("khônggggg điiii rồiiii", "không đi rồi"),
        ("đc koooo", "được không"),
        ("a e c m t", "a e c m t"),
        ("ubnd xã", "ubnd xã"),
        ("nhiuf hoong", "nhiều không"),  # teencode typed in Telex
        ("bit mat", "bit mat"),  # bịt, or biết in the second reading
        ("đau hong", "đau hong"),  # họng, or không in the second reading
    ],
)
def test_teencode(typed: str, expected: str) -> None:
    assert accented(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("khongdeokhautrang", "khong deo khau trang"),
        ("khôngđeokhẩutrang", "không đeo khẩu trang"),
        ("khaibaoyte", "khai bao y te"),
        ("hochiminh", "hồ chí minh"),
        ("tienganh", "tieng anh"),
        ("cachly", "cach ly"),
        ("banana", "banana"),
        ("restaurant", "restaurant"),
    ],
)
def test_lost_spaces(typed: str, expected: str) -> None:
    assert accented(typed) == expected


def test_segmenting_what_is_no_run_of_syllables_gives_nothing() -> None:
    assert segment("xyzxyz") == ()


# --- letters K, names, numbers


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("5K", "5k"),
        ("5 k là gì", "5k là gì"),
        ("5️⃣K", "5k"),
        ("k thu 3 la gi", "k thu 3 la gi"),
        ("chữ k nào", "chữ k nào"),
        ("phạt 200 k à", "phạt 200k à"),
        ("covid 19 k", "covid 19 không"),
        ("đeo k", "đeo không"),
    ],
)
def test_the_letter_k(typed: str, expected: str) -> None:
    assert accented(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("bờ lu zôn", "bluezone"),
        ("bo lu don", "bluezone"),
        ("blu zôn", "bluezone"),
        ("Bluzone buezone bluzon", "bluezone bluezone bluezone"),
        ("blue zone", "bluezone"),
        ("cô vít", "covid"),
        ("co vit", "covid"),
        ("có vịt", "có vịt"),
        ("covit cô vy cô rô na corona", "covid covid covid covid"),
        ("Covid-19 covid19", "covid 19 covid 19"),
        ("nờ cô vi", "ncovi"),
        ("f 0 F1", "f0 f1"),
        ("vắc xin vacxin", "vaccine vaccine"),
    ],
)
def test_names_as_they_are_heard(typed: str, expected: str) -> None:
    assert accented(typed) == expected


@pytest.mark.parametrize(("typed", "meant"), [("năm ca", "5k"), ("năm k", "5k"), ("5 ca", "5k"), ("ép không", "f0")])
def test_names_that_also_mean_themselves_are_a_second_reading(typed: str, meant: str) -> None:
    found = [reading.accented for reading in readings(typed)]
    assert (meant,) in found[1:]
    assert found[0] != (meant,)


@pytest.mark.parametrize(
    "typed",
    [
        "05/CT-TTg",
        "58-CV/TU",
        "117/2020/NĐ-CP",
        "9816-CV/BTGTW",
        "16/2021/QH15",
        "12/TU",
        "08/12/2020",
        "30/4",
        "1-3",
        "3.000.000",
        "37,5",
        "0912345678",
        "0912.345.678",
        "+84912345678",
        "1900",
        "F0",
        "F1",
        "5K",
        "7h30",
        "3tr5",
        "n95",
        "BN1883",
    ],
)
def test_numbers_stay_as_they_are(typed: str) -> None:
    found = readings(f"({typed}), nhé")
    assert [reading.accented[0] for reading in found] == [typed.lower()]
    assert found[0].toneless == (bare(typed), "nhe")


@pytest.mark.parametrize(("typed", "tokens"), [("500k/người", 2), ("2/9,30/4", 2), ("1-khai báo", 3), ("và/hoặc", 2)])
def test_a_stroke_or_dash_between_words_parts_them(typed: str, tokens: int) -> None:
    assert len(first(typed).toneless) == tokens


def test_emoji_are_no_words() -> None:
    assert readings("😷🙏 ?!") == (Reading((), (), ()),)
    assert accented("đeo😷khẩu trang") == "đeo khẩu trang"


def test_the_folded_key_writes_regional_sounds_alike() -> None:
    for here, there in [("nàm", "làm"), ("lào", "nào"), ("xổ", "sổ"), ("trợ", "chợ"), ("rì", "gì"), ("kỹ", "kĩ")]:
        assert first(here).folded == first(there).folded
    assert first("tay").folded != first("tai").folded
    assert fold("bluezone") == "bluezone"


def test_every_name_is_found() -> None:
    for words, meant in {**NAMES, **PERHAPS}.items():
        assert (meant,) in [reading.accented for reading in readings(" ".join(words))], words


# --- properties


@given(phrase)
def test_diacritics_do_not_change_the_toneless_key(text: str) -> None:
    plain = strip_marks(text)
    assume(not any(token in TEENCODE or token in PROTECTED for token in plain.split()))
    assume(not _has_name(plain))
    assert first(plain).toneless == first(text).toneless


def _has_name(plain: str) -> bool:
    return any(bare(" ".join(words)) in plain for words in [*NAMES, *PERHAPS])


@given(st.text())
def test_decomposed_text_reads_the_same(text: str) -> None:
    assert readings(unicodedata.normalize("NFD", text)) == readings(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize("way", [telex, vni, late_telex, late_vni])
def test_every_word_reads_the_same_typed_raw(way: Callable[[str], str]) -> None:
    wrong = {word: way(word) for word in SAFE_TYPED if (decode(way(word)) or canonical(way(word))) != canonical(word)}
    assert wrong == {}


@given(typed_phrase)
def test_raw_typing_reads_the_same(words: list[str]) -> None:
    expected = first(" ".join(words))
    assert first(" ".join(map(telex, words))) == expected
    assert first(" ".join(map(vni, words))) == expected
    assert first(" ".join(map(telex, words)).upper()) == expected


@given(phrase)
def test_reading_a_reading_changes_nothing(text: str) -> None:
    once = first(text)
    assert first(" ".join(once.accented)).accented == once.accented


@given(st.text())
def test_any_text_can_be_read_and_masked(text: str) -> None:
    found = readings(text)
    assert 1 <= len(found) <= 4
    for reading in found:
        assert len(reading.accented) == len(reading.toneless) == len(reading.folded)
        assert all(reading.accented) and all(reading.toneless) and all(reading.folded)  # noqa: PT018
        assert bool(reading.toneless) == any(char.isalnum() for char in clean(text))
    assert mask(mask(text)) == mask(text)


@given(st.text(alphabet="0123456789+-/., kKdđaAo\u0301\u200b", max_size=60))
def test_numbers_in_any_shape_can_be_read_and_masked(text: str) -> None:
    assert readings(text)
    assert mask(mask(text)) == mask(text)


@pytest.mark.parametrize("text", ["khongdeo" * 1250, "1/a/" * 2500, "bn dc " * 1700, "năm " * 2500, "1" * 10_000])
def test_very_long_texts_are_read(text: str) -> None:
    assert first(text).toneless
    assert mask(text)


# --- mask

PHONE, PAPER, CARD = "[số điện thoại]", "[số giấy tờ]", "[số thẻ]"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("gọi 0912345678 nhé", f"gọi {PHONE} nhé"),
        ("+84 912 345 678", PHONE),
        ("84912345678", PHONE),
        ("0084912345678", PHONE),
        ("0213.3876.543", PHONE),
        ("02133876543", PHONE),
        ("0912–345–678", PHONE),
        ("091/234/5678", PHONE),
        ("09123 45678", PHONE),
        ("O912345678", PHONE),
        ("sđt:0912345678zalo", f"sđt:{PHONE}zalo"),
        ("０９１２３４５６７８", PHONE),
        ("٠٩١٢٣٤٥٦٧٨", PHONE),
        ("0️⃣9️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣", PHONE),
        ("0912\u200b345\u200b678", PHONE),
        ("0912345678/0987654321", f"{PHONE}/{PHONE}"),
        ("0912 345 678 0987 654 321", f"{PHONE} {PHONE}"),
        ("không chín một hai ba bốn năm sáu bảy tám nhé", f"{PHONE} nhé"),
        ("ngày 08/12/2020 0912345678", f"ngày 08/12/2020 {PHONE}"),
        ("115 0912345678", f"115 {PHONE}"),
        ("cmnd 123456789 đồng thời", f"cmnd {PAPER} đồng thời"),
        ("CCCD 012345678901", f"CCCD {PAPER}"),
        ("012 345 678 901", PAPER),
        ("hộ chiếu B1234567", f"hộ chiếu {PAPER}"),
        ("4111 1111 1111 1111", CARD),
        ("4111-1111-1111-1111", CARD),
        ("4111.1111.1111.1111", CARD),
        ("9704366612345678901", CARD),
        ("stk 1900 3901 2345 67", f"stk {CARD}"),
    ],
)
def test_numbers_of_people_are_masked(typed: str, expected: str) -> None:
    assert mask(typed) == expected
    assert clean(mask(unicodedata.normalize("NFD", typed))) == clean(expected)


@pytest.mark.parametrize(
    "text",
    [
        "ngày 08/12/2020, 8.12.2020 và 30/4",
        "từ 08-12-20 đến 09-12-20",
        "05/CT-TTg, 58-CV/TU, 117/2020/NĐ-CP ngày 28/9/2020",
        "1699/CĐ-TTg, 9816-CV/BTGTW, 16/2021/QH15",
        "gọi 113, 115 hay 1022",
        "113 115 1022",
        "phạt 3.000.000 đồng",
        "từ 1.000.000 - 3.000.000 đồng",
        "1 000 000 - 3 000 000 đồng",
        "100000000đ",
        "123.456.789 đồng",
        "1-3 triệu",
        "1900 9095",
        "19009095 hoặc 1900 3228",
        "7h30-11h30, 5K, F0",
        "không không một ba",
        "giai đoạn 2016-2020",
    ],
)
def test_public_numbers_stay(text: str) -> None:
    assert mask(text) == text


@given(st.integers(min_value=100_000_000, max_value=999_999_999), st.sampled_from(["", " ", ".", "-", "  ", " - "]))
def test_no_digit_of_a_phone_is_left(number: int, gap: str) -> None:
    digits = f"0{number}"
    spaced = gap.join([digits[:4], digits[4:7], digits[7:]])
    for typed in (spaced, f"số của em là {spaced}.", f"{spaced} ạ", gap.join(digits)):
        assert not any(char.isdigit() for char in mask(typed)), typed
