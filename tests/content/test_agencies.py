"""Why no answer needs a clause, noted in the file of its directive."""

from __future__ import annotations

import pytest
import yaml

from bot.content.agencies import with_reason

FRONT = 'id: A@2021  # mã\ntitle: "Văn bản A"\n'
BEGUN = FRONT + "agency_only:\n  '1': giao sở\n  end: chữ ký\nyear: 2021\n"


def reasons(text: str) -> dict[str, str]:
    found = yaml.safe_load(text).get("agency_only", {})
    assert isinstance(found, dict)
    return found


def test_the_first_reason_begins_the_list_and_nothing_else_changes() -> None:
    made = with_reason(FRONT, "1", "giao: “Sở Y tế” # gấp")
    assert made.startswith(FRONT)
    assert reasons(made) == {"1": "giao: “Sở Y tế” # gấp"}


@pytest.mark.parametrize(
    "begun", [BEGUN, BEGUN.replace("\n  '1': giao sở\n  end: chữ ký", " {'1': giao sở, end: chữ ký}")]
)
def test_reasons_are_added_changed_and_taken_out(begun: str) -> None:
    assert reasons(with_reason(begun, "6.a", "giao công an")) == {
        "1": "giao sở",
        "end": "chữ ký",
        "6.a": "giao công an",
    }
    assert reasons(with_reason(begun, "1", "giao huyện")) == {"1": "giao huyện", "end": "chữ ký"}
    without = with_reason(with_reason(begun, "1", ""), "end", "")
    assert without == FRONT + "year: 2021\n"


def test_the_same_reason_changes_nothing() -> None:
    assert with_reason(BEGUN, "1", "giao sở") == BEGUN
    assert with_reason(FRONT, "1", "") == FRONT
