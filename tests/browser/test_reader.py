"""What a reader with a phone meets: the numbers in reach, the language, reading without scripts, no trace."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from guide import Locale
from tests.conftest import real_guide
from tests.pages import pages_of
from tests.server import Serve, Wait

ROLES = next(section.pages for section in real_guide().outline.sections if section.slug == "roles")


@pytest.mark.parametrize(
    ("size", "locale"), [*(((320, 568), locale) for locale in Locale), ((360, 740), Locale.NL), ((360, 740), Locale.DE)]
)
def test_from_home_to_a_call_in_two_taps_without_network(
    size: tuple[int, int], locale: Locale, dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    phone.set_viewport_size({"width": size[0], "height": size[1]})
    server = serve(dist)
    phone.goto(f"{server.url}/{locale}/")
    wait_ready()
    server.stop()
    for role in ROLES:
        phone.goto(f"{server.url}/{locale}/")
        phone.locator(f'.role-tiles a[href="/{locale}/roles/{role}/"]').click()
        phone.wait_for_url(f"**/{locale}/roles/{role}/")
        call = phone.locator(".now-card a[href^='tel:']").first
        box = call.bounding_box()
        assert box and box["y"] + box["height"] <= size[1], f"{role}: the first call is below the screen"
        assert is_on_top(phone, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2), f"{role}: covered"


@pytest.mark.parametrize("locale", list(Locale))
def test_the_emergency_numbers_stay_in_sight(locale: Locale, dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(dist)
    phone.set_viewport_size({"width": 320, "height": 568})
    pages = list(pages_of(dist, locale))
    for path in pages[:: 5 if locale is Locale.NL else 11]:  # the frame is the same, its words are not
        phone.goto(server.url + path)
        for place in ("0", "document.body.scrollHeight"):
            phone.evaluate(f"window.scrollTo({{ top: {place}, behavior: 'instant' }})")
            for number in ("tel:112", "tel:+3278055800"):
                box = phone.locator(f'.emergency-bar a[href="{number}"]').bounding_box()
                assert box and 0 <= box["y"] < 120, path
                assert is_on_top(phone, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2), path


def is_on_top(page: Page, x: float, y: float) -> bool:
    """Whether a tap there meets a telephone link."""
    script = "([x, y]) => document.elementFromPoint(x, y)?.closest('a')?.protocol === 'tel:'"
    return bool(page.evaluate(script, [x, y]))


def test_everything_to_tap_is_large_enough(dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(dist)
    for path in ("/nl/", "/nl/contacts/", "/nl/roles/police/", "/nl/search/", "/nl/signs/"):
        phone.goto(server.url + path)
        small = phone.eval_on_selector_all(
            "nav a, .call-button__call, .role-tiles a, .link-list a, .page-index a, .site-header a, button, input",
            """found => found.filter(each => each.offsetParent).map(each => [each.textContent.trim(),
                (each.closest("label") ?? each).getBoundingClientRect().height]).filter(([, height]) => height < 43)""",
        )
        assert small == [], path


@pytest.mark.parametrize(("tongue", "locale"), [("fr-BE", "fr"), ("de-DE", "de"), ("en-GB", "en"), ("nl-NL", "nl")])
def test_the_start_page_follows_the_browser_s_language(
    tongue: str, locale: str, small_dist: Path, serve: Serve, browser: Browser
) -> None:
    context = browser.new_context(locale=tongue)
    page = context.new_page()
    page.goto(serve(small_dist).url + "/")
    page.wait_for_url(f"**/{locale}/")
    context.close()


def test_the_start_page_waits_for_a_choice_when_it_knows_no_language(
    small_dist: Path, serve: Serve, browser: Browser
) -> None:
    context = browser.new_context(locale="sv-SE")
    page = context.new_page()
    url = serve(small_dist).url
    page.goto(url + "/")
    page.get_by_role("link", name="Deutsch").click()
    expect(page.locator("h1")).to_have_text("Kleiner Führer")
    page.goto(url + "/")
    page.wait_for_url("**/de/")
    context.close()


def test_the_language_switch_stays_on_the_page_and_is_remembered(small_dist: Path, serve: Serve, phone: Page) -> None:
    url = serve(small_dist).url
    phone.goto(f"{url}/nl/steps/police/")
    phone.locator(".language-switch [data-locale=en]").click()
    phone.wait_for_url("**/en/steps/police/")
    expect(phone.locator("h1")).to_have_text("Steps of the police")
    phone.goto(f"{url}/")
    phone.wait_for_url("**/en/")


def test_everything_is_read_without_scripts(small_dist: Path, serve: Serve, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    url = serve(small_dist).url
    page.goto(url + "/")
    page.get_by_role("link", name="Français").click()
    page.get_by_role("link", name="À la police").first.click()
    expect(page.locator("h1")).to_have_text("À la police")
    page.locator(".site-header__search").click()
    expect(page.locator("input[type=search]")).to_be_hidden()
    page.get_by_role("link", name="Les questions").click()
    expect(page.locator("h1")).to_have_text("Les questions")
    assert "Sans scripts" in page.locator(".offline-status").inner_text()
    context.close()


def test_a_browser_without_worker_reads_online_and_is_told(small_dist: Path, serve: Serve, browser: Browser) -> None:
    context = browser.new_context(locale="nl-BE")
    context.add_init_script("delete Navigator.prototype.serviceWorker")
    page = context.new_page()
    page.goto(serve(small_dist).url + "/nl/")
    expect(page.locator(".offline-status__line").first).to_contain_text("Deze browser kan de gids niet bewaren")
    page.get_by_role("link", name="Bij de politie").click()
    expect(page.locator("h1")).to_have_text("Bij de politie")
    context.close()


def test_search_finds_a_page_and_its_number_without_network(
    dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(dist)
    phone.goto(f"{server.url}/nl/")
    wait_ready()
    server.stop()
    phone.goto(f"{server.url}/nl/search/")
    assert phone.locator("input[type=search]").count() == 1
    phone.locator("input[type=search]").fill("payoke")
    expect(phone.locator("#search-results a").first).to_have_attribute("href", "/nl/contacts/payoke/")
    expect(phone.locator("#search-results li").first.locator('a[href="tel:+3232011690"]')).to_be_visible()
    phone.locator("input[type=search]").fill("REFLECTIEPÉRIODE")
    expect(phone.locator("#search-results a").first).to_be_visible()
    phone.locator("input[type=search]").fill("xyzxyz")
    expect(phone.locator(".guide-search__count")).to_contain_text("Niets gevonden")
    assert phone.locator("#search-results a").count() == 0


def test_no_other_host_no_cookie_and_only_settings_are_kept(
    dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(dist)
    hosts: set[str] = set()
    phone.context.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    phone.goto(f"{server.url}/nl/")
    wait_ready()
    for path in [*list(pages_of(dist, "nl"))[::6], "/", "/nl/nowhere/"]:  # test_offline meets every page
        phone.goto(server.url + path)
    phone.goto(f"{server.url}/nl/search/")
    phone.locator("input[type=search]").fill("paspoort")
    phone.locator(".language-switch [data-locale=de]").click()
    phone.wait_for_url("**/de/search/")
    assert hosts == {urlsplit(server.url).netloc}
    assert phone.context.cookies() == []
    kept_settings = phone.evaluate("Object.fromEntries(Object.entries(localStorage))")
    assert kept_settings.pop("locale") == "de"
    news = json.loads(kept_settings.pop("news"))
    assert set(news) == {"seen", "unread"} and news["unread"] == []
    assert kept_settings == {}
    assert phone.evaluate("Object.keys(sessionStorage)") == []
    assert phone.evaluate("indexedDB.databases()") == []
    kept = phone.evaluate("caches.keys()")
    assert sorted(kept) == ["guide-entries-1", "guide-state-1"]
