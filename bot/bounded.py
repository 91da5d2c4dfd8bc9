"""Files from outside, read in bounded memory and time.

Whoever reads such a file checks it as a zip first (sizes as the archive states them, then as they really inflate) and
does the reading in a child process: a limit on its memory and on its seconds holds whatever the parser does, and the
server that asked goes on.
"""

from __future__ import annotations

import importlib
import io
import json
import logging
import os
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.parsers import expat

from .errors import FileRefused

_log = logging.getLogger(__name__)
_MEBIBYTE = 1024 * 1024
_CENTRAL = b"PK\x01\x02"
_BROKEN = "tệp bị hỏng hoặc bị cụt (chép chưa hết)"
_AGAIN = "lấy lại tệp gốc, hoặc mở bằng Excel hay LibreOffice rồi lưu lại"
_HEAVY = "tệp quá nặng để đọc an toàn"
_LIGHTER = "bỏ ảnh, trang và dòng thừa rồi lưu lại, hoặc chia thành tệp nhỏ hơn"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may cost: bytes of the file, of what is inflated, of the child's memory; seconds; entries."""

    file_bytes: int = 10 * _MEBIBYTE
    entries: int = 1000
    entry_bytes: int = 48 * _MEBIBYTE
    inflated_bytes: int = 96 * _MEBIBYTE
    memory_bytes: int = 768 * _MEBIBYTE
    answer_bytes: int = 32 * _MEBIBYTE
    seconds: int = 20


def refuse_size(size: int, limits: Limits) -> None:
    """Raise FileRefused for an empty file and for one that is too large; ask before reading it."""
    if not size:
        raise FileRefused("tệp trống", _AGAIN)
    if size > limits.file_bytes:
        most = limits.file_bytes // _MEBIBYTE
        raise FileRefused(f"tệp nặng {size / _MEBIBYTE:.0f} MB, chỉ nhận tới {most} MB", _LIGHTER)


def unzip(data: bytes, limits: Limits) -> dict[str, bytes]:
    """Every entry of a zip by its name.

    Raises FileRefused if the archive is damaged, locked by a password, has too many entries or one name twice, or if
    what it holds is too large, by its own word or in truth.
    """
    # Counted before the directory is parsed: a directory of a million entries would fill the memory by itself.
    if data.count(_CENTRAL) > limits.entries:
        raise FileRefused(f"tệp gồm hơn {limits.entries} phần", _LIGHTER)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_directory(archive.infolist(), limits)
            return _inflate(archive, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError) as error:
        raise FileRefused(_BROKEN, _AGAIN) from error


def _refuse_directory(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRefused("tệp có mật khẩu", "bỏ mật khẩu rồi lưu lại")
    if len({entry.filename for entry in entries}) != len(entries):
        raise FileRefused(_BROKEN, _AGAIN)
    sizes = [entry.file_size for entry in entries]
    if sum(sizes) > limits.inflated_bytes or max(sizes, default=0) > limits.entry_bytes:
        raise FileRefused(f"{_HEAVY}: bung ra thành {sum(sizes) // _MEBIBYTE} MB", _LIGHTER)


def _inflate(archive: zipfile.ZipFile, limits: Limits) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    left = limits.inflated_bytes
    for entry in archive.infolist():
        with archive.open(entry) as stream:
            found[entry.filename] = stream.read(min(left, limits.entry_bytes) + 1)
        left -= len(found[entry.filename])
        if left < 0 or len(found[entry.filename]) > limits.entry_bytes:
            raise FileRefused(_HEAVY, _LIGHTER)
    return found


def refuse_entities(xml: bytes) -> None:
    """Raise FileRefused for XML that is malformed or that declares a document type, the home of entity bombs."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise FileRefused(_BROKEN, _AGAIN) from error


def _refuse_doctype(*_: object) -> None:
    raise FileRefused("tệp có khai báo lạ bên trong (DOCTYPE)", _AGAIN)


def run_bounded(function: Callable[[bytes], Any], data: bytes, limits: Limits | None = None) -> Any:
    """What a function makes of the bytes, as JSON values, worked out in a child process with limits.

    The function stands at the top of its module, and prints nothing. Raises FileRefused if it does, if the file is too
    large, and if the child needs too much memory or time, or breaks.
    """
    limits = limits or Limits()
    refuse_size(len(data), limits)
    answer = _ask_child(f"{function.__module__}:{function.__name__}", data, limits)
    if "refused" in answer:
        raise FileRefused(*answer["refused"])
    if "broke" in answer:
        _log.warning("reading a file broke: %s in %s", answer["broke"], function.__module__)
        raise FileRefused("không đọc được tệp này", _AGAIN)
    return answer["value"]


def _ask_child(target: str, data: bytes, limits: Limits) -> dict[str, Any]:
    """The child gets neither the environment (it may hold secrets) nor a place to write.

    Libraries of arithmetic that a parser brings along would reserve memory for a thread on every processor.
    """
    numbers = [str(each) for each in (limits.memory_bytes, limits.seconds, limits.answer_bytes)]
    command = [sys.executable, "-P", "-m", "bot.bounded", target, *numbers]
    environment = {"PYTHONPATH": os.pathsep.join(_import_paths()), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    environment |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own module
            command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
            timeout=limits.seconds + 10, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return {"refused": [_HEAVY, _LIGHTER]}
    if done.returncode:  # killed: by its limit of seconds, or short of memory
        _log.warning("reading a file ended with %d in %s", done.returncode, target)
        return {"refused": [_HEAVY, _LIGHTER]}
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _import_paths() -> list[str]:
    """Where this program is imported from, first; then whatever this process was given."""
    here = str(Path(__file__).resolve().parents[1])
    return [here, *(path for path in sys.path if path and path != here)]


def _limit_this_process(memory_bytes: int, seconds: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _child(target: str, memory_bytes: int, seconds: int, answer_bytes: int) -> None:
    module, _, name = target.partition(":")
    _limit_this_process(memory_bytes, seconds)
    answer = _encoded(module, name)
    if len(answer) > answer_bytes:
        answer = json.dumps({"refused": [_HEAVY, _LIGHTER]}).encode()
    sys.stdout.buffer.write(answer)


def _encoded(module: str, name: str) -> bytes:
    try:
        function = getattr(importlib.import_module(module), name)
        answer = {"value": function(sys.stdin.buffer.read())}
    except FileRefused as error:
        answer = {"refused": [error.what, error.mend]}
    except MemoryError:
        answer = {"refused": [_HEAVY, _LIGHTER]}
    except Exception as error:  # the edge of this process: the parent logs the name and answers politely
        answer = {"broke": type(error).__name__}
    return json.dumps(answer).encode()


if __name__ == "__main__":
    _child(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
