"""What is published in one process is answered from in another, and how long that took is measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.publishing import Answering, publisher
from bot.content.tree import Texts, read_folder
from tests.content import broken
from tests.engines import Base

ROOT = Path(__file__).parent.parent.parent
ANSWER = "responses/vi/mask.md"


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    return read_folder(broken.make(tmp_path / "pack", ROOT / "responses/vi/_messages.yaml"))


def test_one_edit_after_another_goes_live_from_the_same_texts(tmp_path: Path, base: Base, texts: Texts) -> None:
    """Of both engines; the second edit is not on top of the first one."""
    edits = [{**texts, ANSWER: texts[ANSWER] + f"\nLần {number}.\n".encode()} for number in range(2)]
    fewer = {name: data for name, data in texts.items() if name != "data/places.yaml"}
    with publisher(tmp_path, base.url) as publish:
        for edited in (*edits, fewer):
            assert 0.0 < publish(texts, edited) < 10.0


def test_a_process_that_cannot_answer_is_told(tmp_path: Path) -> None:
    answering = Answering({"LOA_DATABASE_URL": f"sqlite:///{tmp_path}/none/loa.db", "LOA_VAR_DIR": str(tmp_path)})
    with pytest.raises(RuntimeError):
        answering.since("x")
    answering.stop()
