"""What residents think of the answers, as lines for officers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from .core.catalogue import Catalogue
from .core.guide import Guide
from .store.records import Suggested, Voted

_KINDS = ("wrong", "unclear", "missing", "other")


def feedback_lines(
    guide: Guide, votes: Sequence[Voted], suggestions: Sequence[Suggested], since: datetime
) -> Iterator[str]:
    """Votes per subject with the kinds of reasons, then written reasons and suggestions, newest first."""
    catalogue = guide.catalogue
    zone = ZoneInfo(catalogue.pack.timezone)
    kinds = {kind: guide.sentence(f"why_{kind}").lower() for kind in _KINDS}
    yield f"Ý kiến của người dân từ {since.astimezone(zone):%d/%m/%Y}"
    yield ""
    yield f"Lượt 👍 👎 theo chủ đề: {len(votes)} lượt"
    yield from _per_subject(catalogue, votes, kinds)
    written = [vote for vote in votes if vote.words]
    yield ""
    yield f"Lý do người dân viết: {len(written)}"
    for vote in written:
        reason = f", {kinds[vote.reason]}" if vote.reason in kinds else ""
        yield _line(vote.at, zone, f"{_titles(catalogue, vote.intents)}{reason} (bản {vote.release}): {vote.words}")
    yield ""
    yield f"Góp ý: {len(suggestions)}"
    for each in suggestions:
        yield _line(each.at, zone, each.text)


def _per_subject(catalogue: Catalogue, votes: Sequence[Voted], kinds: Mapping[str, str]) -> Iterator[str]:
    """One line a subject, the most thumbs down first; an answer to two subjects counts for both."""
    up, down = (Counter(name for vote in votes if vote.up is way for name in vote.intents) for way in (True, False))
    for name in sorted({*up, *down}, key=lambda name: (-down[name], -up[name], name)):
        reasons = Counter(vote.reason for vote in votes if not vote.up and vote.reason and name in vote.intents)
        ranked = sorted(reasons.items(), key=lambda one: (-one[1], _KINDS.index(one[0]) if one[0] in kinds else 9))
        told = ", ".join(f"{kinds.get(kind, kind)} {count}" for kind, count in ranked)
        yield f"  {_titles(catalogue, [name])}: 👍 {up[name]} 👎 {down[name]}{f' ({told})' if told else ''}"


def _titles(catalogue: Catalogue, names: Sequence[str]) -> str:
    """The titles of subjects; one that is gone goes by its name."""
    return " + ".join(catalogue.intents[name].title if name in catalogue.intents else name for name in names)


def _line(at: datetime, zone: ZoneInfo, text: str) -> str:
    return f"  {at.astimezone(zone):%d/%m/%Y %H:%M} – {text}"
