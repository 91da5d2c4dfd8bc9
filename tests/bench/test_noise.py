from __future__ import annotations

import random
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.noise import MAKERS, NEIGHBOURS, made, noisy, strip, teencode, telex, typos, vni

TEXTS = (
    "Nhà cháu ở bản xa, muốn xuống chợ huyện mua gạo thì có phải xin giấy không?",
    "Xe khách từ thành phố về tỉnh mình còn chạy không vậy chị",
    "Hôm nay trường học mở cửa lúc mấy giờ, ai được vào",
    "ĐƯỜNG LÊN ĐỈNH ĐÈO BỊ CHẶN RỒI À",
    "Người già trong nhà bị ho ba ngày nay, gọi số điện thoại nào",
    "Bao nhiêu người thì được tổ chức giỗ, hai mươi hay 30 người",
)
WORDS = ("khẩu", "người", "được", "nghiêng", "quyết", "Đường", "ước", "mượn", "giặt", "yếu", "oằn", "khuỷu", "ăn", "xa")
SEEDS = range(40)

TELEX_TONES = dict(zip("sfrxj", "\u0301\u0300\u0309\u0303\u0323", strict=True))
VNI_TONES = dict(zip("12345", "\u0301\u0300\u0309\u0303\u0323", strict=True))
VNI_SHAPES = {"6": ("aeo", "\u0302"), "7": ("ou", "\u031b"), "8": ("a", "\u0306")}


def parts_of(word: str) -> tuple[str, str]:
    """A word without its tone, in lower case, and that tone."""
    letters = unicodedata.normalize("NFD", word.lower())
    tone = "".join(char for char in letters if char in TELEX_TONES.values())
    return unicodedata.normalize("NFC", "".join(char for char in letters if char not in tone)), tone


def shaped(letters: str, able: str, mark: str) -> str:
    """What an input method makes of a vowel key: the last vowel that can bear the mark, or both of uo, gets it."""
    if mark == "\u031b" and "uo" in letters:
        return letters.replace("uo", "ươ")
    at = max((letters.rfind(vowel) for vowel in able), default=-1)
    return letters[:at] + unicodedata.normalize("NFC", letters[at] + mark) + letters[at + 1 :]


def telex_keyboard(keys: str) -> tuple[str, str]:
    """The word that a keyboard with Telex would have written."""
    letters, tone = "", ""
    for at, key in enumerate(keys.lower()):
        if at and key in TELEX_TONES:
            tone = TELEX_TONES[key]
        elif key == "w":
            horned = "oa" not in letters and set("uo") & set(letters)
            letters = shaped(letters, "ou", "\u031b") if horned else shaped(letters, "a", "\u0306")
        elif key == "d" and letters == "d":
            letters = "đ"
        elif key in "aeo" and key in letters:
            letters = shaped(letters, key, "\u0302")
        else:
            letters += key
    return letters, tone


def vni_keyboard(keys: str) -> tuple[str, str]:
    """The word that a keyboard with VNI would have written."""
    letters, tone = "", ""
    for key in keys.lower():
        if key in VNI_TONES:
            tone = VNI_TONES[key]
        elif key in VNI_SHAPES:
            letters = shaped(letters, *VNI_SHAPES[key])
        elif key == "9":
            letters = letters.replace("d", "đ")
        else:
            letters += key
    return letters, tone


@pytest.mark.parametrize("word", WORDS)
def test_a_telex_keyboard_reads_the_keys_back(word: str) -> None:
    for seed in SEEDS:
        keys = telex(word, random.Random(seed))
        assert telex_keyboard(keys) == parts_of(word), keys
        assert keys.isascii()


@pytest.mark.parametrize("word", WORDS)
def test_a_vni_keyboard_reads_the_keys_back(word: str) -> None:
    for seed in SEEDS:
        keys = vni(word, random.Random(seed))
        assert vni_keyboard(keys) == parts_of(word), keys
        assert keys.isascii()


def test_marks_are_typed_at_once_or_at_the_end() -> None:
    assert {telex("khẩu", random.Random(seed)) for seed in SEEDS} == {"khaaru", "khaaur", "khauar"}
    assert {vni("được", random.Random(seed)) for seed in SEEDS} == {"d9u7o75c", "d9u7o7c5", "d9uoc75"}


def test_capitals_keep_their_keys() -> None:
    assert telex("ĐÈO", random.Random(1)) in {"DDEFO", "DDEOF"}
    assert telex("Đèo", random.Random(1)) in {"Ddefo", "Ddeof"}
    assert strip("ĐÈO Ải", random.Random(1)) == "DEO Ai"


def test_what_has_no_marks_of_vietnamese_needs_no_keys() -> None:
    for text in ("test nhanh 5K, 30/4", "piñata"):
        assert made("telex", [text], "1") == made("vni", [text], "1") == [text]


@pytest.mark.parametrize("name", MAKERS)
def test_most_texts_are_changed_and_the_same_way_every_time(name: str) -> None:
    assert made(name, TEXTS, "7") == made(name, TEXTS, "7")
    changed = [text for text, noise in zip(TEXTS, made(name, TEXTS, "7"), strict=True) if text != noise]
    assert len(changed) >= len(TEXTS) - 1
    assert name == "strip" or made(name, TEXTS, "7") != made(name, TEXTS, "8")


@pytest.mark.parametrize("name", MAKERS)
def test_a_text_is_typed_alike_wherever_it_stands(name: str) -> None:
    assert made(name, TEXTS[::-1], "3") == made(name, TEXTS, "3")[::-1]
    assert noisy(MAKERS[name], TEXTS[0], f"3 {name}") == made(name, TEXTS, "3")[0]


@given(st.text(alphabet="aáàảãạăắâấbcdđeêệghiklmnoôộơợpqrstuưựvxyý ĐẦ,.?059", max_size=60), st.integers())
def test_stripping_leaves_plain_letters_and_everything_else(text: str, seed: int) -> None:
    plain = strip(text, random.Random(seed))
    assert len(plain) == len(text)
    assert plain.isascii()
    assert strip(plain, random.Random(seed)) == plain
    assert all(was == now for was, now in zip(text, plain, strict=True) if was.isascii())


@given(st.sampled_from(TEXTS), st.integers())
def test_keys_change_words_with_marks_only(text: str, seed: int) -> None:
    for maker in (telex, vni):
        typed = maker(text, random.Random(seed)).split()
        for was, now in zip(text.split(), typed, strict=True):
            assert now == was if was.isascii() else now != was


@given(st.sampled_from(TEXTS), st.integers())
def test_a_slip_is_small_and_spares_numbers_and_short_words(text: str, seed: int) -> None:
    slipped = typos(text, random.Random(seed))
    assert slipped != text or not re.search(r"\w{3}", text)
    assert re.findall(r"\d+", slipped) == re.findall(r"\d+", text)
    assert abs(len(slipped) - len(text)) <= len(text.split())
    short = [word for word in text.split() if len(word) < 3]
    assert all(word in slipped for word in short)


def test_neighbours_are_what_a_finger_can_reach() -> None:
    assert set(NEIGHBOURS["a"]) == set("qwsz")
    assert set(NEIGHBOURS["h"]) == set("yugjbn")
    assert all(key in NEIGHBOURS[other] for key, others in NEIGHBOURS.items() for other in others)


def test_chat_shortens_what_friends_shorten() -> None:
    assert {teencode("bao nhiêu", random.Random(seed)) for seed in SEEDS} == {"bn", "bnh", "bnhiu"}
    assert {teencode("không", random.Random(seed)) for seed in SEEDS} >= {"k", "ko", "hok"}
    assert teencode("123 abc", random.Random(1)) == "123 abc"
