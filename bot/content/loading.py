"""The content folders into one Catalogue; every fault is found in one pass, with file and line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo, available_timezones

from ..core.catalogue import Answer, Catalogue, Danger, Fact, Intent, Pack, Place
from ..core.concepts import Concept
from ..core.directives import Clause, Directive
from ..core.reply import Block, Span
from ..core.report_frame import ReportFrame
from ..core.templates import Grounds, Rendered
from ..errors import ContentError, Problem, TemplateError
from .faults import (
    MOST_LETTERS_OF_A_FACT,
    concept_faults,
    fact_faults,
    front_faults,
    intent_faults,
    message_faults,
    nearest_name,
    pack_faults,
)
from .files import Source, parse_as, read
from .places import read_places
from .rendering import Rendering, rendering_on
from .replacing import supersedes_faults, validity_faults
from .report_frame import read_report
from .schemas import (
    ConceptsFile,
    DangerFile,
    DirectiveFront,
    FactFile,
    IntentFile,
    OutOfScopeFile,
    PackFile,
    ResponseFront,
)
from .tree import Texts, read_folder

LANGUAGE = "vi"
_ZONE = "Asia/Ho_Chi_Minh"
# Two packs of 350 subjects.
_INTENTS_KEPT = 1024
_FACTS_KEPT = 8
_CLAUSE_HEADING = re.compile(r"^## +(\S+)[ \t]*$", re.MULTILINE)


@dataclass(slots=True)
class _Loader:
    """One pass over the folders; gathers problems instead of stopping at the first."""

    texts: Texts
    problems: list[Problem] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)

    def source(self, name: str) -> Source:
        source = read(name, self.texts.get(name), self.problems)
        self.sources[name] = source
        return source

    def folder(self, name: str, suffix: str) -> list[PurePosixPath]:
        paths = [PurePosixPath(text) for text in sorted(self.texts) if text.endswith(suffix)]
        found = [path for path in paths if path.parent == PurePosixPath(name) and not path.name.startswith("_")]
        if not found:
            self.problems.append(Problem(name, 1, "thư mục trống hoặc không có", "chép lại thư mục nội dung", "empty"))
        return found

    def directives(self) -> dict[str, Directive]:
        found: dict[str, Directive] = {}
        for path in self.folder("data/directives", ".md"):
            source = self.source(str(path))
            front = parse_as(DirectiveFront, source, self.problems)
            if not front:
                continue
            if front.id in found:
                self.problems.append(source.problem(f"mã văn bản “{front.id}” bị trùng", "đặt mã khác", "id"))
            found[front.id] = _directive(front, source, self.problems)
            self.problems.extend(validity_faults(source, front))
        self.problems.extend(supersedes_faults(found, self.sources.values()))
        return found

    def facts(self) -> dict[str, Fact]:
        name = "data/facts.yaml"
        self.source(name)
        found, problems = _facts(name, self.texts.get(name))
        self.problems.extend(problems)
        return dict(found)

    def places(self) -> dict[str, Place]:
        """The places of the pack; a pack may have none."""
        name = "data/places.yaml"
        return read_places(self.source(name), self.problems) if name in self.texts else {}

    def pack(self, facts: Mapping[str, Fact]) -> Pack | None:
        source = self.source("data/pack.yaml")
        file = parse_as(PackFile, source, self.problems)
        if not file:
            return None
        self.problems.extend(pack_faults(source, file, facts))
        hotlines = (*file.contacts.hotlines, *file.contacts.local)
        return Pack(
            file.name, file.bot_name, file.province, file.languages, file.groups, file.as_of, file.timezone, hotlines,
            file.contacts.emergency, file.names,
        )  # fmt: skip

    def intents(self, groups: tuple[str, ...]) -> dict[str, Intent]:
        found: dict[str, Intent] = {}
        for path in self.folder("intents", ".yaml"):
            self.source(str(path))
            intent, problems = _intent(str(path), self.texts[str(path)], groups)
            self.problems.extend(problems)
            if intent:
                found[path.stem] = intent
        for intent in found.values():
            source = self.sources[f"intents/{intent.id}.yaml"]
            for index, name in enumerate(intent.related):
                if name not in found:
                    mend = nearest_name(name, found)
                    what = f"chủ đề liên quan “{name}” không có"
                    self.problems.append(source.problem(what, mend, "related", index, rule="link"))
        return found

    def answers(self, intents: Iterable[Intent], rendering: Rendering, pack: Pack) -> dict[str, Answer]:
        found = {}
        for intent in intents:
            name = f"responses/{LANGUAGE}/{intent.id}.md"
            if name not in self.texts:
                self.problems.append(Problem(name, 1, "chủ đề này chưa có mẫu trả lời", "viết tệp này", "missing"))
                continue
            source = self.source(name)
            front = parse_as(ResponseFront, source, self.problems)
            self.problems.extend(front_faults(self.texts, source, front))
            answer = _answer(intent, source, rendering, self.problems)
            if answer and front:
                found[intent.id] = fronted(answer, front, pack.timezone)
        self.problems.extend(self._orphans(found, pack))
        return found

    def _orphans(self, known: Mapping[str, Answer], pack: Pack) -> Iterable[Problem]:
        for language in pack.languages:
            for path in self.folder(f"responses/{language}", ".md"):
                if path.stem not in known and f"intents/{path.stem}.yaml" not in self.texts:
                    yield Problem(
                        str(path), 1, "mẫu trả lời không thuộc chủ đề nào", f"viết intents/{path.stem}.yaml", "link"
                    )

    def messages(self, rendering: Rendering) -> dict[str, str]:
        source = self.source(f"responses/{LANGUAGE}/_messages.yaml")
        self.problems.extend(message_faults(source, rendering.message))
        return {key: value for key, value in source.values.items() if isinstance(value, str)}

    def out_of_scope(self) -> OutOfScopeFile:
        file = parse_as(OutOfScopeFile, self.source("intents/_out_of_scope.yaml"), self.problems)
        return file or OutOfScopeFile(groups={})

    def concepts(self) -> tuple[Concept, ...]:
        """The concepts of the pack; a pack may have none."""
        name = "intents/_concepts.yaml"
        if name not in self.texts:
            return ()
        source = self.source(name)
        file = parse_as(ConceptsFile, source, self.problems) or ConceptsFile(concepts={})
        found = tuple(Concept(name, concept.title, concept.forms) for name, concept in file.concepts.items())
        self.problems.extend(concept_faults(source, found))
        return found

    def without_answers(self) -> Catalogue | None:
        """Everything but the answers; None where there is no pack."""
        directives, facts, places = self.directives(), self.facts(), self.places()
        pack = self.pack(facts)
        intents, outside, danger = self.intents(pack.groups if pack else ()), self.out_of_scope(), self.danger()
        concepts = self.concepts()
        if pack is None:
            return None
        return Catalogue(
            release=release_name(self.texts), pack=pack, directives=directives, facts=facts, intents=intents,
            answers={}, messages=self.messages(rendering_on(Grounds(directives, facts, pack.as_of))),
            danger=Danger(danger.signs, danger.unless, danger.checks, danger.calm),
            out_of_scope={name: group.examples for name, group in outside.groups.items()},
            out_of_scope_checks=tuple(check for group in outside.groups.values() for check in group.checks),
            out_of_scope_titles={name: group.title for name, group in outside.groups.items()},
            places=places, concepts=concepts, report=self.report(directives),
        )  # fmt: skip

    def report(self, directives: Mapping[str, Directive]) -> ReportFrame | None:
        """The frame of the report on results; a pack may have none."""
        name = f"responses/{LANGUAGE}/_report.yaml"
        return read_report(self.source(name), directives, self.problems) if name in self.texts else None

    def danger(self) -> DangerFile:
        file = parse_as(DangerFile, self.source("intents/_danger.yaml"), self.problems)
        return file or DangerFile(signs=())


@lru_cache(_FACTS_KEPT)
def _facts(name: str, data: bytes | None) -> tuple[Mapping[str, Fact], tuple[Problem, ...]]:
    """The facts of a file and what is wrong with each; the same bytes are taken apart once."""
    problems: list[Problem] = []
    parts = parts_of(read(name, data, []))
    found = {each: read_fact(part, each, problems) for each, part in parts.items()}
    return {each: fact for each, fact in found.items() if fact}, tuple(problems)


def read_fact(part: Source, name: str, problems: list[Problem]) -> Fact | None:
    """One fact, from its part of `data/facts.yaml`; None, with a problem for each fault, where it cannot be read."""
    entry = parse_as(FactFile, part, problems)
    if entry is None:
        return None
    problems.extend(fact_faults(part, entry))
    return _fact(name, entry)


def parts_of(source: Source) -> dict[str, Source]:
    """What stands below each top key of a file, as a file of its own whose lines are those of the whole."""
    lines: dict[str | int, dict[tuple[str | int, ...], int]] = {name: {} for name in source.values}
    for path, line in source.lines.items():
        if path and path[0] in lines:
            lines[path[0]][path[1:]] = line
    return {
        name: Source(source.name, values if isinstance(values, dict) else {}, lines[name])
        for name, values in source.values.items()
    }


@lru_cache(_INTENTS_KEPT)
def _intent(name: str, data: bytes, groups: tuple[str, ...]) -> tuple[Intent | None, tuple[Problem, ...]]:
    """A subject and what is wrong with its file by itself; the same bytes are taken apart once."""
    problems: list[Problem] = []
    source = read(name, data, [])
    file = parse_as(IntentFile, source, problems)
    if file is None:
        return None, tuple(problems)
    problems.extend(intent_faults(source, file, groups))
    values = {key: getattr(file, key) for key in IntentFile.model_fields}
    return Intent(PurePosixPath(name).stem, **values), tuple(problems)


def _fact(name: str, entry: FactFile) -> Fact:
    origin = entry.source
    confirmed = entry.confirmed.model_dump() if entry.confirmed else {}
    return Fact(
        name, entry.title, (entry.value or "")[:MOST_LETTERS_OF_A_FACT], entry.kind, entry.state,
        source_title=origin.title if origin else "", source_url=(origin.url or "") if origin else "",
        source_date=(origin.date or "") if origin else "",
        valid_from=entry.valid_from or "", valid_until=entry.valid_until or "", seen=entry.seen or "",
        **{f"confirmed_{key}": value for key, value in confirmed.items()},
    )  # fmt: skip


def _end(expires: str | None, timezone: str) -> datetime | None:
    """The first moment at which an answer no longer holds; of a day, the beginning of the next."""
    if not expires:
        return None
    # A time zone that does not exist is a problem of the pack, which is not served then.
    zone = ZoneInfo(timezone if timezone in available_timezones() else "UTC")
    moment = datetime.fromisoformat(expires).replace(tzinfo=zone)
    return moment if " " in expires else moment + timedelta(days=1)


def _directive(front: DirectiveFront, source: Source, problems: list[Problem]) -> Directive:
    pieces = _CLAUSE_HEADING.split(source.body)
    paths, texts = pieces[1::2], pieces[2::2]
    if not paths:
        problems.append(
            Problem(source.name, source.body_line, "văn bản không có mục nào", "viết “## 1” trước mục 1", "empty")
        )
    for path in {path for path in paths if paths.count(path) > 1}:
        problems.append(Problem(source.name, source.body_line, f"mục “{path}” bị trùng", "đặt số mục khác", "schema"))
    clauses = tuple(Clause(front.id, path, text.strip()) for path, text in zip(paths, texts, strict=True))
    cites = tuple(cited.model_dump() for cited in front.cites)
    return Directive(
        front.id, front.title, front.number, front.date, front.year, front.issuer, front.signer, front.subject,
        clauses, front.addressees, cites, front.supersedes, front.effective, front.expires, front.review_by,
        front.short_title, front.source_notes, front.agency_only,
    )  # fmt: skip


def directive_of(source: Source) -> Directive | None:
    """The directive of one file alone, such as a draft; None where it cannot be read as one."""
    problems: list[Problem] = []
    front = parse_as(DirectiveFront, source, problems)
    return _directive(front, source, problems) if front else None


def _answer(intent: Intent, source: Source, rendering: Rendering, problems: list[Problem]) -> Answer | None:
    """The answer of a response that renders; where it does not, a problem says why."""
    try:
        rendered = rendering.body(source.body)
    except TemplateError as error:
        line = source.body_line + error.line - 1
        problems.append(Problem(source.name, line, error.what, error.mend, "template"))
        return None
    if not rendered.blocks:
        problems.append(Problem(source.name, source.body_line, "mẫu trả lời trống", "viết câu trả lời", "empty"))
    if not intent.small_talk and not any(citation.quote for citation in rendered.citations):
        mend = 'thêm {% quote "…" %}…{% endquote %}'
        problems.append(Problem(source.name, source.body_line, "câu trả lời không trích văn bản nào", mend, "quote"))
    return answer_of(intent.id, rendered, rendering.grounds)


def answer_of(intent: str, rendered: Rendered, grounds: Grounds) -> Answer:
    """A rendered response as an answer: its last line says where everything is from."""
    return Answer(intent, (*rendered.blocks, *source_line(rendered, grounds)), rendered.citations, rendered.facts)


def fronted(answer: Answer, front: ResponseFront, timezone: str) -> Answer:
    """The answer with what its front matter says of when it may be shown."""
    end = _end(front.expires, timezone)
    return replace(answer, when_old=front.when_old, expires=end, withdrawn=front.withdrawn)


def source_line(rendered: Rendered, grounds: Grounds) -> tuple[Block, ...]:
    """The last line of an answer: directive, clauses and date, then where its facts are from."""
    clauses: dict[str, list[str]] = {}
    for citation in rendered.citations:
        labels = clauses.setdefault(citation.directive, [])
        label = Clause(citation.directive, citation.clause, "").label
        if label not in labels:
            labels.append(label)
    parts = [f"{grounds.directives[name].title}, {', '.join(labels)}" for name, labels in clauses.items()]
    parts += _origins([grounds.facts[name] for name in rendered.facts])
    return (Block("source", (Span("Nguồn: " + "; ".join(parts) + "."),)),) if parts else ()


def _origins(facts: Iterable[Fact]) -> list[str]:
    """Where facts are from; several articles of one law stand behind its name, which is said once."""
    laws: dict[str, tuple[Fact, list[str]]] = {}
    for fact in facts:
        law, _, article = fact.source_title.partition(", ")
        first, articles = laws.setdefault(law, (fact, []))
        if article and article not in articles:
            articles.append(article)
    found = []
    for law, (first, articles) in laws.items():
        whole = replace(first, source_title=law).origin if len(articles) != 1 else first.origin
        found.append(f"{whole}: {', '.join(articles)}" if len(articles) > 1 else whole)
    return [origin for origin in found if origin]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A catalogue and the files it was read from, by name, so that a check can say where something stands."""

    catalogue: Catalogue
    sources: Mapping[str, Source]


def load(root: Path) -> Catalogue:
    """The catalogue of a folder; raises ContentError as `load_texts` does."""
    return load_with_sources(root).catalogue


def load_with_sources(root: Path) -> Loaded:
    """Read `intents/`, `responses/` and `data/` under a folder; raises ContentError as `load_texts` does."""
    return load_texts(read_folder(root))


def load_texts(texts: Texts) -> Loaded:
    """The catalogue of these texts.

    Raises ContentError with every problem found, sorted by file and line.
    """
    loader = _Loader(texts)
    catalogue = loader.without_answers()
    if catalogue is None:
        raise ContentError(sorted(set(loader.problems)))
    rendering = rendering_on(Grounds(catalogue.directives, catalogue.facts, catalogue.pack.as_of))
    answers = loader.answers(catalogue.intents.values(), rendering, catalogue.pack)
    if loader.problems:
        raise ContentError(sorted(set(loader.problems)))
    return Loaded(replace(catalogue, answers=answers), loader.sources)


def load_directives(texts: Texts) -> Mapping[str, Directive]:
    """The directives alone, as far as they can be read."""
    return _Loader(texts).directives()


def load_ground(texts: Texts) -> Catalogue | None:
    """What answers rest on, as far as it can be read: a catalogue without answers, to write one of them against.

    None where not even the pack can be read. Faults are left out here; `load_texts` names them.
    """
    return _Loader(texts).without_answers()


def load_answer(texts: Texts, intent: str) -> tuple[Block, ...] | None:
    """The blocks of one answer, None where there is none; of the texts only what it rests on is read.

    Raises ContentError with every problem of that.
    """
    name = f"responses/{LANGUAGE}/{intent}.md"
    if intent.startswith("_") or name not in texts:
        return None
    loader = _Loader(texts)
    directives, facts = loader.directives(), loader.facts()
    pack, source = loader.pack(facts), loader.source(name)
    if pack is None or loader.problems:
        raise ContentError(sorted(set(loader.problems)))
    rendering = rendering_on(Grounds(directives, facts, pack.as_of))
    try:
        rendered = rendering.body(source.body)
    except TemplateError as error:
        line = source.body_line + error.line - 1
        raise ContentError([Problem(name, line, error.what, error.mend, "template")]) from None
    return (*rendered.blocks, *source_line(rendered, rendering.grounds))


def zone_of(texts: Texts) -> str:
    """The time zone that a pack names; Viet Nam's where it cannot be read."""
    values = read("data/pack.yaml", texts.get("data/pack.yaml"), []).values
    zone = values.get("timezone")
    return zone if isinstance(zone, str) and zone in available_timezones() else _ZONE


def release_name(texts: Texts) -> str:
    """A name for exactly these texts."""
    digest = hashlib.sha256()
    for name in sorted(texts):
        digest.update(f"{name}\0{len(texts[name])}\0".encode())
        digest.update(texts[name])
    return digest.hexdigest()[:12]
