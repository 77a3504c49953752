"""“Next step” on a phone: every answer tapped, back with the browser, without scripts, without network, no trace."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from guide import Locale
from tests.conftest import real_guide
from tests.server import Serve

PLACES = real_guide().facts.next
QUESTIONS = [name for name, place in PLACES.items() if place.answers]


def path_of(page: Page) -> str:
    return urlsplit(page.url).path


def test_every_answer_leads_on_and_back_comes_back(dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(dist)
    for name in QUESTIONS:
        for index, target in enumerate(PLACES[name].answers.values()):
            phone.goto(f"{server.url}/nl/next/{name}/")
            phone.locator(".next-step__answer").nth(index).click()
            phone.wait_for_url(f"**/nl/next/{target}/")
            phone.go_back()
            assert path_of(phone) == f"/nl/next/{name}/"


def test_the_longest_way_and_all_the_way_back(dist: Path, serve: Serve, phone: Page) -> None:
    phone.goto(f"{serve(dist).url}/nl/")
    phone.locator('main a[href="/nl/next/"]').click()
    taps = ("Nee, nu niet", "Nee, volwassen", "Ja", "Ja", "In België", "Geen verblijfskaart", "Nee")
    ways = [path_of(phone)]
    for tap in taps:
        phone.locator(".next-step__answer", has_text=tap).first.click()
        phone.wait_for_url(lambda url, before=ways[-1]: urlsplit(url).path != before)  # type: ignore[misc]
        ways.append(path_of(phone))
    assert ways[-1] == "/nl/next/no-title/"
    expect(phone.locator(".next-step__action").first.locator("a[href='tel:+3278055800']")).to_be_visible()
    for before in reversed(ways[:-1]):
        phone.go_back()
        assert path_of(phone) == before
    kept = phone.evaluate("[Object.keys(localStorage), sessionStorage.length, document.cookie]")
    assert kept in ([["news"], 0, ""], [[], 0, ""])  # which news was seen, and nothing of the answers


@pytest.mark.parametrize("size", [(320, 568), (360, 740)])
@pytest.mark.parametrize("locale", list(Locale))
def test_a_question_fits_its_screen_and_answers_are_large(
    locale: Locale, size: tuple[int, int], dist: Path, serve: Serve, phone: Page
) -> None:
    server = serve(dist)
    phone.set_viewport_size({"width": size[0], "height": size[1]})
    for name in QUESTIONS:
        phone.goto(f"{server.url}/{locale}/next/{name}/")
        boxes = [answer.bounding_box() for answer in phone.locator(".next-step__answer").all()]
        assert all(box and box["height"] >= 56 for box in boxes), name
        first = boxes[0]
        assert first and first["y"] + first["height"] <= size[1] - 60, name
        if size[1] >= 740:
            last = boxes[-1]
            assert last and last["y"] + last["height"] <= size[1], name
    phone.goto(f"{server.url}/{locale}/next/call-now/")
    call = phone.locator(".next-step__action a[href='tel:112']").bounding_box()
    assert call and call["y"] + call["height"] <= size[1] - 60


def test_it_works_without_scripts(dist: Path, serve: Serve, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{serve(dist).url}/fr/next/")
    page.get_by_role("link", name="Non, pas maintenant").click()
    page.get_by_role("link", name="Oui").click()
    page.get_by_role("link", name="Jeune étranger, sans parent ni tuteur").click()
    expect(page.locator("h1")).to_contain_text("Service des Tutelles")
    page.go_back()
    expect(page.locator("h1")).to_contain_text("Avec qui")
    context.close()


def test_it_works_without_network_and_with_the_keyboard(
    dist: Path, serve: Serve, phone: Page, wait_ready: Callable[[], None]
) -> None:
    server = serve(dist)
    phone.goto(f"{server.url}/de/next/danger/")
    wait_ready()
    server.stop()
    phone.locator(".next-step__answer").first.focus()
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/de/next/minor/")
    expect(phone.locator("h1")).to_have_text("Ist die Person minderjährig?")
