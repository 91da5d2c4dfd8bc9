"""The content folders into one Catalogue; every fault is found in one pass, with file and line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from zoneinfo import available_timezones

from ..core.catalogue import Answer, Catalogue, Danger, Fact, Intent, Pack, Place
from ..core.concepts import Concept
from ..core.directives import Clause, Directive
from ..core.messages import COMMON, SENTENCES
from ..core.reply import Block, Span
from ..core.templates import Grounds, Rendered, render
from ..core.vietnamese import clean
from ..errors import ContentError, Problem, TemplateError
from .files import Source, parse_as, read
from .places import read_places
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

LANGUAGE = "vi"
# What Telegram takes: descriptions of commands and of the bot itself.
_LONGEST = {name: 256 for name in SENTENCES if name.startswith("command_")} | {"about_short": 120, "about_long": 512}
_ADDRESS = re.compile(r"https?://[^\s/.]+(?:\.[^\s/.]+)+(?:[/?#]\S*)?")
_CLAUSE_HEADING = re.compile(r"^## +(\S+)[ \t]*$", re.MULTILINE)


@dataclass(slots=True)
class _Loader:
    """One pass over the folders; gathers problems instead of stopping at the first."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    read_files: dict[str, bytes] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)

    def source(self, path: Path) -> Source:
        source = read(path, self.root, self.problems)
        self.sources[source.name] = source
        if path.is_file():
            self.read_files[source.name] = path.read_bytes()
        return source

    def folder(self, name: str, pattern: str) -> list[Path]:
        found = sorted(path for path in (self.root / name).glob(pattern) if not path.name.startswith(("_", ".")))
        found = [path for path in found if path.name != "README.md"]
        if not found:
            self.problems.append(Problem(name, 1, "thư mục trống hoặc không có", "chép lại thư mục nội dung", "empty"))
        return found

    def directives(self) -> dict[str, Directive]:
        found: dict[str, Directive] = {}
        for path in self.folder("data/directives", "*.md"):
            source = self.source(path)
            front = parse_as(DirectiveFront, source, self.problems)
            if not front:
                continue
            if front.id in found:
                self.problems.append(source.problem(f"mã văn bản “{front.id}” bị trùng", "đặt mã khác", "id"))
            found[front.id] = _directive(front, source, self.problems)
        return found

    def facts(self) -> dict[str, Fact]:
        source = self.source(self.root / "data/facts.yaml")
        found: dict[str, Fact] = {}
        for name, values in source.values.items():
            part = _part(source, name, values)
            entry = parse_as(FactFile, part, self.problems)
            if entry:
                found[name] = _fact(name, entry)
                self.problems.extend(_fact_faults(part, entry))
        return found

    def places(self) -> dict[str, Place]:
        """The places of the pack; a pack may have none."""
        path = self.root / "data/places.yaml"
        return read_places(self.source(path), self.problems) if path.is_file() else {}

    def pack(self, facts: Mapping[str, Fact]) -> Pack | None:
        source = self.source(self.root / "data/pack.yaml")
        file = parse_as(PackFile, source, self.problems)
        if not file:
            return None
        self.problems.extend(_pack_faults(source, file, facts))
        hotlines = (*file.contacts.hotlines, *file.contacts.local)
        return Pack(
            file.name, file.bot_name, file.province, file.languages, file.groups, file.as_of, file.timezone, hotlines,
            file.contacts.emergency, file.names,
        )  # fmt: skip

    def intents(self, groups: tuple[str, ...]) -> dict[str, Intent]:
        found: dict[str, Intent] = {}
        for path in self.folder("intents", "*.yaml"):
            source = self.source(path)
            file = parse_as(IntentFile, source, self.problems)
            if file:
                found[path.stem] = Intent(path.stem, **{key: getattr(file, key) for key in IntentFile.model_fields})
                self.problems.extend(_intent_faults(source, file, groups))
        for intent in found.values():
            source = self.sources[f"intents/{intent.id}.yaml"]
            for index, name in enumerate(intent.related):
                if name not in found:
                    mend = _nearest(name, found)
                    what = f"chủ đề liên quan “{name}” không có"
                    self.problems.append(source.problem(what, mend, "related", index, rule="link"))
        return found

    def answers(self, intents: Iterable[Intent], grounds: Grounds, pack: Pack) -> dict[str, Answer]:
        found = {}
        for intent in intents:
            path = self.root / "responses" / LANGUAGE / f"{intent.id}.md"
            if not path.is_file():
                name = f"responses/{LANGUAGE}/{intent.id}.md"
                self.problems.append(Problem(name, 1, "chủ đề này chưa có mẫu trả lời", "viết tệp này", "missing"))
                continue
            source = self.source(path)
            self.problems.extend(_front_faults(self.root, source, parse_as(ResponseFront, source, self.problems)))
            answer = _answer(intent, source, grounds, self.problems)
            if answer:
                found[intent.id] = answer
        self.problems.extend(self._orphans(found, pack))
        return found

    def _orphans(self, known: Mapping[str, Answer], pack: Pack) -> Iterable[Problem]:
        for language in pack.languages:
            for path in self.folder(f"responses/{language}", "*.md"):
                if path.stem not in known and not (self.root / "intents" / f"{path.stem}.yaml").is_file():
                    name = path.relative_to(self.root).as_posix()
                    yield Problem(
                        name, 1, "mẫu trả lời không thuộc chủ đề nào", f"viết intents/{path.stem}.yaml", "link"
                    )

    def messages(self, grounds: Grounds) -> dict[str, str]:
        source = self.source(self.root / "responses" / LANGUAGE / "_messages.yaml")
        self.problems.extend(_message_faults(source, grounds))
        return {key: value for key, value in source.values.items() if isinstance(value, str)}

    def out_of_scope(self) -> OutOfScopeFile:
        file = parse_as(OutOfScopeFile, self.source(self.root / "intents/_out_of_scope.yaml"), self.problems)
        return file or OutOfScopeFile(groups={})

    def concepts(self) -> tuple[Concept, ...]:
        """The concepts of the pack; a pack may have none."""
        path = self.root / "intents/_concepts.yaml"
        if not path.is_file():
            return ()
        source = self.source(path)
        file = parse_as(ConceptsFile, source, self.problems) or ConceptsFile(concepts={})
        found = tuple(Concept(name, concept.title, concept.forms) for name, concept in file.concepts.items())
        self.problems.extend(_concept_faults(source, found))
        return found

    def danger(self) -> DangerFile:
        file = parse_as(DangerFile, self.source(self.root / "intents/_danger.yaml"), self.problems)
        return file or DangerFile(signs=())


def _concept_faults(source: Source, concepts: Iterable[Concept]) -> Iterable[Problem]:
    """Concepts without forms, and forms without a word or in two concepts, which would say nothing apart."""
    seen: dict[str, str] = {}
    for concept in concepts:
        where = ("concepts", concept.id, "forms")
        if not concept.forms:
            yield source.problem(
                f"khái niệm “{concept.title}” chưa có từ nào", "thêm từ, hoặc bỏ", *where, rule="empty"
            )
        for index, form in enumerate(concept.forms):
            other = seen.setdefault(clean(form).casefold(), concept.title)
            if other != concept.title:
                what = f"từ “{form}” đã có ở khái niệm “{other}”"
                yield source.problem(what, "giữ ở một khái niệm", *where, index, rule="repeated")
            elif not any(letter.isalnum() for letter in form):
                yield source.problem(f"“{form}” không phải là từ", "viết từ, hoặc xoá", *where, index, rule="empty")


def _nearest(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), n=1)
    return f"có phải “{near[0]}”?" if near else "sửa mục related"


def _front_faults(root: Path, source: Source, front: ResponseFront | None) -> Iterable[Problem]:
    """A recording that an answer names has to be there, beside the answers and nowhere else."""
    if front is None or front.audio is None:
        return
    folder = (root / source.name).parent
    path = (folder / front.audio).resolve()
    if not (path.is_file() and path.is_relative_to(folder.resolve())):
        mend = (
            f"đặt tệp vào {folder.relative_to(root).as_posix()}/audio/ rồi ghi “audio: audio/tên_tệp”, hoặc bỏ dòng này"
        )
        yield source.problem(f"không có bản ghi âm “{front.audio}”", mend, "audio", rule="audio")


def _message_faults(source: Source, grounds: Grounds) -> Iterable[Problem]:
    """Sentences that are missing, unknown, not text, or that do not render with their variables."""
    for name in SENTENCES.keys() - source.values.keys():
        yield source.problem(f"thiếu câu “{name}”", f"thêm dòng “{name}: …”", rule="missing")
    for name, text in source.values.items():
        if name not in SENTENCES:
            near = get_close_matches(name, SENTENCES, n=1)
            yield source.problem(f"không có câu nào tên “{name}”", f"có phải “{near[0]}”?" if near else "xoá", name)
        elif not isinstance(text, str):
            yield source.problem(f"“{name}” phải là chữ", "đặt trong dấu ngoặc kép", name)
        elif not text.strip():
            yield source.problem(f"câu “{name}” trống", "viết câu này", name, rule="empty")
        elif len(text) > _LONGEST.get(name.removesuffix("_en"), len(text)):
            most = _LONGEST[name.removesuffix("_en")]
            yield source.problem(
                f"câu “{name}” dài {len(text)} chữ, Telegram nhận {most}", "rút ngắn", name, rule="length"
            )
        elif not name.startswith("page_"):
            try:
                render(text, grounds, dict.fromkeys((*COMMON, *SENTENCES[name]), "x"))
            except TemplateError as error:
                yield source.problem(f"{name}: {error.what}", error.mend, name, rule="template")


def _pack_faults(source: Source, file: PackFile, facts: Mapping[str, Fact]) -> Iterable[Problem]:
    contacts = file.contacts
    for key, names in (("hotlines", contacts.hotlines), ("local", contacts.local), ("emergency", contacts.emergency)):
        for name in names:
            if name not in facts:
                yield source.problem(f"không có dữ kiện “{name}”", "xem tên trong data/facts.yaml", "contacts", key)
    if file.timezone not in available_timezones():
        yield source.problem(f"không có múi giờ “{file.timezone}”", "viết Asia/Ho_Chi_Minh", "timezone")


def _part(source: Source, name: str, values: object) -> Source:
    lines = {path[1:]: line for path, line in source.lines.items() if path[:1] == (name,)}
    return Source(source.name, values if isinstance(values, dict) else {}, lines)


def _fact(name: str, entry: FactFile) -> Fact:
    origin = entry.source
    return Fact(
        name, entry.title, entry.value or "", entry.kind, entry.state,
        source_title=origin.title if origin else "", source_url=(origin.url or "") if origin else "",
        source_date=(origin.date or "") if origin else "",
        valid_from=entry.valid_from or "", valid_until=entry.valid_until or "",
    )  # fmt: skip


def _fact_faults(source: Source, entry: FactFile) -> Iterable[Problem]:
    if entry.state != "missing" and not entry.value:
        yield source.problem(
            f"dữ kiện “{entry.title}” không có giá trị", "điền value, hoặc đặt state: missing", "value"
        )
    if entry.state == "sourced" and not (entry.source and entry.source.title):
        yield source.problem(f"dữ kiện “{entry.title}” không có nguồn", "điền source.title và ngày", "state")
    if entry.kind == "link" and entry.value and not _ADDRESS.fullmatch(entry.value):
        yield source.problem(
            f"địa chỉ “{entry.value}” không mở được", "viết đủ, ví dụ https://bluezone.gov.vn", "value", rule="link"
        )
    if entry.state == "missing" and entry.value:
        yield source.problem(
            f"dữ kiện “{entry.title}” còn thiếu mà lại có giá trị", "xoá value cho tới khi có nguồn", "value"
        )


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


def _intent_faults(source: Source, file: IntentFile, groups: tuple[str, ...]) -> Iterable[Problem]:
    if not file.examples:
        yield source.problem("chủ đề không có câu mẫu", "thêm câu mẫu vào examples", "examples", rule="empty")
    if not file.small_talk and not file.group:
        yield source.problem("chủ đề chưa thuộc nhóm nào", "thêm dòng “group: …”", rule="schema")
    elif not file.small_talk and file.group not in groups:
        mend = "thêm nhóm vào data/pack.yaml, hoặc chọn trong: " + "; ".join(groups)
        yield source.problem(f"không có nhóm “{file.group}”", mend, "group")
    for index, name in enumerate(file.related):
        if name == Path(source.name).stem or name in file.related[:index]:
            yield source.problem(
                f"nút “{name}” trỏ về chính nó hoặc bị lặp", "bỏ tên này", "related", index, rule="link"
            )
    learned = {text.casefold() for text in file.examples}
    for index, check in enumerate(file.checks):
        if check.casefold() in learned:
            yield source.problem(
                f"câu kiểm “{check}” cũng là câu mẫu", "bỏ một trong hai", "checks", index, rule="check"
            )


def _answer(intent: Intent, source: Source, grounds: Grounds, problems: list[Problem]) -> Answer | None:
    try:
        rendered = render(source.body, grounds)
    except TemplateError as error:
        line = source.body_line + error.line - 1
        problems.append(Problem(source.name, line, error.what, error.mend, "template"))
        return None
    if not rendered.blocks:
        problems.append(Problem(source.name, source.body_line, "mẫu trả lời trống", "viết câu trả lời", "empty"))
    if not intent.small_talk and not any(citation.quote for citation in rendered.citations):
        mend = 'thêm {% quote "…" %}…{% endquote %}'
        problems.append(Problem(source.name, source.body_line, "câu trả lời không trích văn bản nào", mend, "quote"))
    blocks = (*rendered.blocks, *source_line(rendered, grounds))
    return Answer(intent.id, blocks, rendered.citations, rendered.facts)


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

    root: Path
    catalogue: Catalogue
    sources: Mapping[str, Source]


def load(root: Path) -> Catalogue:
    """The catalogue of a folder; raises ContentError as `load_with_sources` does."""
    return load_with_sources(root).catalogue


def load_with_sources(root: Path) -> Loaded:
    """Read `intents/`, `responses/` and `data/` under a folder.

    Raises ContentError with every problem found, sorted by file and line.
    """
    loader = _Loader(root)
    directives, facts, places = loader.directives(), loader.facts(), loader.places()
    pack = loader.pack(facts)
    intents, outside, danger = loader.intents(pack.groups if pack else ()), loader.out_of_scope(), loader.danger()
    concepts = loader.concepts()
    if pack is None:
        raise ContentError(sorted(set(loader.problems)))
    grounds = Grounds(directives, facts, pack.as_of)
    answers, messages = loader.answers(intents.values(), grounds, pack), loader.messages(grounds)
    if loader.problems:
        raise ContentError(sorted(set(loader.problems)))
    catalogue = Catalogue(
        release=_digest(loader.read_files), pack=pack, directives=directives, facts=facts, intents=intents,
        answers=answers, messages=messages, danger=Danger(danger.signs, danger.unless, danger.checks, danger.calm),
        out_of_scope={name: group.examples for name, group in outside.groups.items()},
        out_of_scope_checks=tuple(check for group in outside.groups.values() for check in group.checks),
        places=places, concepts=concepts,
    )  # fmt: skip
    return Loaded(root, catalogue, loader.sources)


def _digest(files: Mapping[str, bytes]) -> str:
    """A name for exactly these texts."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{len(files[name])}\0".encode())
        digest.update(files[name])
    return digest.hexdigest()[:12]
