"""`data/places.yaml` into places; a number without source and a reference into the void are faults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..core.catalogue import Phone, Place
from ..core.vietnamese import readings
from ..errors import Problem
from .files import Source, parse_as, parts_of
from .schemas import PlaceFile

_INSIDE = ("commune", "border_gate")


def read_places(source: Source, problems: list[Problem]) -> dict[str, Place]:
    """The places of the file by their id; what is wrong is added to `problems`."""
    files: dict[str, PlaceFile] = {}
    for name, part in parts_of(source).items():
        file = parse_as(PlaceFile, part, problems)
        if file:
            files[name] = file
    for name, file in files.items():
        problems.extend(_faults(source, name, file, files))
    problems.extend(_repeated(source, files))
    return {name: _place(name, file, files) for name, file in files.items()}


def _place(name: str, file: PlaceFile, files: Mapping[str, PlaceFile]) -> Place:
    around = files.get(file.district or "")
    phones = tuple(Phone(phone.title, phone.number, phone.source or "", phone.date or "") for phone in file.phones)
    names = tuple(dict.fromkeys((file.name, *file.other_names, *file.communes)))
    border = file.border or bool(around and around.border)
    return Place(name, file.name, file.kind, names, file.district or "", border, phones)


def _faults(source: Source, name: str, file: PlaceFile, files: Mapping[str, PlaceFile]) -> Iterable[Problem]:
    around = files.get(file.district or "")
    if file.kind in _INSIDE and not file.district:
        yield source.problem(f"“{file.name}” chưa ghi thuộc huyện nào", "thêm dòng “district: …”", name, rule="link")
    elif file.district and (around is None or around.kind in _INSIDE):
        mend = "chọn trong: " + ", ".join(each for each in files if files[each].kind not in _INSIDE)
        yield source.problem(f"không có huyện “{file.district}”", mend, name, "district", rule="link")
    for index, phone in enumerate(file.phones):
        if not phone.source:
            what = f"số điện thoại “{phone.title}” của “{file.name}” không có nguồn"
            yield source.problem(what, "điền source (ai xác nhận, văn bản nào), hoặc xoá số", name, "phones", index)
        if not any(char.isdigit() for char in phone.number):
            what = f"số điện thoại “{phone.title}” của “{file.name}” không có chữ số"
            yield source.problem(what, "viết number là số gọi được", name, "phones", index)


def _repeated(source: Source, files: Mapping[str, PlaceFile]) -> Iterable[Problem]:
    """Two places of one name would answer each other's questions."""
    seen: dict[tuple[str, ...], str] = {}
    for name, file in files.items():
        for called in dict.fromkeys((file.name, *file.other_names, *file.communes)):
            key = readings(called)[0].accented
            first = seen.setdefault(key, name)
            if not key:
                mend = "viết tên bằng chữ, hoặc xoá dòng này"
                yield source.problem(f"tên trống ở “{file.name}”", mend, name, rule="empty")
            elif first != name:
                what = f"tên “{called}” cũng là tên của “{files[first].name}”"
                yield source.problem(what, "giữ tên ấy ở một nơi, nơi kia viết rõ hơn", name, rule="repeated")
