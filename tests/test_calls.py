"""Who is called: the table answers everything once, hours hold in Brussels, the document says what the code answers."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from guide import Guide, Locale, review_table
from guide.calls import Situation, closed_at, decisions, find_answer, is_open, places_of, situations
from tests.conftest import ROOT, real_guide


@pytest.fixture(scope="module")
def guide() -> Guide:
    return real_guide()


@pytest.fixture(scope="module")
def roles(guide: Guide) -> list[str]:
    return [page.slug for page in guide.section_pages(Locale.EN, "roles")]


@pytest.fixture(scope="module")
def call(guide: Guide) -> Callable[..., tuple[str, ...]]:
    rows = decisions(guide.facts)

    def contacts(
        role: str, place: str, person: str = "adult", *, danger: bool = False, closed: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        answer = find_answer(rows, Situation(role, place, person, danger), closed)  # type: ignore[arg-type]
        assert answer
        return answer.contacts

    return contacts


def test_every_situation_has_one_list_of_at_least_two_contacts_and_a_reason_in_every_language(
    guide: Guide, roles: list[str]
) -> None:
    rows, count = decisions(guide.facts), 0
    assert len(roles) == 12 and len(places_of(guide.facts)) == 15
    for situation in situations(guide.facts, roles):
        for closed in (frozenset[str](), frozenset({"comensha", "luxembourg-police"})):
            answer = find_answer(rows, situation, closed)
            assert answer and len(set(answer.contacts)) == len(answer.contacts) >= 2, situation
            assert guide.facts.contacts[answer.contacts[0]].hours != "unknown"
            assert answer.contacts[0] not in closed
            assert all(guide.page(locale, "contacts").reasons[answer.rule].html for locale in Locale)  # type: ignore[attr-defined]
            count += 1
    assert count == 12 * 15 * 4 * 2 * 2


def test_danger_in_belgium_means_the_emergency_centre_and_the_police_whoever_asks(
    guide: Guide, roles: list[str], call: Callable[..., tuple[str, ...]]
) -> None:
    for situation in situations(guide.facts, roles):
        if situation.danger and situation.place in guide.facts.districts:
            assert call(*situation[:3], danger=True)[:2] == ("emergency", "police")


def test_minors_are_answered_as_the_fact_base_says(call: Callable[..., tuple[str, ...]]) -> None:
    assert call("youth", "lie", "missing")[:2] == ("police", "child-focus")
    assert call("hospital", "lie", "alone") == ("guardianship", "hotline", "esperanto")
    assert call("hospital", "bru", "alone") == ("guardianship", "hotline", "minor-ndako")
    assert call("hotel-staff", "ant", "minor")[0] == "police"
    assert call("hotel-staff", "ant")[0] == "hotline"


def test_the_district_says_only_which_centre_is_usual(
    guide: Guide, roles: list[str], call: Callable[..., tuple[str, ...]]
) -> None:
    for name, district in guide.facts.districts.items():
        assert call("reception-worker", name)[:2] == ("hotline", district.centre)
        assert "pag-asa" in call("reception-worker", name)


def test_nobody_abroad_is_sent_to_a_number_that_may_not_work_there(
    guide: Guide, roles: list[str], call: Callable[..., tuple[str, ...]]
) -> None:
    for situation in situations(guide.facts, roles):
        if situation.place in ("netherlands", "luxembourg", "abroad"):
            named = call(*situation[:3], danger=situation.danger)
            assert not {"hotline", "police", "guardianship"} & set(named)
    for name in call("consular", "abroad"):
        assert guide.facts.contacts[name].phone.startswith("+")


def test_what_is_closed_comes_last_and_is_not_lost(call: Callable[..., tuple[str, ...]]) -> None:
    assert call("police", "netherlands") == ("comensha", "payoke", "pag-asa")
    assert call("police", "netherlands", closed=("comensha",)) == ("payoke", "pag-asa", "comensha")


@pytest.mark.parametrize(
    ("utc", "expected"),
    [
        ("2026-03-27 07:59", False),  # Friday, winter time: 8.59 in Brussels
        ("2026-03-27 08:00", True),
        ("2026-03-27 15:59", True),
        ("2026-03-27 16:00", False),
        ("2026-03-30 06:59", False),  # Monday, after the clock went forward: 8.59
        ("2026-03-30 07:00", True),
        ("2026-03-30 15:00", False),
        ("2026-10-23 07:00", True),  # Friday, summer time
        ("2026-10-26 07:59", False),  # Monday, after the clock went back
        ("2026-10-26 08:00", True),
        ("2026-11-21 10:00", False),  # a Saturday
    ],
)
def test_hours_hold_in_brussels_whatever_the_device_is_set_to(guide: Guide, utc: str, expected: bool) -> None:
    moment = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    for zone in ("UTC", "America/Los_Angeles", "Asia/Tokyo", "Pacific/Kiritimati"):
        there = moment.astimezone(ZoneInfo(zone))
        assert is_open(guide.facts.contacts["comensha"], there) is expected
        assert ("comensha" in closed_at(guide.facts.contacts, there)) is not expected


def test_who_always_answers_is_open_and_unknown_hours_stay_unknown(guide: Guide) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    for hours in range(0, 24 * 8, 5):
        assert is_open(guide.facts.contacts["hotline"], moment + timedelta(hours=hours)) is True
        assert is_open(guide.facts.contacts["minor-ndako"], moment + timedelta(hours=hours)) is None
    with pytest.raises(ValueError, match="time zone"):
        is_open(guide.facts.contacts["hotline"], datetime(2026, 1, 1))


def test_the_document_for_review_is_what_the_code_answers(guide: Guide, roles: list[str]) -> None:
    written = (ROOT / "docs" / "who-to-call.md").read_text(encoding="utf-8")
    assert written == review_table(guide.facts, roles), "run build.py calls, and read what changed"
