"""What a message asks, in the context of what was asked before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from .catalogue import Catalogue
from .context import Context
from .halves import Half, Whole, two_subjects
from .matching import Match, Matcher
from .parts import Parts
from .questions import FollowUp, follow_up
from .ranked import Ranked
from .reply import Scored
from .signs import Signs
from .vietnamese import Reading

# From here on a subject is answered outright. All limits here were chosen on phrases of writers that were left out.
SURE = 0.65
# What is not sure is asked back about if it is so likely altogether, and each subject if it is so likely by itself.
NEAR = 0.20
OFFER = 0.04
MOST_OFFERED = 3
# Two questions, and what a sign stands for.
_MOST_ANSWERED = 3
# A message of so few words is also read behind the question before it; that reading has this share.
_FEW_WORDS = 12
_SHARE_OF_BOTH = 0.25
# How many times likelier the subject before is than any other, where a message leans on what was said; it is less
# likely then to be about something else altogether.
_STAYS = {FollowUp.SHORT: 20.0, FollowUp.MARKED: 40.0}
_LEAVES = {FollowUp.SHORT: 1.0, FollowUp.MARKED: 0.3}
# Where it says by its form that it goes on about that subject, this is enough to answer.
_SURE_STAYING = 0.25
_REMEMBERED = 300


@dataclass(frozen=True, slots=True)
class Asked:
    """A message as it was understood; `text` has the question before it in front, where it leans on that.

    `sure` are the subjects to answer: at most two, and before them what a sign stands for. If there are none, `likely`
    are those to ask back about, if any. `halves` are the parts of a message that asks about two subjects, else none.
    `scores` has the likeliest, best first: what was understood of a half has a score between that of the half
    and that of the whole.
    """

    text: str
    match: Match
    sure: tuple[str, ...]
    likely: tuple[str, ...]
    scores: Ranked
    halves: tuple[Half, ...]


class Understanding:
    """Made from a catalogue; immutable. `before` is that of nearly the same catalogue."""

    def __init__(self, catalogue: Catalogue, parts: Parts, before: Understanding | None = None) -> None:
        intents = catalogue.intents
        self._small_talk = frozenset(name for name, intent in intents.items() if intent.small_talk)
        self._signs = {name: Signs(intent.signs) for name, intent in intents.items() if intent.signs}
        self._needs = {name: Signs(intent.needs) for name, intent in intents.items() if intent.needs}
        phrases = {name: intent.examples for name, intent in intents.items()}
        learned = before.matcher if before else None
        self.matcher: Matcher = Matcher(phrases, catalogue.out_of_scope, catalogue.concepts, parts, learned)

    def asked(self, text: str, read: Sequence[Reading], context: Context, now: datetime) -> Asked:
        """What a text asks; `read` are its readings."""
        match, whole = self._in_context(text, read, context, now)
        heard = f"{context.text} {text}" if context.is_recent(now) else text
        stays = context.is_recent(now) and follow_up(read[0].toneless) is FollowUp.MARKED
        halves = self._halves(text, match, heard)
        one = () if halves else self._sure(match, heard, context.intents if stays else ())
        sure = (*(half.subject for half in halves), *one)
        signed = tuple(name for name, signs in self._signs.items() if signs.stand_in(read))
        # What a sign stands for comes before everything else, and small talk not beside it.
        others = [each.intent for each in sure if not (signed and each.intent in self._small_talk)]
        first = tuple(dict.fromkeys([*signed, *others]))[:_MOST_ANSWERED]
        return Asked(whole, match, first, self._likely(match), _together(match, sure), halves)

    def _in_context(self, text: str, read: Sequence[Reading], context: Context, now: datetime) -> tuple[Match, str]:
        """The match of a text, and what was asked: of a follow-up, together with the question before it."""
        alone = self.matcher.match_read(read)
        words = read[0].toneless
        leans = follow_up(words)
        if not context.is_recent(now) or (leans is FollowUp.NO and len(words) > _FEW_WORDS):
            return alone, text
        both = f"{context.text} {text}"[-_REMEMBERED:]
        if leans is FollowUp.NO:
            return _blend(alone, self.matcher.match(both)), text
        return _blend(_staying(alone, context.intents, leans), self.matcher.match(both)), both

    def _sure(self, match: Match, heard: str, stays: tuple[str, ...]) -> tuple[Scored, ...]:
        """The best intent that is sure, and for which what it needs was said, now or in the question before.

        Less is enough for the first of those that the message `stays` with.
        """
        due = (each for each in match.intents[:2] if self._is_due(each.intent, heard))
        sure = (each for each in due if each.score >= (_SURE_STAYING if each.intent in stays[:1] else SURE))
        return tuple(sure)[:1]

    def _is_due(self, intent: str, heard: str) -> bool:
        needs = self._needs.get(intent)
        return needs is None or needs.found_in(heard)

    def _halves(self, text: str, match: Match, heard: str) -> tuple[Half, ...]:
        """The halves of a message that asks about two subjects; what one of them needs, the other may stand for."""
        chances = match.intents.by_intent()
        whole = Whole({name: chance for name, chance in chances.items() if name not in self._small_talk})
        halves = two_subjects(text, whole, self._of_half)
        return halves if any(self._is_due(half.subject.intent, heard) for half in halves) else ()

    def _of_half(self, half: str) -> Scored | None:
        """The likeliest subject."""
        return next((each for each in self.matcher.match(half).intents if each.intent not in self._small_talk), None)

    def _likely(self, match: Match) -> tuple[str, ...]:
        """What to ask back about: a few subjects that are likely together."""
        found = [each for each in match.intents[:MOST_OFFERED] if each.score >= OFFER]
        found = [each for each in found if each.intent not in self._small_talk]
        return tuple(each.intent for each in found) if sum(each.score for each in found) >= NEAR else ()


def _together(match: Match, sure: Sequence[Scored]) -> Ranked:
    if all(each in match.intents[:2] for each in sure):
        return match.intents  # nothing was understood better of a half
    return Ranked.of({**match.intents.by_intent(), **{each.intent: each.score for each in sure}})


def _staying(match: Match, intents: Sequence[str], leans: FollowUp) -> Match:
    """The match if the subject before is so much likelier than the others beforehand (Bayes' rule)."""
    stays, outside = _STAYS[leans], match.outside * _LEAVES[leans]
    weighed = {
        name: score * (stays if name in intents[:1] else 1.0) for name, score in match.intents.by_intent().items()
    }
    every = sum(weighed.values()) + outside
    ranked = Ranked.of({name: weight / every for name, weight in weighed.items()})
    return replace(match, intents=ranked, outside=outside / every)


def _blend(alone: Match, both: Match) -> Match:
    """The match of a text by itself and of the text behind the question before it, by their shares."""
    scores: dict[str, float] = {}
    for match, share in ((alone, 1 - _SHARE_OF_BOTH), (both, _SHARE_OF_BOTH)):
        for name, score in match.intents.by_intent().items():
            scores[name] = scores.get(name, 0.0) + share * score
    return replace(alone, intents=Ranked.of(scores), outside=max(0.0, 1.0 - sum(scores.values())))
