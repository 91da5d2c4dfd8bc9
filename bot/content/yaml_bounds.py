"""What content never needs of YAML, and what could stop a reader: found before anything is built of a text.

libyaml's composer calls itself for every level: a file of a hundred thousand brackets would end the whole process.
"""

from __future__ import annotations

from typing import Any

import yaml

# The deepest content has five levels.
MOST_LEVELS = 30
# YAML takes 1:1:1 for a number to the base of sixty, which takes the square of its length to work out.
_MOST_DIGITS = 40
_NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
_BEGIN = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_END = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
_NODES = (*_BEGIN, yaml.ScalarEvent)


def refuse_unbounded(text: str) -> None:
    """Raise a MarkedYAMLError for tags, for aliases, and for lists within lists without end.

    Aliases can grow without bound; a tag makes something of a text that it is none of ("!!int", "!!timestamp").
    """
    level = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise _refusal("ký hiệu & và * không dùng được", event)
        if isinstance(event, _NODES) and event.tag is not None:
            raise _refusal("ký hiệu ! không dùng được", event)
        level += isinstance(event, _BEGIN) - isinstance(event, _END)
        if level > MOST_LEVELS:
            raise _refusal("các mục lồng nhau quá sâu", event)


def refuse_long_number(node: yaml.ScalarNode) -> None:
    """Raise a MarkedYAMLError for a number that would take long to work out, or that no number can hold."""
    if node.tag in _NUMBERS and len(node.value) > _MOST_DIGITS:
        mark: Any = node.start_mark
        raise yaml.constructor.ConstructorError(None, None, "số dài quá; đặt trong dấu ngoặc kép", mark)


def _refusal(what: str, event: yaml.Event) -> yaml.MarkedYAMLError:
    mark: Any = event.start_mark  # the stubs do not know that marks of both parsers serve
    return yaml.constructor.ConstructorError(None, None, what, mark)
