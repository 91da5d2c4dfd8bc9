"""What a message asks, in the context of what was asked before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from .catalogue import Catalogue
from .context import Context
from .matching import Match, Matcher
from .parts import Parts
from .questions import FollowUp, Split, follow_up, splits
from .reply import Scored
from .signs import Signs
from .vietnamese import Reading

# From here on a subject is answered outright. All limits here were chosen on phrases of writers that were left out.
SURE = 0.6
# What is not sure is asked back about if it is so likely altogether, and each subject if it is so likely by itself.
NEAR = 0.20
OFFER = 0.04
_MOST_OFFERED = 3
# Both halves of a message are this sure if it has two questions, and surer where a half has no word that asks.
_SURE_HALF = 0.4
_SURE_UNPLAIN_HALF = 0.5
_WITHOUT_ASKING = 0.1
# So sure is a first half where the second makes sense only behind it ("thế không cài có bị phạt không").
_SURE_FIRST_HALF = 0.7
# A message that can be cut is about two subjects where the second is so likely, and both together surer by the rest.
_SECOND = 0.3
# In a message so sure of one subject, halves that are not plainly joined have to ask both, and be so much surer.
_SURE_WHOLE = 0.9
_SURE_OF_ONE = 0.1
_REST = 0.2
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

    `sure` are the subjects to answer, at most two; if there are none, `likely` are those to ask back about, if any.
    `scores` has the likeliest, best first: what was understood of a half has that half's score.
    """

    text: str
    match: Match
    sure: tuple[str, ...]
    likely: tuple[str, ...]
    scores: tuple[Scored, ...]


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
        sure = self._two_questions(text, match, heard) or self._sure(match, heard, context.intents if stays else ())
        signed = tuple(name for name, signs in self._signs.items() if signs.stand_in(read))
        # What a sign stands for comes before everything else, and small talk not beside it.
        others = [each.intent for each in sure if not (signed and each.intent in self._small_talk)]
        first = tuple(dict.fromkeys([*signed, *others]))[:2]
        return Asked(whole, match, first, self._likely(match), _together(match, sure))

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

    def _two_questions(self, text: str, match: Match, heard: str) -> tuple[Scored, ...]:
        """Two subjects, where a message can be cut so that each half is sure of another one."""
        cuts = splits(text)
        found = self._torn(match, heard) if cuts else ()
        whole = match.best.score if match.best else 0.0
        for split in cuts:
            least = (_SURE_HALF if split.plain else _SURE_UNPLAIN_HALF) + _WITHOUT_ASKING * (2 - split.asking)
            if whole >= _SURE_WHOLE and not split.plain:
                least += _SURE_OF_ONE if split.asking == 2 else 1.0
            halves = self._halves(split, heard, max(least, min((each.score for each in found), default=0.0)))
            found = halves or found
        return found or next(filter(None, (self._leaning_half(split, match, heard) for split in cuts)), ())

    def _torn(self, match: Match, heard: str) -> tuple[Scored, ...]:
        """Both subjects of a match that is sure to be about one of two, and not of which."""
        two = tuple(each for each in match.intents[:2] if each.intent not in self._small_talk)
        torn = len(two) == 2 and two[0].score < SURE and two[1].score >= _SECOND
        sure = torn and two[0].score + two[1].score >= SURE + _REST
        return two if sure and all(self._is_due(each.intent, heard) for each in two) else ()

    def _halves(self, split: Split, heard: str, least: float) -> tuple[Scored, ...]:
        """The subjects of both halves, if both are so sure and not the same."""
        right = self._of_half(split.right, heard, least)
        left = self._of_half(split.left, heard, least) if right else None
        return (left, right) if left and right and left.intent != right.intent else ()

    def _leaning_half(self, split: Split, match: Match, heard: str) -> tuple[Scored, ...]:
        """The subject of the first half and that of the whole, where the second leans on the first."""
        best = next(iter(self._sure(match, heard, ())), None)
        if split.asking < 2 or best is None or best.intent in self._small_talk:
            return ()
        left = self._of_half(split.left, heard, _SURE_FIRST_HALF)
        return (left, best) if left and left.intent != best.intent else ()

    def _of_half(self, half: str, heard: str, least: float) -> Scored | None:
        subjects = (each for each in self.matcher.match(half).intents if each.intent not in self._small_talk)
        best = next(subjects, None)
        return best if best and best.score >= least and self._is_due(best.intent, heard) else None

    def _likely(self, match: Match) -> tuple[str, ...]:
        """What to ask back about: a few subjects that are likely together."""
        found = [each for each in match.intents[:_MOST_OFFERED] if each.score >= OFFER]
        found = [each for each in found if each.intent not in self._small_talk]
        return tuple(each.intent for each in found) if sum(each.score for each in found) >= NEAR else ()


def _together(match: Match, sure: Sequence[Scored]) -> tuple[Scored, ...]:
    if all(each in match.intents[:2] for each in sure):
        return match.intents  # nothing was understood better of a half
    scores = {each.intent: each.score for each in (*match.intents, *sure)}
    return tuple(sorted((Scored(intent, score) for intent, score in scores.items()), key=lambda each: -each.score))


def _staying(match: Match, intents: Sequence[str], leans: FollowUp) -> Match:
    """The match if the subject before is so much likelier than the others beforehand (Bayes' rule)."""
    stays, outside = _STAYS[leans], match.outside * _LEAVES[leans]
    weighed = {each.intent: each.score * (stays if each.intent in intents[:1] else 1.0) for each in match.intents}
    every = sum(weighed.values()) + outside
    ranked = sorted((Scored(name, weight / every) for name, weight in weighed.items()), key=lambda each: -each.score)
    return replace(match, intents=tuple(ranked), outside=outside / every)


def _blend(alone: Match, both: Match) -> Match:
    """The match of a text by itself and of the text behind the question before it, by their shares."""
    scores: dict[str, float] = {}
    for match, share in ((alone, 1 - _SHARE_OF_BOTH), (both, _SHARE_OF_BOTH)):
        for each in match.intents:
            scores[each.intent] = scores.get(each.intent, 0.0) + share * each.score
    ranked = sorted((Scored(name, score) for name, score in scores.items()), key=lambda each: -each.score)
    return replace(alone, intents=tuple(ranked), outside=max(0.0, 1.0 - sum(scores.values())))
