"""Responses: Jinja2 in a narrow sandbox, then Markdown, into blocks with their citations.

The sandbox bounds neither time nor memory, so templates are held to an allow-list of node
types (no loops, operators, filters or attributes) before anything is rendered. Quoted words and
facts enter the page through numbered slots after Markdown was read, so they are never markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any, Literal

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ..errors import TemplateError
from .catalogue import Fact
from .directives import Directive, quote_fault
from .markdown import SAFE_LINK, to_blocks
from .reply import Block, Citation, Span
from .unseen import HIDDEN

MAX_SOURCE = 20_000
_SLOT_OPEN, _SLOT_CLOSE = "\ue000", "\ue001"
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.Name, nodes.Call, nodes.If, nodes.Not,
    nodes.CallBlock, nodes.ExtensionAttribute, nodes.ContextReference,
)  # fmt: skip
_FUNCTIONS = ("fact", "has_fact")
_STRESSED = ("fine", "days", "price", "date")
_NAMES_SHOWN = 12
_NUMBER, _OUTSIDE = "trong {{ }} hoặc {% %} không dùng số", "viết số ở ngoài, như chữ thường"
# The letters that mark slots, also as Jinja2 or Markdown would decode them later.
_HIDDEN = re.compile(r"[\ue000-\uf8ff]|\\[uUxN]|&#")


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a response may rest on: clauses, and the facts that may be shown on a day."""

    directives: Mapping[str, Directive]
    facts: Mapping[str, Fact]
    day: date


@dataclass(frozen=True, slots=True)
class Rendered:
    """The blocks of a response, what it cites (in the order of the text) and the facts it shows."""

    blocks: tuple[Block, ...]
    citations: tuple[Citation, ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(slots=True)
class _Page:
    """Collects, during one rendering, what must not be read as Markdown."""

    grounds: Grounds
    slots: list[Span] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)

    def slot(self, span: Span) -> str:
        self.slots.append(span)
        return f"{_SLOT_OPEN}{len(self.slots) - 1}{_SLOT_CLOSE}"

    def quote(self, clause_id: str, words: str) -> str:
        words = re.sub(r"\s+", " ", words).strip()
        self._cite(clause_id, words)
        return self.slot(Span(f"“{words}”", "quote"))

    def cite(self, clause_id: str) -> str:
        self._cite(clause_id, "")
        return ""

    def _cite(self, clause_id: str, words: str) -> None:
        directive_id, _, path = clause_id.partition("#")
        directive = self.grounds.directives[directive_id]
        self.citations.append(Citation(directive.id, directive.number, directive.date, path, words))

    def fact(self, fact_id: str) -> str:
        fact = self.grounds.facts[fact_id]
        if fact_id not in self.facts:
            self.facts.append(fact_id)
        return self.slot(fact_span(fact))


def fact_span(fact: Fact) -> Span:
    """A fact as it is shown: telephones and addresses can be tapped."""
    if fact.kind == "phone":
        return Span(fact.value, "link", "tel:" + re.sub(r"\D", "", fact.value))
    if fact.kind == "link" and SAFE_LINK.match(fact.value):  # a draft may hold "javascript:", and is previewed
        return Span(fact.value, "link", fact.value)
    return Span(fact.value, "bold") if fact.kind in _STRESSED else Span(fact.value)


class _Tags(Extension):
    """`{% quote "id" %}words{% endquote %}` and `{% cite "id" %}`."""

    tags = {"quote", "cite"}  # noqa: RUF012 (Jinja2 declares it so)

    def parse(self, parser: Parser) -> nodes.Node:
        """Turn a tag into a call that leaves the words out of Markdown's reach."""
        token = next(parser.stream)
        target = parser.parse_expression()
        arguments: list[nodes.Expr] = [target, nodes.ContextReference()]
        if token.value == "cite":
            return nodes.Output([self.call_method("_cite", arguments, lineno=token.lineno)], lineno=token.lineno)
        body = parser.parse_statements(("name:endquote",), drop_needle=True)
        return nodes.CallBlock(
            self.call_method("_quote", arguments, lineno=token.lineno), [], [], body, lineno=token.lineno
        )

    def _cite(self, clause_id: str, context: Context) -> str:
        page: _Page = context["_page"]
        return page.cite(clause_id)

    def _quote(self, clause_id: str, context: Context, caller: Macro) -> str:
        page: _Page = context["_page"]
        return page.quote(clause_id, str(caller()))


_ENVIRONMENT = ImmutableSandboxedEnvironment(
    undefined=StrictUndefined, extensions=[_Tags], autoescape=False, keep_trailing_newline=True
)


def _near(name: str, known: Mapping[str, Any] | tuple[str, ...]) -> str:
    close = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"có phải là “{close[0]}”?" if close else f"các tên có: {', '.join(list(known)[:_NAMES_SHOWN])}"


def _parse(source: str, names: tuple[str, ...]) -> nodes.Template:
    if len(source) > MAX_SOURCE:
        raise TemplateError(f"mẫu dài {len(source)} chữ, tối đa {MAX_SOURCE}", mend="rút ngắn mẫu")
    if found := HIDDEN.search(source):
        line = source.count("\n", 0, found.start()) + 1
        raise TemplateError(f"mẫu có ký tự ẩn (mã U+{ord(found[0]):04X})", line, "xoá ký tự đó, hoặc gõ lại chữ ở đó")
    if _HIDDEN.search(source):
        raise TemplateError("mẫu có ký tự lạ (vùng dùng riêng của Unicode, hoặc mã \\u, &#)", mend="xoá ký tự đó")
    try:
        tree = _ENVIRONMENT.parse(source)
    except TemplateSyntaxError as error:
        raise TemplateError(f"sai cú pháp: {error.message}", error.lineno, "xem lại dấu {{ }} và {% %}") from None
    except RecursionError:
        raise TemplateError("mẫu lồng quá sâu", mend="viết đơn giản lại") from None
    except ValueError:  # a number longer than Python reads
        raise TemplateError(_NUMBER, mend=_OUTSIDE) from None
    called = {id(node.node) for node in _walk(tree) if isinstance(node, nodes.Call)}
    for node in _walk(tree):
        _allow(node, names if id(node) not in called else _FUNCTIONS)
    return tree


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


def _allow(node: nodes.Node, names: tuple[str, ...]) -> None:
    if not isinstance(node, _ALLOWED):
        raise TemplateError(
            f"không dùng được “{type(node).__name__}” trong mẫu trả lời", node.lineno,
            "mẫu chỉ có chữ, {% quote %}, {% cite %}, {% if has_fact(…) %}, {{ fact(…) }}",
        )  # fmt: skip
    if isinstance(node, nodes.Const) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        raise TemplateError(_NUMBER, node.lineno, _OUTSIDE)
    if isinstance(node, nodes.Name) and node.name not in names:
        raise TemplateError(f"không có tên “{node.name}”", node.lineno, _near(node.name, (*_FUNCTIONS, *names)))
    if isinstance(node, nodes.Call) and not isinstance(node.node, nodes.Name | nodes.ExtensionAttribute):
        raise TemplateError("gọi hàm không đúng cách", node.lineno, 'viết fact("tên_dữ_kiện")')


def _target(call: nodes.Call, line: int) -> str:
    first = call.args[0] if call.args else None
    if not (isinstance(first, nodes.Const) and isinstance(first.value, str)):
        raise TemplateError("thiếu tên trong ngoặc kép", line, 'viết ví dụ fact("moh_hotline")')
    if len(call.args) > 1 or call.kwargs or call.dyn_args or call.dyn_kwargs:
        raise TemplateError("thừa tham số", line, 'chỉ viết một tên, ví dụ fact("moh_hotline")')
    return first.value


def _check_fact(name: str, fact_id: str, line: int, grounds: Grounds) -> None:
    fact = grounds.facts.get(fact_id)
    if fact is None:
        raise TemplateError(f"không có dữ kiện “{fact_id}”", line, _near(fact_id, grounds.facts))
    if name == "fact" and not fact.shown_on(grounds.day):
        raise TemplateError(
            f"dữ kiện “{fact_id}” chưa có nguồn hoặc chưa có hiệu lực vào ngày {grounds.day:%d/%m/%Y}", line,
            "bổ sung nguồn trong data/facts.yaml, hoặc đặt trong {% if has_fact(…) %}",
        )  # fmt: skip


def _check_clause(clause_id: str, line: int, grounds: Grounds, words: str | None) -> None:
    directive_id, _, path = clause_id.partition("#")
    directive = grounds.directives.get(directive_id)
    if directive is None:
        raise TemplateError(f"không có văn bản “{directive_id}”", line, _near(directive_id, grounds.directives))
    clause = directive.clause(path)
    if clause is None:
        paths = ", ".join(each.path for each in directive.clauses)
        raise TemplateError(f"văn bản {directive_id} không có mục “{path}”", line, f"các mục có: {paths}")
    fault = None if words is None else quote_fault(clause, words)
    if fault:
        raise TemplateError(fault, line, f"chép đúng từng chữ từ {clause.label}")


def _words_of(block: nodes.CallBlock) -> str:
    parts: list[str] = []
    for node in block.body:
        data = node.nodes if isinstance(node, nodes.Output) else [node]
        if not all(isinstance(each, nodes.TemplateData) for each in data):
            raise TemplateError(
                "trong {% quote %} chỉ được có chữ của văn bản", block.lineno, "bỏ {{ }} và {% %} bên trong"
            )
        parts.extend(each.data for each in data if isinstance(each, nodes.TemplateData))
    return "".join(parts)


def _check(node: nodes.Node, grounds: Grounds, guards: frozenset[str] = frozenset()) -> None:
    """Every clause, quotation and fact that a template names, also those that no rendering reaches."""
    if isinstance(node, nodes.CallBlock):
        _check_clause(_tag_target(node.call), node.lineno, grounds, _words_of(node))
        return
    if isinstance(node, nodes.Call):
        _check_call(node, grounds, guards)
        return
    if isinstance(node, nodes.If) and isinstance(node.test, nodes.Call):
        _check(node.test, grounds, guards)
        for child in node.body:
            _check(child, grounds, guards | {_target(node.test, node.lineno)})
        for child in [*node.elif_, *node.else_]:
            _check(child, grounds, guards)
        return
    for child in node.iter_child_nodes():
        _check(child, grounds, guards)


def _check_call(call: nodes.Call, grounds: Grounds, guards: frozenset[str]) -> None:
    target = _target(call, call.lineno) if isinstance(call.node, nodes.Name) else _tag_target(call)
    if isinstance(call.node, nodes.ExtensionAttribute):
        _check_clause(target, call.lineno, grounds, None)
    elif isinstance(call.node, nodes.Name):
        _check_fact("has_fact" if target in guards else call.node.name, target, call.lineno, grounds)


def _tag_target(call: nodes.Call) -> str:
    first = call.args[0]
    if not (isinstance(first, nodes.Const) and isinstance(first.value, str)):
        raise TemplateError("thiếu mã mục trong ngoặc kép", call.lineno, 'viết ví dụ {% cite "UBND@2021#2" %}')
    return first.value


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a template in the order of its text: own words, a quotation, a bare citation or a fact.

    `value` is the text, or the id of the clause or fact; `words` what a quotation says.
    """

    kind: Literal["own", "quote", "cite", "fact"]
    value: str
    line: int
    words: str = ""


def outline(source: str) -> tuple[Piece, ...]:
    """What a template says, both branches of an `if` included. Raises TemplateError as `render` does."""
    return tuple(_outline(_parse(source, ())))


def _outline(node: nodes.Node) -> Iterator[Piece]:
    if isinstance(node, nodes.TemplateData):
        yield Piece("own", node.data, node.lineno)
    elif isinstance(node, nodes.CallBlock):
        yield Piece("quote", _tag_target(node.call), node.lineno, re.sub(r"\s+", " ", _words_of(node)).strip())
    elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.ExtensionAttribute):
        yield Piece("cite", _tag_target(node), node.lineno)
    elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
        yield Piece("fact", _target(node, node.lineno), node.lineno)
    elif isinstance(node, nodes.If):
        for child in [*node.body, *node.elif_, *node.else_]:
            yield from _outline(child)
    else:
        for child in node.iter_child_nodes():
            yield from _outline(child)


def render(source: str, grounds: Grounds, values: Mapping[str, str] | None = None) -> Rendered:
    """Render a response or message body; `values` enter as plain text.

    Raises TemplateError with the line and the remedy, in Vietnamese, for anything that is not on
    the allow-list, an unknown name, a fact that may not be shown or a quotation that does not stand.
    """
    values = values or {}
    try:
        tree = _parse(source, tuple(values))
        _check(tree, grounds)
    except RecursionError:
        raise TemplateError("mẫu lồng quá sâu", mend="viết đơn giản lại") from None
    page = _Page(grounds)
    slots = {name: page.slot(Span(value)) for name, value in values.items()}
    template = _ENVIRONMENT.from_string(tree)
    text = template.render(
        slots, _page=page, fact=page.fact, has_fact=lambda name: grounds.facts[name].shown_on(grounds.day)
    )
    blocks = to_blocks(text, page.slots, _SLOT_OPEN, _SLOT_CLOSE)
    return Rendered(blocks, tuple(page.citations), tuple(page.facts))
