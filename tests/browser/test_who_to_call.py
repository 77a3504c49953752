"""Who to call, in Chromium: the same answers as in Python, in any time zone, with thumb, keyboard and no scripts."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from guide import Locale
from guide.calls import closed_at, decisions, find_answer, situations
from tests.browser.reading import wait_for_all
from tests.conftest import real_guide
from tests.server import Serve

ASK_ALL = """situations => {
    const { elements } = document.querySelector("who-to-call form");
    return situations.map(([role, place, person, danger]) => {
        Object.assign(elements.role, { value: role });
        Object.assign(elements.place, { value: place });
        Object.assign(elements.person, { value: person });
        elements.danger.value = String(danger);
        elements.role.dispatchEvent(new Event("change", { bubbles: true }));
        const answer = document.querySelector(".who-to-call__answer");
        const calls = [...answer.querySelectorAll(".call-decisions__calls > li")];
        const reasons = answer.querySelectorAll(".call-decisions__reason").length;
        const isFirst = calls[0].querySelector(".call-decisions__reason") !== null;
        return [answer.firstChild.dataset.rule, calls.map((each) => each.dataset.name), reasons === 1 && isFirst];
    });
}"""

# Around the changes of the clock in March and October, office hours, a weekend, the turn of the year.
MOMENTS = [
    "2026-03-27T07:59", "2026-03-27T08:00", "2026-03-29T00:59", "2026-03-29T01:00", "2026-03-30T06:59",
    "2026-03-30T07:00", "2026-03-30T14:59", "2026-03-30T15:00", "2026-10-23T06:59", "2026-10-23T07:00",
    "2026-10-25T00:30", "2026-10-25T01:30", "2026-10-26T07:59", "2026-10-26T08:00", "2026-10-26T15:59",
    "2026-10-26T16:00", "2026-11-21T10:00", "2026-12-31T23:30", "2027-01-04T12:00",
]  # fmt: skip


@pytest.mark.parametrize(
    "zone", ["Europe/Brussels", "UTC", "America/Los_Angeles", "Asia/Kathmandu", "Pacific/Kiritimati"]
)
def test_the_browser_answers_as_python_does_in_any_time_zone_and_around_the_changes_of_the_clock(
    zone: str, dist: Path, serve: Serve, browser: Browser
) -> None:
    guide = real_guide()
    rows = decisions(guide.facts)
    roles = [page.slug for page in guide.section_pages(Locale.NL, "roles")]
    every = list(situations(guide.facts, roles))
    context = browser.new_context(timezone_id=zone, service_workers="block")
    page = context.new_page()
    page.goto(f"{serve(dist).url}/nl/contacts/")
    for index, text in enumerate(MOMENTS):
        moment = datetime.fromisoformat(text).replace(tzinfo=UTC)
        page.clock.set_fixed_time(moment)
        # All of them in one zone: what differs elsewhere is the hour, not the table.
        lands = [each for each in every if each.place in ("netherlands", "luxembourg")]
        asked = every[:: 1 if zone == "UTC" else 11] if index in (0, 1) else lands
        closed = closed_at(guide.facts.contacts, moment)
        for situation, (rule, contacts, reason) in zip(asked, page.evaluate(ASK_ALL, asked), strict=True):
            answer = find_answer(rows, situation, closed)
            assert answer and (rule, tuple(contacts), reason) == (*answer, True), (text, situation)
    context.close()


@pytest.fixture
def tool(dist: Path, serve: Serve, phone: Page) -> Page:
    phone.goto(f"{serve(dist).url}/nl/contacts/")
    return phone


def choose(page: Page, **answers: str) -> None:
    for name, value in answers.items():
        page.locator(f"who-to-call [name={name}]").select_option(value)


def numbers(page: Page) -> list[str | None]:
    return [link.get_attribute("href") for link in page.locator(".who-to-call__answer .call-button__call").all()]


def test_four_answers_give_the_number_why_what_to_say_and_whom_else(tool: Page) -> None:
    status = tool.locator(".who-to-call__status")
    expect(status).to_have_text("Beantwoord de vier vragen om het nummer te zien.")
    choose(tool, person="alone", place="lie")
    assert numbers(tool) == []
    choose(tool, role="hospital")
    assert numbers(tool) == ["tel:+3278154324", "tel:+3278055800", "tel:+32473400066"]
    expect(status).to_have_text("Bel eerst: Dienst Voogdij")
    first = tool.locator(".who-to-call__answer li").first
    expect(first).to_contain_text("Elke niet-begeleide minderjarige")
    expect(first.locator(".call-decisions__say")).to_contain_text("Zeg eerst:")


def test_nobody_is_told_to_claim_a_danger_that_there_is_not(tool: Page) -> None:
    say = tool.locator(".who-to-call__answer .call-decisions__say").first
    for person, role in (("missing", "youth"), ("minor", "hotel-staff"), ("alone", "aviation"), ("adult", "aviation")):
        choose(tool, person=person, place="lie", role=role)
        assert numbers(tool)[0] == "tel:101"
        expect(say).to_contain_text("Zeg eerst:")
        expect(say).not_to_contain_text("gevaar")


def test_danger_is_answered_with_one_tap(tool: Page) -> None:
    tool.get_by_label("Ja", exact=True).check()
    assert numbers(tool)[:2] == ["tel:112", "tel:101"]
    tool.get_by_label("Nee", exact=True).check()
    assert numbers(tool) == []


def test_the_district_can_be_touched_on_the_map(tool: Page) -> None:
    tool.locator(".who-to-call__map summary").click()
    tool.locator('.who-to-call__map [data-name="hai"]').click()
    assert tool.locator("[name=place]").input_value() == "hai"
    expect(tool.locator("[name=place]")).to_be_focused()
    choose(tool, person="adult", role="youth")
    assert numbers(tool)[1] == "tel:+3242324030"


def test_it_works_with_the_keyboard_alone(tool: Page) -> None:
    tool.locator("who-to-call [name=danger][value=false]").focus()
    for key in ("Tab", "ArrowDown", "Tab", "ArrowDown", "Tab", "Tab", "ArrowDown"):
        tool.keyboard.press(key)
    assert numbers(tool) == ["tel:+3278055800", "tel:+3232011690", "tel:+3225116464"]
    tool.keyboard.press("Tab")
    assert tool.evaluate("document.activeElement.getAttribute('href')") == "tel:+3278055800"


def test_police_read_where_to_ask_for_whoever_has_no_public_number(tool: Page) -> None:
    choose(tool, person="adult", place="ant", role="police")
    expect(tool.locator(".who-to-call__channel")).to_contain_text("arbeidsauditoraat")
    choose(tool, role="hospital")
    expect(tool.locator(".who-to-call__channel")).to_have_count(0)


def test_hours_are_said_and_what_is_closed_stands_last(tool: Page) -> None:
    tool.clock.set_fixed_time(datetime(2026, 11, 20, 10, tzinfo=UTC))
    choose(tool, person="adult", place="netherlands", role="police")
    assert numbers(tool)[0] == "tel:+31334481186"
    expect(tool.locator(".who-to-call__answer")).to_contain_text("Nu bereikbaar, behalve op een feestdag.")
    tool.clock.set_fixed_time(datetime(2026, 11, 20, 20, tzinfo=UTC))
    choose(tool, role="hospital")
    assert numbers(tool)[-1] == "tel:+31334481186"
    expect(tool.locator(".who-to-call__answer")).to_contain_text("Nu gesloten.")


def test_a_desk_that_closes_is_told_while_its_number_is_looked_at(dist: Path, serve: Serve, phone: Page) -> None:
    phone.clock.install(time=datetime(2026, 11, 20, 15, 58, 30, tzinfo=UTC))
    phone.goto(f"{serve(dist).url}/nl/contacts/")
    choose(phone, person="adult", place="netherlands", role="police")
    answer = phone.locator(".who-to-call__answer")
    expect(answer).to_contain_text("Nu bereikbaar, behalve op een feestdag.")
    phone.clock.run_for(60 * 1000)
    expect(answer).to_contain_text("Nu bereikbaar, behalve op een feestdag.")
    phone.clock.run_for(60 * 1000)
    expect(answer).to_contain_text("Nu gesloten.")


def test_answers_are_neither_stored_nor_in_the_address_and_gone_after_leaving(tool: Page) -> None:
    address = tool.url
    before: Any = tool.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie])")
    choose(tool, person="minor", place="ant", role="police")
    tool.get_by_label("Ja", exact=True).check()
    assert tool.url == address
    assert tool.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie])") == before
    tool.goto(address.replace("/contacts/", "/signs/"))
    tool.go_back()
    assert tool.locator("[name=person]").input_value() == ""
    assert numbers(tool) == []
    choose(tool, person="minor", place="ant", role="police")
    tool.reload()
    assert tool.locator("[name=place]").input_value() == ""


def test_without_scripts_every_decision_can_be_read(dist: Path, serve: Serve, browser: Browser) -> None:
    guide = real_guide()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{serve(dist).url}/en/contacts/")
    expect(page.locator("who-to-call")).to_be_hidden()
    rows = page.locator(".call-decisions__row")
    assert [(row.rule.local, row.name) for row in decisions(guide.facts)] == [
        (row.locator(".call-decisions__local").count() == 1, row.get_attribute("data-rule")) for row in rows.all()
    ]
    for row, decision in zip(rows.all(), decisions(guide.facts), strict=True):
        expected = [guide.facts.contacts[name].tel for name in decision.contacts]
        assert [link.get_attribute("href") for link in row.locator(".call-button__call").all()] == expected
        expect(row.locator(".call-decisions__when")).to_be_visible()
    context.close()


def test_a_card_can_be_saved_without_network(dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(dist)
    phone.goto(f"{server.url}/nl/")
    wait_for_all(phone)
    server.stop()
    phone.goto(f"{server.url}/nl/contacts/payoke/")
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Bewaar in uw contacten").click()
    assert Path(download.value.path()).read_bytes() == (dist / "nl/contacts/payoke.vcf").read_bytes()
    assert download.value.suggested_filename == "payoke.vcf"
