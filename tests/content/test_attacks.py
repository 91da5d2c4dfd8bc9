"""Drafts that would harm the bot: refused with place and remedy, soon, and the bot goes on answering."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bot.content.drafting import head, save
from bot.content.releasing import candidate, publish
from bot.content.starting import start
from bot.content.tree import read_folder
from bot.errors import NotPublishable
from bot.store.sealing import Sealer
from bot.store.sqlite import SqliteStore
from tests.content import broken
from tests.fakes import NOON

MESSAGES = Path(__file__).parent.parent.parent / "responses/vi/_messages.yaml"
ANSWER, INTENT, FACTS = "responses/vi/mask.md", "intents/mask.yaml", "data/facts.yaml"
SECONDS = 5.0

BODIES = {
    "much of a letter": "{{ 'a' * 200000000 }}",
    "much of a letter, in a tag": "{% quote 'a' * 200000000 %}một hai ba bốn{% endquote %}",
    "power": "{{ 9 ** 9 ** 9 }}",
    "endless loop": "{% for x in range(10**12) %}a{% endfor %}",
    "nested loops": "{% for x in range(9999) %}{% for y in range(9999) %}a{% endfor %}{% endfor %}",
    "loop over a text": "{% for x in 'aaaa' %}a{% endfor %}",
    "calls itself": "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
    "wide padding": "{{ 'a'|center(1000000000) }}",
    "wide number": "{{ '%999999999d'|format(1) }}",
    "indented": "{{ 'a'|indent(999999999) }}",
    "lorem": "{{ lipsum(n=999999) }}",
    "the class of a text": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "by brackets": "{{ ''['__class__'] }}",
    "by filter": "{{ ''|attr('__class__') }}",
    "globals of a function": "{{ fact.__globals__ }}",
    "globals by filter": "{{ (fact|attr('__globals__'))['os'] }}",
    "of the page": "{{ _page.grounds.facts }}",
    "self": "{{ self._TemplateReference__context }}",
    "cycler": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "namespace": "{% set n = namespace(a=1) %}{{ n.a }}",
    "import": "{% import 'x' as x %}",
    "include": "{% include '/etc/passwd' %}",
    "extends": "{% extends 'layout' %}",
    "raw block": "{% raw %}{{ fact('hotline') }}{% endraw %}{% filter upper %}a{% endfilter %}",
    "deep brackets": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "deep ifs": "{% if true %}" * 3000 + "a" + "{% endif %}" * 3000,
    "ten megabytes": "a " * 5_000_000,
    "many facts": '{{ fact("hotline") }}' * 100_000,
    "a fact that is none": "{{ fact('/etc/passwd') }}",
    "a number of a book": "{{ " + "1" * 6_000 + " }}",
    "a number of a book, to the base of sixteen": "{{ 0x" + "f" * 6_000 + " }}",
    "a control character": "a\x01b",
    "words that are read backwards": "đeo \u202egnart uahk\u202c",
    "half a bracket of direction": "đeo \u2067khẩu trang",
    "private letters": "\ue0000\ue001",
}
YAMLS = {
    "alias bomb": "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "deep brackets": "title: " + "[" * 20_000,
    "brackets that would end the process": "title: " + "[" * 125_000,
    "as many that are closed": "title: " + "[" * 125_000 + "]" * 125_000,
    "a number to the base of sixty": "title: 1" + ":1" * 900_000,
    "a fraction to the base of sixty": "title: " + "1:" * 400 + "1.5",
    "a tag that has no day": "title: !!timestamp abc",
    "a tag that has no number": 'title: !!int ""',
    "a tag that says neither yes nor no": "title: !!bool abc",
    "a tag that has no pairs": "title: !!set [a]",
    "a tag under another name": '%TAG ! tag:yaml.org,2002:\n---\ntitle: !int ""',
    "a control character in a title": 'title: "a\\x01b"',
    "a zero in a title": 'title: "a\\0b"',
    "a title that is read backwards": 'title: "\\u202Egnart uahk"',
    "a title of nothing to see": 'title: "\\u2028\\u200B"\ngroup: Cách phòng dịch\nexamples: [đeo khẩu trang]',
    "a title that is a book": "title: " + "a" * 3_000 + "\ngroup: Cách phòng dịch\nexamples: [đeo khẩu trang]",
    "deep indents": "".join(" " * depth + "a:\n" for depth in range(2_000)),
    "python object": "title: !!python/object/apply:os.system ['id']\n",
    "ten megabytes": "title: " + "a" * 10_000_000 + "\n",
    "no text": "\x00\x01",
    "merge key": "title: x\n<<: {a: 1}\n",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> SqliteStore:
    folder = tmp_path_factory.mktemp("attacks")
    store = SqliteStore(folder / "loa.db", Sealer(bytes(32)))
    start(store.versions, read_folder(broken.make(folder / "pack", MESSAGES)), NOON)
    return store


def refused(store: SqliteStore, item: str, text: str) -> None:
    before = head(store.versions, item)
    save(store.versions, before, text, "kẻ xấu", NOON)
    began = time.monotonic()
    with pytest.raises(NotPublishable) as said:
        publish(store.versions, candidate(store.versions), "kẻ xấu", NOON)
    took = time.monotonic() - began
    store.versions.discard([item])
    assert item in {problem.file for problem in said.value.problems}
    assert all(problem.mend and len(str(problem)) < 1_000 for problem in said.value.problems if problem.file == item)
    assert took < SECONDS
    current = store.versions.current()
    assert current is not None
    assert current.number == 1


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_a_template_that_would_harm_is_refused(store: SqliteStore, body: str) -> None:
    refused(store, ANSWER, head(store.versions, ANSWER).text + "\n" + body + "\n")


@pytest.mark.parametrize("text", YAMLS.values(), ids=YAMLS.keys())
def test_a_file_that_would_harm_is_refused(store: SqliteStore, text: str) -> None:
    refused(store, INTENT, text)


def test_a_fact_that_is_a_book_is_refused(store: SqliteStore) -> None:
    text = head(store.versions, FACTS).text.replace("1900 9095", "1900 9095 " + "a" * 100_000)
    refused(store, FACTS, text)


def test_a_whole_draft_still_goes_out_afterwards(store: SqliteStore) -> None:
    before = head(store.versions, ANSWER)
    save(store.versions, before, before.text.replace("**Anh/chị", "**Bà con"), "lan", NOON)
    assert publish(store.versions, candidate(store.versions), "lan", NOON).number == 2
