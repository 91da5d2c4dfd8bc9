"""What a change does to questions, in sentences for officers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..core.reply import Outcome
from .impact import DANGER, Group, Impact, Label
from .words_diff import as_text, shortened

FIRST = "Đây là bản đầu tiên, chưa có gì để so."
_NONE = "Không thấy câu nào được trả lời khác đi."
# How many changed answers somebody reads about who is to approve on a phone.
_MOST_GROUPS = 12
_WARNING = "lời nhắc gọi cấp cứu"


def impact_lines(impact: Impact, titles: Mapping[str, str]) -> list[str]:
    """A sentence for each group, then how many questions were tried; `titles` are those of both catalogues."""
    lines = [group_line(group, titles) for group in impact.groups]
    if not impact.groups:
        lines.append(_NONE)
    return [*lines, scope_line(impact)]


def without_questions(impact: Impact, titles: Mapping[str, str]) -> tuple[str, ...]:
    """The same without a word of any resident, for people who are no officers; of many groups the first."""
    sentences = [group_sentence(group, titles) for group in impact.groups[:_MOST_GROUPS]]
    left = len(impact.groups) - len(sentences)
    more = [f"Và {number(left)} thay đổi nữa."] if left else []
    return (*(sentences or [_NONE]), *more, scope_line(impact))


def group_line(group: Group, titles: Mapping[str, str]) -> str:
    """What became of the questions of one group, with a few of them."""
    said = _said(group, titles)
    examples = "; ".join(f"“{text}”" for text in group.examples)
    more = f" và {number(group.questions - len(group.examples))} câu nữa" if _more(group) else ""
    asked = f"{said}: {examples}{more}." if examples else f"{said}."
    return f"{asked} Lời mới: {as_text(shortened(group.diff))}" if group.diff else asked


def group_sentence(group: Group, titles: Mapping[str, str]) -> str:
    """What became of the questions of one group, without examples."""
    return f"{_said(group, titles)}."


def scope_line(impact: Impact) -> str:
    """Which questions were tried, and what that leaves open."""
    total = number(impact.total)
    if impact.partial:
        chosen = number(impact.chosen)
        return (
            f"Đã dừng giữa chừng: mới thử {number(impact.asked)} trong {chosen} câu cần thử (có cả thảy {total} câu)."
        )
    if impact.every:
        return f"Đã thử lại cả {total} câu."
    tried = f"Đã thử lại {number(impact.asked)} trong {total} câu"
    if impact.asked < impact.near:
        return f"{tried}: những câu giống chỗ sửa nhất và dễ đổi nhất. Muốn chắc chắn thì thử lại tất cả."
    return (
        f"{tried}: mọi câu có từ chung với chỗ sửa hoặc dễ đổi. Các câu khác hầu như không đổi; muốn chắc chắn thì thử "
        "lại tất cả."
    )


def number(value: int) -> str:
    """A number as it is written in Vietnamese: 10.000."""
    return f"{value:,}".replace(",", ".")


def _more(group: Group) -> bool:
    return group.questions > len(group.examples) > 0


def _said(group: Group, titles: Mapping[str, str]) -> str:
    if group.kind == "new_wording":
        title = _named(group.after.subjects, titles)
        if not group.questions:
            return f"Câu trả lời {title} có lời mới, chưa có câu hỏi nào tới"
        return f"{_count(group)} vẫn được trả lời {title} nhưng bằng lời mới"
    if group.kind == "asked_back_differently":
        return f"{_count(group)} {_asked_back(group, titles)}"
    return f"{_count(group)} trước đây {_ended(group.before, titles)}, nay {_ended(group.after, titles)}"


def _count(group: Group) -> str:
    often = f" (đã hỏi {number(group.weight)} lần)" if group.weight > group.questions else ""
    return f"{number(group.questions)} câu{often}"


def label_words(label: Label, titles: Mapping[str, str]) -> str:
    """How one question ends, for officers."""
    return _ended(label, titles)


def _ended(label: Label, titles: Mapping[str, str]) -> str:
    if label.outcome is Outcome.ANSWERED:
        return f"được trả lời {_named(label.subjects, titles)}"
    if label.outcome is Outcome.NOT_UNDERSTOOD:
        return "không hiểu được"
    if label.subjects:
        return f"được hỏi lại, có nút {_named(label.subjects, titles)} để chọn"
    return "được hỏi lại, không có nút ấy để chọn"


def _asked_back(group: Group, titles: Mapping[str, str]) -> str:
    """How asking back differs; a question that was not understood on one side had no buttons."""
    if group.after.outcome is Outcome.NOT_UNDERSTOOD:
        return "trước đây được hỏi lại, nay không hiểu được"
    if group.before.outcome is Outcome.NOT_UNDERSTOOD:
        return "trước đây không hiểu được, nay được hỏi lại"
    parts = [(group.before, "bớt nút"), (group.after, "thêm nút")]
    told = [f"{what} {_named(label.subjects, titles)}" for label, what in parts if label.subjects]
    return f"vẫn được hỏi lại nhưng {', '.join(told)}"


def _named(subjects: Sequence[str], titles: Mapping[str, str]) -> str:
    """Titles of subjects; what has none is named by its id, so that nothing is hidden."""
    known = {DANGER: _WARNING, **titles}
    return " và ".join(known[name] if name == DANGER else f"“{known.get(name, name)}”" for name in subjects)
