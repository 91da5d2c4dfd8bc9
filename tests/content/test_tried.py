"""Checks as the bot answers them, by one process or two."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import yaml

from bot.content.checking import check_loaded
from bot.content.loading import load_with_sources
from tests.content import broken

ROOT = Path(__file__).parent.parent.parent
WRONG = "bóng đá tối nay mấy giờ"


def test_a_big_pack_has_the_same_faults_whether_a_second_process_helps_or_not(tmp_path: Path) -> None:
    """More checks than are worth splitting for, every third of which misses; a thread keeps the process whole."""
    pack = broken.make(tmp_path / "pack", ROOT / "responses/vi/_messages.yaml")
    path = pack / "intents/mask.yaml"
    values = yaml.safe_load(path.read_text(encoding="utf8"))
    right = values["checks"][0]
    values["checks"] = [WRONG if at % 3 == 0 else f"{right} {'ạ ' * (at % 7)}".strip() for at in range(900)]
    path.write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf8")
    loaded = load_with_sources(pack)
    with ThreadPoolExecutor(1) as pool:
        alone = pool.submit(check_loaded, loaded).result()
    together = check_loaded(loaded)
    assert alone == together
    missed = [problem for problem in together.problems if problem.rule == "check"]
    assert len(missed) == 300
    assert all(WRONG in problem.what and problem.file == "intents/mask.yaml" for problem in missed)


def test_a_check_outside_the_scope_that_is_answered_is_a_fault(tmp_path: Path) -> None:
    pack = broken.make(tmp_path / "pack", ROOT / "responses/vi/_messages.yaml")
    mask = yaml.safe_load((pack / "intents/mask.yaml").read_text(encoding="utf8"))
    path = pack / "intents/_out_of_scope.yaml"
    values = yaml.safe_load(path.read_text(encoding="utf8"))
    group = next(iter(values["groups"]))
    values["groups"][group]["checks"] = [mask["examples"][0], WRONG]
    path.write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf8")
    (found,) = [each for each in check_loaded(load_with_sources(pack)).problems if each.rule == "check"]
    assert found.file == "intents/_out_of_scope.yaml"
    assert mask["examples"][0] in found.what
    assert "mask" in found.what
