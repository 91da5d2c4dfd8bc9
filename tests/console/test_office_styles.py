"""The stylesheet of the office and what uses it: no rule for nobody, no class without a rule, no rule twice."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import bot

ROOT = Path(bot.__file__).parent
STATIC, PAGES = ROOT / "console/static", ROOT / "console/pages/office"
AREAS = {
    "": "_base|_bare|_parts|refused|missing",
    "answers": "_?answer.*",
    "facts": "_?fact.*",
    "sentences": "_?sentence.*",
    "directives": "_?directives?|reading|upload|work",
    "publishing": "_?publishing.*|check.*|releases?|rollback|_change.*|sheets|approval.*",
    "figures": "figures.*|_charts|_period|frame",
    "unanswered": "_?unanswered.*",
    "people": "people|person.*|_people_parts|me|sessions|trail|sign_in",
    "settings": "settings|pause",
}
CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
# In selectors of scripts: they find a part of a page by it.
SELECTOR = re.compile(r"""["'`][^"'`]*["'`]""")


def rules(css: str) -> list[tuple[str, str]]:
    """The head of every rule of a stylesheet, by the condition that it stands under ("" for none)."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    found, under = [], ""
    for head, brace in re.findall(r"([^{}]*)([{}])", css):
        name = head.rpartition(";")[2].strip()
        if brace == "}":
            under = "" if not head.strip() else under
        elif name.startswith("@"):
            under = name
        else:
            found.append((under, " ".join(name.split())))
    return found


def classes(css: str) -> set[str]:
    return {name for _, selector in rules(css) for name in CLASS.findall(selector)}


def written(page: str) -> set[str]:
    """The classes that stand in a template, and the words that its expressions may put there."""
    found = set()
    for value in re.findall(r'class="((?:\{[{%].*?[%}]\}|[^"])*)"', page):
        plain = re.sub(r"\{[{%].*?[%}]\}", " ", re.sub(r"[\w-]*\{\{.*?\}\}", " ", value))
        found |= set(plain.split())
        for part in re.findall(r"\{[{%].*?[%}]\}", value):
            found |= set(re.findall(r"""["']([\w-]+)["']""", re.sub(r"[=!]= *\S+", "", part)))
    return found


def pages() -> list[Path]:
    """The templates that the stylesheet is for: those of the office, and others that begin from one of them."""
    others = [page for page in PAGES.parent.glob("*.html") if 'extends "office/' in page.read_text("utf-8")]
    assert others
    return sorted([*PAGES.glob("*.html"), *others])


def used_by_pages() -> set[str]:
    return {name for page in pages() for name in written(page.read_text("utf-8"))}


def used_by_scripts() -> set[str]:
    texts = [script.read_text("utf-8") for script in STATIC.glob("office*.js")]
    return {name for text in texts for piece in SELECTOR.findall(text) for name in re.findall(r"[\w-]+", piece)}


def said_by_program() -> set[str]:
    """Names that stand alone in the program: states and kinds become classes; and classes that it writes."""
    found: set[str] = set()
    for source in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {node.value} | set(re.findall(r'class="([\w-]+)"', node.value))
    return found


CSS = (STATIC / "office.css").read_text("utf-8")


def test_every_rule_is_for_something() -> None:
    known = classes(CSS)
    assert len(known) > 80
    shapes = {name.removeprefix("fill-") for name in known if name.startswith("fill-")}
    assert shapes <= said_by_program()
    used = used_by_pages() | used_by_scripts() | said_by_program()
    assert sorted(name for name in known - used if not name.startswith("fill-")) == []


def test_every_class_has_a_rule() -> None:
    used = used_by_pages()
    assert len(used) > 80
    assert sorted(used - classes(CSS) - used_by_scripts()) == []


def test_no_selector_stands_twice() -> None:
    times = Counter(rules(CSS))
    assert [selector for (_, selector), count in times.items() if count > 1] == []


def area(page: str) -> str:
    """Which pages a template belongs to, "" for what all of them extend or use."""
    return next((name for name, pages in AREAS.items() if re.fullmatch(pages, page)), page)


def test_a_class_belongs_to_one_area_or_is_listed_as_shared() -> None:
    listed = re.search(r"Shared names:(.*?)\*/", CSS, re.DOTALL)
    assert listed is not None
    shared = set(re.findall(r"[\w-]+", listed[1]))
    areas: dict[str, set[str]] = {}
    for page in pages():
        for name in written(page.read_text("utf-8")) & classes(CSS):
            areas.setdefault(name, set()).add(area(page.stem))
    assert {each for found in areas.values() for each in found} <= {*AREAS, ""}
    assert sorted(name for name, found in areas.items() if (len(found) > 1 or "" in found) != (name in shared)) == []


def test_what_the_tests_above_would_catch() -> None:
    css = "a { color: red; } /* .x */ @media (min-width: 1rem) { .b, .c p { color: red } } .d { } a { }"
    assert rules(css) == [("", "a"), ("@media (min-width: 1rem)", ".b, .c p"), ("", ".d"), ("", "a")]
    assert classes(css) == {"b", "c", "d"}
    page = """<p class="state {{ 'warn' if a == "x" else 'bad' }} fill-{{ y }}"><i class="{% if z %}on{% endif %}">"""
    assert written(page) == {"state", "warn", "bad", "on"}
