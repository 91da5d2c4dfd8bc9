"""Names of bodies and offices out of the capitals of a head: "TỈNH ỦY LAI CHÂU" is "Tỉnh ủy Lai Châu"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from ..core.capitals import first_large
from ..core.syllables import bare

# Words after which a new body begins when they open a line of the head.
_OPENERS = (
    "ủy ban|hội đồng|sở|bộ|ban|văn phòng|phòng(?!,)|cục|chi cục|tổng cục|trung tâm|công an|trường|bệnh viện|đoàn|hội|"
    "tỉnh ủy|huyện ủy|thành ủy|đảng ủy|thị ủy|đảng bộ|chi bộ|đảng đoàn|chính phủ|thủ tướng|ubnd|hđnd|viện|tòa án|"
    "mặt trận|liên đoàn|bảo hiểm|kho bạc|ngân hàng|công ty|trạm|đài|báo|tổ công tác|thanh tra|quốc hội|chủ tịch nước|"
    "quân khu|bcđ|bch|mttq|ubmttq|thường trực|cơ quan|uỷ ban mặt trận|đồn"
)
_OPENS = re.compile(rf"(?:{bare(_OPENERS)})\b")
# As these stand inside a name; what is not listed is a proper name.
_PHRASES = """
Ủy ban nhân dân|Hội đồng nhân dân|Ủy ban Mặt trận Tổ quốc|Mặt trận Tổ quốc|Việt Nam|Văn phòng|Đoàn đại biểu Quốc hội|
Ban Chỉ đạo|Ban Chỉ huy|Bộ Chỉ huy|Ban Chấp hành|Ban Thường vụ|Thường trực|Ban Tuyên giáo|Ban Tổ chức|Ban Dân vận|
Ban Nội chính|Ủy ban Kiểm tra|Tỉnh ủy|Huyện ủy|Thành ủy|Thị ủy|Đảng ủy|Đảng bộ|Chi bộ|Ban cán sự đảng|Đảng đoàn|
Sở Y tế|Sở Giáo dục và Đào tạo|Sở Thông tin và Truyền thông|Sở Tài chính|Sở Công Thương|Sở Nội vụ|Sở Tư pháp|
Sở Nông nghiệp và Phát triển nông thôn|Sở Giao thông vận tải|Sở Kế hoạch và Đầu tư|Sở Lao động - Thương binh và Xã hội|
Sở Văn hóa, Thể thao và Du lịch|Sở Xây dựng|Sở Khoa học và Công nghệ|Sở Tài nguyên và Môi trường|Sở Ngoại vụ|
Bộ Y tế|Bộ Công an|Bộ Quốc phòng|Bộ Giáo dục và Đào tạo|Bộ Tài chính|Bộ Nội vụ|Bộ Công Thương|Bộ Tư pháp|Chính phủ|
Thủ tướng Chính phủ|Văn phòng Chính phủ|Công an|Bộ đội Biên phòng|Quân sự|Trung tâm Kiểm soát bệnh tật|Trung tâm Y tế|
Trung tâm|Chi cục|Cục|Phòng|Ban|Sở|Bộ|Hội|Đoàn|Trường|Bệnh viện đa khoa|Bệnh viện|Công ty|Viện|Trạm|Đài|Báo|
phòng, chống dịch|phòng, chống thiên tai và tìm kiếm cứu nạn|bệnh|dịch|và|của|quản lý|thị trường|giáo dục|y tế|dân tộc|
Chủ tịch|Phó Chủ tịch|Giám đốc|Phó Giám đốc|Bí thư|Phó Bí thư|Chánh Văn phòng|Phó Chánh Văn phòng|
Trưởng ban|Phó Trưởng ban|Trưởng phòng|Phó Trưởng phòng|Thủ tướng|Phó Thủ tướng|Bộ trưởng|Thứ trưởng|Cục trưởng|
tỉnh|huyện|thành phố|thị xã|thị trấn|xã|phường|quốc gia|Trung ương|Hồ Chí Minh|Cộng sản|cấp cao|Quốc hội|toàn quốc|
thường trực
"""
_KNOWN = {bare(phrase.strip()): phrase.strip() for phrase in _PHRASES.replace("\n", "").split("|")}
_LONGEST = max(len(key.split()) for key in _KNOWN)
_SHORT = {"ubnd", "hdnd", "mttq", "tnhh", "tncs", "bcd", "hcm", "bhxh", "pcd", "cdc", "tm.", "kt.", "tl.", "q.", "tuq.",
          "t/m", "k/t", "t/l"}  # fmt: skip


def opens_body(line: str) -> bool:
    """Whether a line of the head begins a new body, and does not go on with the name above it."""
    return bool(_OPENS.match(bare(line)))


def _sentence(word: str) -> str:
    return word[:1].upper() + word[1:].lower()


def _in_text(words: Sequence[str], at: int) -> tuple[str, int] | None:
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        spelled = _KNOWN.get(bare(" ".join(words[at : at + length])))
        if spelled:
            return spelled, length
    return None


def _like(spelled: str, words: Sequence[str]) -> str:
    """The known spelling with the letters as the source has them (hoá stays hoá)."""
    source = unicodedata.normalize("NFC", " ".join(words))
    if len(spelled) != len(source):
        return spelled
    return "".join(
        char.lower() if known.islower() else char.upper() for known, char in zip(spelled, source, strict=True)
    )


def in_sentence_case(caps: str) -> str:
    """A name in capitals as it is written in a sentence; one that is not in capitals stays."""
    caps = " ".join(caps.split())
    if caps != caps.upper():
        return caps
    words = caps.split()
    out: list[str] = []
    at = 0
    while at < len(words):
        known = _in_text(words, at)
        if known:
            out.append(_like(known[0], words[at : at + known[1]]))
            at += known[1]
        else:
            out.append(words[at] if bare(words[at]).strip(",") in _SHORT else _sentence(words[at]))
            at += 1
    return first_large(" ".join(out))


# Names that say nothing without the body above them.
_NEEDS_PARENT = re.compile(
    r"(?:van phong|phong|ban(?! chi dao)|uy ban kiem tra|thanh tra)\b(?!.*\b(?:tinh|huyen|xa)\b)"
)


def bodies(lines: Sequence[str]) -> list[str]:
    """The bodies of a left head, each on one line, the issuing one last."""
    found: list[str] = []
    for line in lines:
        if found and not opens_body(line):
            found[-1] += " " + line
        else:
            found.append(line)
    return found


def issuer(lines: Sequence[str]) -> str | None:
    """The issuing body out of the lines of a left head; with the one above it where it says nothing alone."""
    names = bodies(lines)
    if not names:
        return None
    name = in_sentence_case(names[-1])
    if len(names) > 1 and _NEEDS_PARENT.match(bare(name)):
        return f"{name} {in_sentence_case(names[-2])}"
    return name
