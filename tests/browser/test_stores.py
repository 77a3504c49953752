"""What happens to what is stored: damaged, deleted, refused by the browser, declined or erased by the reader."""

import re
import threading
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.reading import (
    ENTRIES,
    STATE,
    change_entries,
    count_of,
    expect_whole,
    heading,
    limit_storage,
    line,
    state_of_store,
    stored_size,
    wait_for_all,
)
from tests.faults import BUSY, MISSING, Answer, Dropped, Hanging, starting, when
from tests.server import GuideServer, Serve, Wait

KINDS = """async name => {
    const store = await caches.open(name);
    const kindOf = async key => [key.url, (await store.match(key)).headers.get("Content-Type")];
    return Object.fromEntries(await Promise.all((await store.keys()).map(kindOf)));
}"""
DAMAGE = """async ([name, key]) => {
    const store = await caches.open(name);
    const bytes = new Uint8Array(await (await store.match(key)).arrayBuffer());
    await store.put(key, new Response(bytes.slice(0, -1)));
}"""


# ── Damaged and deleted ────────────────────────────────────────────────────────────────────────────────────


def test_any_damaged_entry_is_seen_at_the_next_opening_and_mended(
    small_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)
    others = tuple(f"/offline/{locale}." for locale in ("fr", "de", "en"))
    server.rule = when(starting(*others), MISSING)  # this phone has one language only
    phone.goto(f"{server.url}/nl/")
    wait_ready()
    kinds = phone.evaluate(KINDS, ENTRIES)
    pages = [key for key, kind in kinds.items() if "html" in kind]
    assert len(pages) >= 30 and len(kinds) >= len(pages) + 10
    for key, kind in kinds.items():
        if key in pages[1::3]:  # pages are all alike; two of three will do
            continue
        server.rule = when(lambda path: True, Dropped())
        fetched = len(server.requests)
        phone.evaluate(DAMAGE, [ENTRIES, key])
        phone.goto(f"{server.url}/nl/about/offline/")
        if "css" in kind:  # which the browser itself has loaded not long ago
            wait_ready()
            continue
        if "javascript" not in kind:  # without it nothing is said, and nothing is said to be ready
            expect(line(phone)).to_contain_text("Nog niet volledig")
            said = re.search(r"(\d+) van (\d+)", line(phone).inner_text())
            assert said and int(said[1]) < int(said[2])
        assert phone.locator("html").get_attribute("data-offline") != "ready"
        server.rule = when(starting(*others), MISSING)
        phone.reload()
        wait_ready()
        assert len(server.requests) > fetched
    server.stop()
    expect_whole(phone, server.url, small_dist)


@pytest.mark.parametrize("change", ["", "Onzin"], ids=["deleted", "altered"])
def test_a_damaged_page_is_fetched_again_when_it_is_opened(
    change: str, small_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)
    phone.goto(f"{server.url}/nl/")
    wait_for_all(phone)
    assert change_entries(phone, "<h1>Vragen</h1>", change) == 1
    phone.goto(f"{server.url}/nl/talk/questions/")
    assert heading(phone) == "Vragen"
    wait_ready()
    server.stop()
    phone.goto(f"{server.url}/nl/talk/questions/")
    assert heading(phone) == "Vragen"


@pytest.mark.parametrize("path", ["/nl/talk/questions", "/nl/talk/questions/index.html", "/NL//talk/questions/?q=1"])
def test_a_missing_page_is_fetched_however_it_is_addressed(
    path: str, small_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)
    phone.goto(f"{server.url}/nl/")
    wait_for_all(phone)
    assert change_entries(phone, "<h1>Vragen</h1>", "") == 1
    answer = phone.goto(server.url + path)
    assert answer and answer.status == 200
    assert heading(phone) == "Vragen"
    server.stop()
    phone.goto(server.url + path)
    assert heading(phone) == "Vragen"


@pytest.mark.parametrize("change", ["", "Onzin"], ids=["deleted", "altered"])
def test_a_damaged_page_without_network_is_told_not_shown(
    change: str, small_dist: Path, serve: Serve, phone: Page
) -> None:
    server = serve(small_dist)
    phone.goto(f"{server.url}/nl/")
    wait_for_all(phone)
    change_entries(phone, "<h1>Vragen</h1>", change)
    server.stop()
    answer = phone.goto(f"{server.url}/nl/talk/questions/")
    assert answer and answer.status == 404
    assert heading(phone) == "Niet gevonden"
    total = count_of(small_dist, "shell", "nl")
    expect(line(phone)).to_contain_text(f"{total - 1} van {total}")
    assert phone.locator("html").get_attribute("data-offline") == "partial"


@pytest.mark.parametrize("lost", [[ENTRIES], [STATE], [ENTRIES, STATE]], ids=["entries", "state", "both"])
def test_a_store_that_was_wiped_fills_again_by_itself(
    lost: list[str], small_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)
    phone.goto(f"{server.url}/nl/")
    wait_for_all(phone)
    phone.evaluate("names => Promise.all(names.map(name => caches.delete(name)))", lost)
    phone.goto(f"{server.url}/nl/signs/")
    assert heading(phone) == "Signalen"
    wait_ready()
    server.stop()
    phone.goto(f"{server.url}/nl/talk/questions/")
    assert heading(phone) == "Vragen"


def test_a_wiped_store_without_network_does_not_pretend(small_dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(small_dist)
    phone.goto(f"{server.url}/nl/")
    wait_for_all(phone)
    phone.evaluate("name => caches.delete(name)", ENTRIES)
    server.stop()
    phone.evaluate("() => window.dispatchEvent(new Event('online'))")
    expect(phone.locator("html")).to_have_attribute("data-offline", "none", timeout=30_000)
    expect(line(phone)).to_contain_text(f"Nog niet volledig: 0 van {count_of(small_dist, 'shell', 'nl')}")


def test_a_garbled_note_of_the_worker_is_written_anew(
    small_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)
    phone.goto(f"{server.url}/nl/")
    wait_for_all(phone)
    phone.evaluate(
        "name => caches.open(name).then(store => store.put('/guide-state', new Response('{\"current\": ')))", STATE
    )
    phone.goto(f"{server.url}/nl/signs/")
    assert heading(phone) == "Signalen"
    wait_ready()
    assert state_of_store(phone)["current"]["date"] == "2026-01-15"
    server.stop()
    expect_whole(phone, server.url, small_dist)


def test_what_another_program_put_into_the_store_is_cleared_away(
    small_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)
    phone.goto(f"{server.url}/nl/")
    wait_for_all(phone)
    before = stored_size(phone)
    phone.evaluate(
        "name => caches.open(name).then(store => store.put('/guide-entry/x', new Response('x'.repeat(9999))))", ENTRIES
    )
    change_entries(phone, "<h1>Vragen</h1>", "")  # so that there is something to store
    phone.goto(f"{server.url}/nl/signs/")
    wait_ready()
    assert stored_size(phone) == before


# ── Refused by the browser ─────────────────────────────────────────────────────────────────────────────────


def test_a_full_device_is_told_and_the_guide_stays_readable(small_dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(small_dist)
    limit_storage(phone, server.url, 250_000)
    phone.goto(f"{server.url}/nl/")
    expect(line(phone)).to_contain_text("geen plaats meer", timeout=30_000)
    assert phone.locator("html").get_attribute("data-offline") != "ready"
    phone.goto(f"{server.url}/nl/signs/general/")
    assert heading(phone) == "Algemene signalen"
    limit_storage(phone, server.url, None)
    phone.goto(f"{server.url}/nl/")
    phone.wait_for_selector('html[data-offline="ready"]', timeout=30_000)


def test_a_device_that_is_full_at_an_update_keeps_the_old_edition_whole(
    small_dist: Path, next_dist: Path, serve: Serve, phone: Page
) -> None:
    server = serve(small_dist)
    phone.goto(f"{server.url}/nl/")
    wait_for_all(phone)
    limit_storage(phone, server.url, 1)
    server.publish(next_dist)
    phone.reload()
    expect(line(phone)).to_contain_text("Editie van 15 januari 2026")
    assert phone.locator(".offline-status__switch").is_hidden()
    server.stop()
    expect_whole(phone, server.url, small_dist)


@pytest.mark.parametrize(
    ("lack", "says"),
    [
        pytest.param("delete Navigator.prototype.serviceWorker", "kan de gids niet bewaren", id="no worker"),
        pytest.param("delete window.caches", "kan de gids niet bewaren", id="no store"),
        pytest.param(
            "ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException('no', 'SecurityError'))",
            "kon niet bewaard worden",
            id="private window",
        ),
        pytest.param(
            "Object.defineProperty(window, 'isSecureContext', {value: false})", "niet beveiligd", id="not secure"
        ),
        pytest.param(
            "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})",
            "Klaar zonder netwerk",
            id="no memory",
        ),
    ],
)
def test_a_browser_that_lacks_something_reads_online_and_says_why(
    lack: str, says: str, small_dist: Path, serve: Serve, phone: Page
) -> None:
    server = serve(small_dist)
    phone.add_init_script(lack)
    phone.goto(f"{server.url}/nl/")
    expect(line(phone)).to_contain_text(says, timeout=30_000)
    for path, title in (("/nl/signs/general/", "Algemene signalen"), ("/fr/talk/questions/", "Les questions")):
        phone.goto(server.url + path)
        assert heading(phone) == title


def test_without_scripts_everything_is_read_online(small_dist: Path, serve: Serve, context: BrowserContext) -> None:
    server = serve(small_dist)
    assert context.browser
    plain = context.browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{server.url}/nl/about/offline/")
    assert "Zonder scripts is de gids alleen online te lezen" in page.locator("offline-status").inner_text()
    assert "Deze instellingen hebben scripts nodig" in page.locator("main").inner_text()
    page.locator(".language-switch [data-locale=fr]").click()
    assert page.locator("html").get_attribute("lang") == "fr"
    plain.close()


# ── The reader's own choice: “On this phone” ───────────────────────────────────────────────────────────────


@pytest.fixture
def settings(small_dist: Path, serve: Serve, phone: Page) -> GuideServer:
    """The settings page of a phone that has stored everything."""
    server = serve(small_dist)
    phone.goto(f"{server.url}/nl/about/offline/")
    wait_for_all(phone)
    expect(phone.locator("phone-settings")).to_be_visible()
    return server


def outcome(page: Page) -> str:
    return page.locator(".phone-settings__outcome").inner_text()


def test_the_settings_tell_what_is_stored(settings: GuideServer, small_dist: Path, phone: Page) -> None:
    text = phone.locator("phone-settings").inner_text()
    assert "15 januari 2026" in text
    total = count_of(small_dist, "nl")
    assert text.count(f"{total} van {total} pagina’s") == 4
    assert "die de browser toelaat" in text


def test_a_language_taken_off_the_phone_stays_off_until_it_is_wanted_again(settings: GuideServer, phone: Page) -> None:
    before = stored_size(phone)
    phone.get_by_label("Français").uncheck()
    expect(phone.locator(".phone-settings__outcome")).to_contain_text("Français is van dit toestel gehaald")
    assert stored_size(phone)[1] < before[1] * 0.85
    asked = len(settings.requests)
    phone.reload()
    expect(line(phone)).to_contain_text("Talen: nl, de, en")
    assert not any("/offline/fr." in path for path in settings.paths()[asked:])
    phone.get_by_label("Français").check()
    expect(line(phone)).to_contain_text("Talen: nl, fr, de, en")
    assert stored_size(phone) == before


def test_a_language_that_is_taken_off_before_its_turn_does_not_come(
    small_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)
    gate = threading.Event()

    def at_french(path: str, _: Answer) -> None:
        if path.startswith("/offline/fr."):
            gate.wait(20)

    server.rule = at_french
    phone.goto(f"{server.url}/nl/about/offline/")
    wait_ready()
    phone.get_by_label("Deutsch").uncheck()
    phone.wait_for_timeout(500)  # until the worker has heard of it
    gate.set()
    expect(phone.locator(".phone-settings__outcome")).to_contain_text("Deutsch is van dit toestel gehaald")
    expect(line(phone)).to_contain_text("Talen: nl, fr, en")
    assert not any(path.startswith("/offline/de.") for path in server.paths())
    assert state_of_store(phone)["declined"] == ["de"]


def test_a_language_can_be_taken_off_a_full_phone(settings: GuideServer, phone: Page) -> None:
    before = stored_size(phone)
    limit_storage(phone, settings.url, phone.evaluate("navigator.storage.estimate().then(({ usage }) => usage - 1)"))
    phone.get_by_label("Français").uncheck()
    expect(phone.locator(".phone-settings__outcome")).to_contain_text("Français is van dit toestel gehaald")
    assert stored_size(phone)[1] < before[1] * 0.85
    assert state_of_store(phone)["declined"] == ["fr"]


def test_a_language_that_is_not_kept_says_so_and_helps_without_network(settings: GuideServer, phone: Page) -> None:
    phone.get_by_label("Français").uncheck()
    expect(phone.locator(".phone-settings__outcome")).to_contain_text("van dit toestel gehaald")
    phone.goto(f"{settings.url}/fr/signs/")
    expect(line(phone)).to_contain_text("n’est pas conservée sur cet appareil")
    settings.stop()
    answer = phone.goto(f"{settings.url}/fr/talk/questions/")
    assert answer and answer.status == 404
    assert phone.locator("html").get_attribute("lang") == "fr"
    assert phone.locator('a[href="tel:112"]').first.is_visible()


def test_the_self_test_reads_everything_back_and_repairs(settings: GuideServer, phone: Page) -> None:
    phone.get_by_role("button", name="Alles nakijken").click()
    expect(phone.locator(".phone-settings__outcome")).to_contain_text("Alles klopt")
    change_entries(phone, "<h1>Questions</h1>", "Nonsense")  # in a language that this page does not need
    phone.get_by_role("button", name="Alles nakijken").click()
    expect(phone.locator(".phone-settings__outcome")).to_contain_text("Beschadigd: 1")
    assert change_entries(phone, '"part":"fr"', '"part":"nl"') == 1  # the list itself
    phone.get_by_role("button", name="Alles nakijken").click()
    expect(phone.locator(".phone-settings__outcome")).to_contain_text("Beschadigd: 1")
    phone.get_by_role("button", name="Alles nakijken").click()
    expect(phone.locator(".phone-settings__outcome")).to_contain_text("Alles klopt")


def test_looking_for_an_update_says_what_was_found(settings: GuideServer, next_dist: Path, phone: Page) -> None:
    button = phone.get_by_role("button", name="Een nieuwe editie zoeken")
    button.click()
    expect(phone.locator(".phone-settings__outcome")).to_contain_text("de nieuwste editie")
    settings.publish(next_dist)
    for _ in range(5):  # the browser joins a look of its own that began before
        button.click()
        expect(phone.locator(".phone-settings__outcome")).to_contain_text(
            re.compile("nieuwste editie|nieuwe editie klaar")
        )
        if "nieuwste" not in outcome(phone):
            break
    expect(phone.locator(".offline-status__switch")).to_be_visible()
    settings.stop()
    button.click()
    expect(phone.locator(".phone-settings__outcome")).to_contain_text("Het netwerk antwoordt niet")


def test_looking_for_an_update_that_cannot_be_had_says_so(settings: GuideServer, next_dist: Path, phone: Page) -> None:
    settings.publish(next_dist)
    settings.rule = when(starting("/nl/talk/questions/"), BUSY)
    for _ in range(5):  # the browser joins a look of its own that began before
        phone.get_by_role("button", name="Een nieuwe editie zoeken").click()
        expect(phone.locator(".phone-settings__outcome")).to_contain_text(re.compile("nieuwste editie|nieuwere editie"))
        if "nieuwste" not in outcome(phone):
            break
    expect(phone.locator(".phone-settings__outcome")).to_contain_text("Er is een nieuwere editie, maar ze is nu niet")


def test_erasing_leaves_nothing_behind(settings: GuideServer, phone: Page) -> None:
    phone.locator(".language-switch [data-locale=nl]").click()  # remembered, until it is erased
    phone.wait_for_selector('html[data-offline="ready"]')
    erase = phone.locator("[data-action=erase]")
    erase.click()
    assert stored_size(phone)[0] > 0  # asked once more
    erase.click()
    expect(line(phone)).to_contain_text("Alles is van dit toestel gewist")
    assert phone.evaluate("caches.keys()") == []
    assert phone.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    assert phone.evaluate("localStorage.length") == 0
    assert phone.evaluate("indexedDB.databases().then(all => all.length)") == 0
    phone.goto(f"{settings.url}/nl/")
    phone.wait_for_selector('html[data-offline="ready"]', timeout=30_000)


def test_erasing_waits_for_no_network_and_is_said_when_it_is_done(
    small_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)
    server.rule = when(starting("/offline/fr."), Hanging())
    phone.goto(f"{server.url}/nl/about/offline/")
    wait_ready()
    phone.evaluate("localStorage.setItem('locale', 'nl')")
    erase = phone.locator("[data-action=erase]")
    erase.click()
    erase.click()
    assert phone.evaluate("localStorage.length") == 0  # also if its reader leaves now
    expect(line(phone)).to_contain_text("Alles is van dit toestel gewist")
    assert phone.evaluate("caches.keys()") == []
    assert phone.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0


def test_another_window_stores_nothing_again_after_erasing(settings: GuideServer, phone: Page) -> None:
    other = phone.context.new_page()
    other.goto(f"{settings.url}/nl/signs/")
    wait_for_all(other)
    phone.locator("[data-action=erase]").click()
    phone.locator("[data-action=erase]").click()
    expect(line(phone)).to_contain_text("Alles is van dit toestel gewist")
    asked = len(settings.requests)
    other.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect(line(other)).to_contain_text("Alles is van dit toestel gewist")
    other.wait_for_timeout(1_000)
    assert not any(path.startswith("/offline/") for path in settings.paths()[asked:])
    assert phone.evaluate("caches.keys()") == []


def test_a_phone_that_saves_data_stores_one_language_and_asks_for_the_others(thrifty: GuideServer, phone: Page) -> None:
    more = phone.get_by_role("button", name="Dit toestel spaart data")
    expect(more).to_be_visible()
    assert not any(f"/offline/{locale}." in path for path in thrifty.paths() for locale in ("fr", "de", "en"))
    more.click()
    wait_for_all(phone)
    expect(more).to_be_hidden()
    phone.reload()
    wait_for_all(phone)
    expect(more).to_be_hidden()


def test_the_other_languages_once_asked_for_come_when_the_host_answers_again(thrifty: GuideServer, phone: Page) -> None:
    thrifty.rule = when(starting("/offline/fr."), BUSY)
    phone.get_by_role("button", name="Dit toestel spaart data").click()
    while not any(path.startswith("/offline/fr.") and path.endswith(".json") for path in thrifty.paths()):
        phone.wait_for_timeout(50)
    thrifty.rule = None
    wait_for_all(phone)  # by itself
