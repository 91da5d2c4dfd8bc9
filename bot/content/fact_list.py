"""The facts as a list for officers: state, value, who saw them when and where, and who uses them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ..core.catalogue import Fact
from ..core.old_answers import readable
from ..errors import Problem
from .loading import Loaded
from .replacing import content_day
from .tree import LANGUAGE

FACTS = "data/facts.yaml"
# Half a year: telephone numbers and fines of an epidemic season rarely hold longer without a look.
OLD_AFTER = timedelta(days=180)
_NAMED = re.compile(r"""\b(?:has_)?fact\(\s*["']([^"']+)["']""")
_STATES = {"sourced": "có nguồn", "confirmed": "đã xác nhận", "missing": "còn thiếu"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A fact, where it stands in its file, and what names it: answers, the bot's own sentences, the pack's contacts."""

    fact: Fact
    line: int
    answers: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    contact: bool = False

    @property
    def waited_for(self) -> bool:
        """Whether anything names it."""
        return bool(self.answers or self.sentences or self.contact)


def fact_list(loaded: Loaded) -> tuple[Listed, ...]:
    """Every fact in the order of its file; an answer that waits for a missing fact counts as using it."""
    catalogue, source = loaded.catalogue, loaded.sources[FACTS]
    answers = users((name, loaded.sources[f"responses/{LANGUAGE}/{name}.md"].body) for name in catalogue.answers)
    sentences = users(catalogue.messages.items())
    contacts = {*catalogue.pack.hotlines, *catalogue.pack.emergency}
    return tuple(
        Listed(fact, source.line(name), answers.get(name, ()), sentences.get(name, ()), name in contacts)
        for name, fact in catalogue.facts.items()
    )


def users(texts: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """For each fact the names of the texts that call for it."""
    found: dict[str, dict[str, None]] = {}
    for name, text in texts:
        for fact in _NAMED.findall(text):
            found.setdefault(fact, {})[name] = None
    return {fact: tuple(names) for fact, names in found.items()}


def is_old(fact: Fact, day: date, after: timedelta) -> bool:
    """Whether a fact that may be said was last looked at more than `after` before `day`, or nobody wrote down when."""
    return fact.state != "missing" and fact.looked_at < (day - after).isoformat()


def fact_lines(listed: Listed) -> Iterator[str]:
    """A fact as lines of text for officers."""
    fact = listed.fact
    yield f"{fact.id}: {fact.title}"
    yield f"  {_STATES[fact.state]}: {fact.value or '(chưa có giá trị)'}"
    if fact.confirmed_by:
        yield f"  {fact.confirmed_by} xác nhận ngày {readable(fact.confirmed_on)}, thấy ở: {fact.confirmed_where}"
    if fact.source_title:
        yield f"  nguồn: {_joined(fact.source_title, readable(fact.source_date), fact.source_url)}"
    if fact.seen:
        yield f"  xem lần cuối: {readable(fact.seen)}"
    yield f"  {_used(listed)}"


def _used(listed: Listed) -> str:
    uses = [
        f"câu trả lời: {', '.join(listed.answers)}" if listed.answers else "",
        f"câu Loa tự nói: {', '.join(listed.sentences)}" if listed.sentences else "",
        "số điện thoại của gói (pack.yaml)" if listed.contact else "",
    ]
    return _joined(*uses, apart="; ") or "chưa nơi nào dùng"


def _joined(*parts: str, apart: str = ", ") -> str:
    return apart.join(part for part in parts if part)


def fact_problems(loaded: Loaded) -> Iterator[Problem]:
    """Warnings: facts that are missing though something waits for them, and facts that nobody has looked at for long.

    Age counts back from the day of the content, as for old answers.
    """
    day = content_day(loaded.catalogue)
    for listed in fact_list(loaded):
        yield from one_fact_problems(listed, day)


def one_fact_problems(listed: Listed, day: date) -> Iterator[Problem]:
    """The warnings for one fact, as of a day."""
    fact = listed.fact
    if fact.state == "missing" and listed.waited_for:
        what = f"dữ kiện “{fact.title}” còn thiếu ({_used(listed)})"
        mend = "hỏi nơi có thẩm quyền rồi điền value, state, confirmed; chưa chắc thì để nguyên"
        yield Problem(FACTS, listed.line, what, mend, "fact_missing", warning=True)
    elif is_old(fact, day, OLD_AFTER):
        last = f"xem lần cuối ngày {readable(fact.looked_at)}, quá {OLD_AFTER.days} ngày trước {day:%d/%m/%Y}"
        what = f"dữ kiện “{fact.title}” {last if fact.looked_at else 'không ghi ai xem ngày nào'}"
        mend = "gọi thử hoặc mở lại nguồn, rồi ghi ngày vào seen hoặc confirmed"
        yield Problem(FACTS, listed.line, what, mend, "fact_old", warning=True)
