"""What content never needs of YAML, and what could stop a reader: found before anything is built of a text.

libyaml's composer calls itself for every level: a file of a hundred thousand brackets would end the whole process.
"""

from __future__ import annotations

from typing import Any

import yaml

from ..core.unseen import HIDDEN

# The deepest content has five levels.
MOST_LEVELS = 30
# So deep libyaml takes the square of the depth.
_HOPELESS = 6_000
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
    level, deep = 0, None
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise _fault("ký hiệu & và * không dùng được", event)
        if isinstance(event, _NODES) and event.tag is not None:
            raise _fault("ký hiệu ! không dùng được", event)
        level += isinstance(event, _BEGIN) - isinstance(event, _END)
        deep = deep or (event if level > MOST_LEVELS else None)
        if level > _HOPELESS:
            break
    if deep:  # only now: a bracket that nobody closed is the better thing to say
        raise _fault("các mục lồng nhau quá sâu", deep)


def refuse_value(node: yaml.ScalarNode) -> None:
    """Raise a MarkedYAMLError for a number that would take long to work out, and for letters that hide.

    YAML writes any letter as an escape ("\\0", "\\u202E"), so that a look at the text alone would miss it.
    """
    if found := HIDDEN.search(node.value):
        raise _fault(f"có ký tự ẩn (mã U+{ord(found[0]):04X})", node)
    if node.tag in _NUMBERS and len(node.value) > _MOST_DIGITS:
        raise _fault("số dài quá; đặt trong dấu ngoặc kép", node)


def _fault(what: str, place: yaml.Event | yaml.Node) -> yaml.MarkedYAMLError:
    mark: Any = place.start_mark  # the stubs do not know that marks of both parsers serve
    return yaml.constructor.ConstructorError(None, None, what, mark)
