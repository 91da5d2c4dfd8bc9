"""What the check would find in one of the bot's own sentences, while an officer is still writing it."""

from __future__ import annotations

from collections.abc import Iterator

from ..core.figures import figures
from ..core.messages import COMMON, SENTENCES
from ..core.reply import Block
from ..core.templates import Grounds
from ..errors import Problem
from .faults import LONGEST, message_faults
from .files import Source
from .notation import Names
from .rendering import rendering_on
from .tree import LANGUAGE
from .wording import MAX_UNITS, shown_units

MESSAGES = f"responses/{LANGUAGE}/_messages.yaml"


def limit_of(name: str) -> int:
    """How many letters a sentence may have where it appears."""
    return LONGEST.get(name.removesuffix("_en"), MAX_UNITS)


def sentence_problems(name: str, text: str, grounds: Grounds, names: Names | None = None) -> Iterator[Problem]:
    """Everything wrong with a sentence of that name on these grounds; `names` helps to mend marks."""
    source = Source(MESSAGES, {name: text}, {(name,): 1})
    rendering = rendering_on(grounds)
    found = [each for each in message_faults(source, rendering.message, names) if each.rule != "missing"]
    yield from found
    if name.startswith("page_"):
        return
    for figure in figures(text):
        if figure.unit == "phone":
            mend = "đưa vào trang Dữ kiện kèm nguồn, rồi chèn dữ kiện vào câu"
            yield source.problem(f"số “{figure.text}” gõ thẳng trong câu", mend, name, rule="figure")
    if not found and (units := shown_units(sentence_blocks(name, text, grounds))) > limit_of(name):
        what = f"câu dài {units} chữ khi hiện ra, Telegram nhận {limit_of(name)}"
        yield source.problem(what, "rút ngắn", name, rule="length")


def sentence_blocks(name: str, text: str, grounds: Grounds) -> tuple[Block, ...]:
    """A sentence rendered with a stand-in for every variable. Raises TemplateError."""
    return rendering_on(grounds).message(text, (*COMMON, *SENTENCES[name])).blocks
