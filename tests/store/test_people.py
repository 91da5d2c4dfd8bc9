"""Officers, links, sessions and the trail, on every engine."""

from __future__ import annotations

import threading
import unicodedata
from datetime import timedelta

import pytest

from bot.errors import LastAdmin, NameRefused, OfficerUnknown
from bot.officers import (
    LINK_LASTS,
    SESSION_ENDS,
    SESSION_LASTS,
    add,
    form_token_fits,
    hashed,
    invite,
    lasts,
    make_link,
    may,
    session_of,
    sign_in,
)
from bot.store.areas import SqlStore
from bot.store.officer_protocols import People
from bot.store.records import Deed, DeedFilter, OfficerSession
from bot.store.sealing import Sealer
from tests.engines import Base
from tests.fakes import NOON

MINUTE = timedelta(minutes=1)


@pytest.fixture
def people(store: SqlStore) -> People:
    store.people.put("Lan", ["editor"], NOON)
    store.people.put("Hoa", ["admin"], NOON)
    return store.people


def signed_in(people: People, name: str = "Lan") -> tuple[OfficerSession, str]:
    found = sign_in(people, make_link(people, name, NOON), NOON, "Firefox")
    assert found is not None
    return found


def test_a_link_signs_in_once(people: People) -> None:
    token = make_link(people, "Lan", NOON)
    assert people.link(hashed(token), NOON) == "Lan", "to look at it uses nothing up"
    assert sign_in(people, token, NOON, "") is not None
    assert sign_in(people, token, NOON, "") is None


def test_a_link_ends_after_ten_minutes_and_with_the_next_one(people: People) -> None:
    late = make_link(people, "Lan", NOON)
    assert sign_in(people, late, NOON + LINK_LASTS + MINUTE, "") is None
    first, second = make_link(people, "Lan", NOON), make_link(people, "Lan", NOON)
    assert sign_in(people, first, NOON, "") is None
    assert sign_in(people, second, NOON, "") is not None


def test_two_who_press_at_once_make_one_session(people: People, base: Base) -> None:
    token = make_link(people, "Lan", NOON)
    assert people.use_link(hashed(token), NOON) == "Lan"
    assert people.use_link(hashed(token), NOON) is None
    assert base.number("SELECT count(*) FROM office_links") == 0


def test_neither_links_nor_cookies_lie_in_the_database(people: People, base: Base) -> None:
    token = make_link(people, "Hoa", NOON)
    _, cookie = signed_in(people)
    for secret in (token, cookie):
        assert base.number(f"SELECT count(*) FROM office_links WHERE id = '{secret}'") == 0
        assert base.number(f"SELECT count(*) FROM office_sessions WHERE token = '{secret}'") == 0


def test_a_session_lasts_while_it_is_used(people: People) -> None:
    session, cookie = signed_in(people)
    at = NOON
    for _ in range(3):
        at += SESSION_LASTS - MINUTE
        found = session_of(people, cookie, at)
        assert found is not None
        assert found.id == session.id
    assert session_of(people, cookie, at + SESSION_LASTS + MINUTE) is None
    assert session_of(people, "", NOON) is None
    assert session_of(people, cookie + "x", NOON) is None


def test_a_session_ends_a_week_after_it_began_however_much_it_is_used(people: People) -> None:
    session, cookie = signed_in(people)
    at = NOON
    while at - NOON < SESSION_ENDS - SESSION_LASTS:
        at += SESSION_LASTS - MINUTE
        assert session_of(people, cookie, at) is not None
    assert session_of(people, cookie, NOON + SESSION_ENDS + MINUTE) is None
    (kept,) = people.sessions()
    assert (kept.id, lasts(kept, NOON + SESSION_ENDS + MINUTE)) == (session.id, False)


def test_a_session_can_be_ended(people: People) -> None:
    session, cookie = signed_in(people)
    assert [each.id for each in people.sessions()] == [session.id]
    assert people.end_session(session.id) == 1
    assert session_of(people, cookie, NOON) is None


def test_who_loses_all_roles_is_out_at_once(people: People) -> None:
    _, cookie = signed_in(people)
    token = make_link(people, "Lan", NOON)
    people.put("Lan", [], NOON)
    assert session_of(people, cookie, NOON) is None
    assert sign_in(people, token, NOON, "") is None
    with pytest.raises(OfficerUnknown) as unknown:
        make_link(people, "Lan", NOON)
    assert unknown.value.known == ("Hoa",)


def test_new_roles_count_from_the_next_request_on(people: People) -> None:
    _, cookie = signed_in(people)
    people.put("Lan", ["approver"], NOON)
    found = session_of(people, cookie, NOON)
    assert found is not None
    assert may(found, "approver")
    assert not may(found, "editor")


def test_an_admin_may_do_all_and_everybody_what_needs_no_role(people: People) -> None:
    lan, _ = signed_in(people)
    hoa, _ = signed_in(people, "Hoa")
    assert may(hoa, "duty")
    assert may(lan)
    assert not may(lan, "duty", "approver")


def test_a_form_of_another_session_does_not_fit(people: People) -> None:
    lan, _ = signed_in(people)
    hoa, _ = signed_in(people, "Hoa")
    assert form_token_fits(lan, lan.form_token)
    assert not form_token_fits(lan, hoa.form_token)
    assert not form_token_fits(lan, "é")


def test_who_is_invited_is_added_once(people: People) -> None:
    assert sign_in(people, invite(people, "Mai", ["editor"], NOON), NOON, "") is not None
    invite(people, "Lan", ["admin"], NOON)
    assert [(each.name, each.roles) for each in people.officers()] == [
        ("Hoa", ("admin",)),
        ("Lan", ("editor",)),
        ("Mai", ("editor",)),
    ]


def test_a_private_chat_belongs_to_one_officer(people: People) -> None:
    people.tie("Lan", "r1")
    people.tie("Hoa", "r1")
    found = people.officer_of("r1")
    assert found is not None
    assert found.name == "Hoa"
    lan = people.officer("Lan")
    assert lan is not None
    assert lan.ref == ""
    assert people.officer_of("r2") is None


def test_the_trail_is_read_newest_first(people: People) -> None:
    for number, name in enumerate(["Lan", "Hoa", "Lan"]):
        people.note(Deed(NOON + number * MINUTE, name, "published", f"bản {number}"))
    assert [each.subject for each in people.trail(10)] == ["bản 2", "bản 1", "bản 0"]
    assert [each.subject for each in people.trail(10, "Hoa")] == ["bản 1"]
    assert len(people.trail(2)) == 2


def test_the_last_admin_cannot_be_taken_away(people: People) -> None:
    with pytest.raises(LastAdmin):
        people.put("Hoa", ["editor"], NOON)
    with pytest.raises(LastAdmin):
        people.put("Hoa", [], NOON)
    hoa = people.officer("Hoa")
    assert hoa is not None
    assert hoa.roles == ("admin",), "nothing was changed"
    people.put("Lan", ["admin"], NOON)
    people.put("Hoa", ["editor"], NOON)


def test_two_admins_cannot_take_each_other_away(people: People, base: Base, sealer: Sealer) -> None:
    people.put("Lan", ["admin"], NOON)
    began, done = threading.Barrier(2), []

    def take(name: str) -> None:
        other = base.open(sealer)
        try:
            began.wait()
            other.people.put(name, ["editor"], NOON)
            done.append(name)
        except LastAdmin:
            pass
        finally:
            other.close()

    threads = [threading.Thread(target=take, args=(name,)) for name in ("Lan", "Hoa")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 1
    assert [each.roles for each in people.officers()].count(("admin",)) == 1


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "tệp", "Lan/Hoa", "<b>Lan", "Lan\0", 'Lan"'])
def test_names_that_nobody_may_have(people: People, name: str) -> None:
    with pytest.raises(NameRefused):
        add(people, name, ["editor"], "Hoa", NOON)
    assert len(people.officers()) == 2


def test_a_name_is_taken_however_it_is_written(people: People) -> None:
    with pytest.raises(NameRefused, match="Lan"):
        add(people, " lan ", ["editor"], "Hoa", NOON)
    assert add(people, unicodedata.normalize("NFD", "Vàng  Thị Mỷ"), ["duty"], "Hoa", NOON) == "Vàng Thị Mỷ"


def test_the_trail_is_searched_and_counted(people: People) -> None:
    for number in range(5):
        people.note(Deed(NOON + number * MINUTE, "Lan" if number % 2 else "Hoa", "published", f"bản {number}"))
    people.note(Deed(NOON, "Hoa", "signed_in"))
    assert people.deed_count(DeedFilter()) == 6
    assert [each.subject for each in people.deeds(DeedFilter(officer="Lan"), 9)] == ["bản 3", "bản 1"]
    assert people.deed_count(DeedFilter("Hoa", "published")) == 3
    between = DeedFilter(action="published", since=NOON + MINUTE, before=NOON + 3 * MINUTE)
    assert [each.subject for each in people.deeds(between, 9)] == ["bản 2", "bản 1"]
    assert [each.subject for each in people.deeds(DeedFilter(action="published"), 2, 2)] == ["bản 2", "bản 1"]
    assert people.doers() == ["Hoa", "Lan"]


def test_the_trail_is_kept_two_years_and_ended_sessions_a_day(people: People, store: SqlStore, base: Base) -> None:
    signed_in(people)
    make_link(people, "Hoa", NOON)
    days = timedelta(days=1)
    store.upkeep.sweep(NOON + 0.5 * days, 90 * days)
    assert (len(people.sessions()), base.number("SELECT count(*) FROM office_links")) == (1, 1)
    store.upkeep.sweep(NOON + 2 * days, 90 * days)
    assert (len(people.sessions()), base.number("SELECT count(*) FROM office_links")) == (0, 0)
    store.upkeep.sweep(NOON + 729 * days, 90 * days)
    assert people.deed_count(DeedFilter()) == 1
    store.upkeep.sweep(NOON + 731 * days, 90 * days)
    assert people.deed_count(DeedFilter()) == 0
