"""The guide on a phone whose network is gone: the server is stopped, not a switch in the browser."""

import re
import shutil
import threading
from collections.abc import Callable
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from guide import Locale
from tests.conftest import SMALL, build_into
from tests.faults import BUSY, BYTES, FORBIDDEN, HTML, MISSING, PORTAL, Answer, ending, starting, when
from tests.server import GuideServer

Serve = Callable[[Path], GuideServer]
Wait = Callable[[], None]


STORED_TEXTS = """async () => {
    const texts = [];
    for (const name of await caches.keys()) {
        const store = await caches.open(name);
        for (const request of await store.keys()) texts.push(await (await store.match(request)).text());
    }
    return texts;
}"""


def pages_of(dist: Path, locale: str) -> dict[str, str]:
    """Every address of the locale in the sitemap, and the heading of its page."""
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    urls = ElementTree.parse(dist / "sitemap.xml").findall("s:url/s:loc", space)
    paths = [(url.text or "").removeprefix("https://guide.example") for url in urls]
    return {path: heading_in(dist, path) for path in paths if path.startswith(f"/{locale}/")}


def heading_in(dist: Path, path: str) -> str:
    html = (dist / path.lstrip("/") / "index.html").read_text(encoding="utf-8")
    match = re.search(r"<h1>(.*?)</h1>", html)
    assert match
    return unescape(match[1])


@pytest.mark.parametrize("locale", list(Locale))
def test_every_page_opens_without_network_however_it_is_addressed(
    locale: Locale, dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(dist)
    phone.goto(f"{server.url}/{locale}/")
    wait_ready()
    server.stop()
    pages = pages_of(dist, locale)
    assert len(pages) >= 25
    for path, heading in pages.items():
        bare = path.rstrip("/")
        for address in (path, f"{path}?utm_source=x", bare, f"{path}index.html"):
            phone.goto(server.url + address)
            assert phone.locator("h1").inner_text() == heading, address


def test_other_ways_to_write_an_address_work_without_network(
    small_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)
    phone.goto(f"{server.url}/nl/")
    wait_ready()
    server.stop()
    for address in (
        "//nl/signs//general/",
        "/NL/Signs/General",
        "/nl/signs/general.html",
        "/nl/signs/general/?a=1&b=2#how-many",
    ):
        phone.goto(server.url + address)
        assert phone.locator("h1").inner_text() == "Algemene signalen", address


def test_all_languages_follow_the_reader_s_own(small_dist: Path, serve: Serve, phone: Page, wait_ready: Wait) -> None:
    server = serve(small_dist)
    phone.goto(f"{server.url}/de/")
    wait_ready()
    expect(phone.locator(".offline-status__line").first).to_contain_text("nl, fr, de, en")
    parts = [path.split("/")[2].split(".")[0] for path in server.paths() if path.startswith("/offline/")]
    assert parts == ["shell", "shell", "de", "de", "nl", "nl", "fr", "fr", "en", "en"]
    server.stop()
    for locale, heading in (("nl", "Het gesprek"), ("fr", "Les questions"), ("en", "Questions")):
        phone.goto(f"{server.url}/{locale}/talk/questions/")
        assert phone.locator("h1").inner_text() == ("Vragen" if locale == "nl" else heading)


def test_the_start_page_leads_to_the_chosen_language_without_network(
    small_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)
    phone.goto(f"{server.url}/nl/")
    wait_ready()
    phone.locator(".language-switch [data-locale=fr]").click()
    expect(phone.locator("h1")).to_have_text("Petit guide")
    wait_ready()
    server.stop()
    phone.goto(f"{server.url}/")
    phone.wait_for_url("**/fr/")
    expect(phone.locator("h1")).to_have_text("Petit guide")


def test_an_unknown_address_without_network_helps_in_its_language(
    small_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)
    phone.goto(f"{server.url}/nl/")
    wait_ready()
    server.stop()
    answer = phone.goto(f"{server.url}/de/gibt/es/nicht/")
    assert answer and answer.status == 404
    assert phone.locator("h1").inner_text() == "Nicht gefunden"
    assert phone.locator('a[href="tel:112"]').first.is_visible()


def test_stored_answers_keep_their_security_headers(
    small_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)
    phone.goto(f"{server.url}/nl/")
    wait_ready()
    server.stop()
    answer = phone.goto(f"{server.url}/nl/signs/")
    assert answer
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_nothing_is_said_to_be_ready_while_a_part_is_missing(small_dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(small_dist)
    server.rule = when(starting("/offline/nl."), BUSY)
    phone.goto(f"{server.url}/nl/")
    expect(phone.locator(".offline-status__line").first).to_contain_text("Nog niet volledig")
    assert phone.locator("html").get_attribute("data-offline") == "none"
    server.rule = None
    phone.reload()
    phone.wait_for_selector('html[data-offline="ready"]')


@pytest.mark.parametrize("asked", ["/offline/nl.", "/offline/shell."])
def test_a_network_that_wants_a_log_in_never_becomes_content(
    asked: str, small_dist: Path, serve: Serve, phone: Page
) -> None:
    server = serve(small_dist)
    server.rule = when(starting(asked), PORTAL)
    phone.goto(f"{server.url}/nl/")
    line = phone.locator(".offline-status__line").first
    expect(line).to_contain_text(re.compile("in te loggen|kon niet bewaard worden"))
    assert phone.locator("html").get_attribute("data-offline") == "none"
    assert "Hotel Wi-Fi" not in str(phone.evaluate(STORED_TEXTS))
    server.rule = None
    phone.reload()
    phone.wait_for_selector('html[data-offline="ready"]')
    server.stop()
    for path, heading in pages_of(small_dist, "nl").items():
        phone.goto(server.url + path)
        assert phone.locator("h1").inner_text() == heading


@pytest.mark.parametrize("part", ["nl", "shell"])
def test_a_pack_cut_off_halfway_is_completed_one_by_one(
    part: str, small_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    (pack,) = (small_dist / "offline").glob(f"{part}.*.pack")
    server = serve(small_dist)
    half = Answer("200 OK", (BYTES,), pack.read_bytes()[: pack.stat().st_size // 2])
    server.rule = when(ending(pack.name), half)
    phone.goto(f"{server.url}/nl/")
    wait_ready()
    server.stop()
    for path, heading in pages_of(small_dist, "nl").items():
        phone.goto(server.url + path)
        assert phone.locator("h1").inner_text() == heading


def test_a_filter_that_blocks_packs_does_not_stop_the_guide(
    small_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)
    server.rule = when(ending(".pack"), FORBIDDEN)
    phone.goto(f"{server.url}/nl/")
    wait_ready()


def test_one_page_missing_on_the_host_leaves_the_others_stored(small_dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(small_dist)
    missing = "/nl/signs/general/"
    server.rule = when(ending(".pack", missing), MISSING)
    phone.goto(f"{server.url}/nl/")
    line = phone.locator(".offline-status__line").first
    expect(line).to_contain_text("Nog niet volledig")
    expect(phone.locator("html")).to_have_attribute("data-offline", "partial")
    total = len(pages_of(small_dist, "nl")) - 1 + 1  # without home, which is in the shell, and with the search list
    expect(line).to_contain_text(f"{total - 1} van {total}")
    server.stop()
    phone.goto(f"{server.url}/nl/talk/questions/")
    assert phone.locator("h1").inner_text() == "Vragen"


@pytest.mark.parametrize("lost", ["guide-entries-1", "guide-state-1", "both"])
def test_a_store_that_was_wiped_fills_again_by_itself(
    lost: str, small_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)
    phone.goto(f"{server.url}/nl/")
    wait_ready()
    names = ["guide-entries-1", "guide-state-1"] if lost == "both" else [lost]
    phone.evaluate("names => Promise.all(names.map(name => caches.delete(name)))", names)
    phone.goto(f"{server.url}/nl/signs/")
    assert phone.locator("h1").inner_text() == "Signalen"
    wait_ready()
    server.stop()
    phone.goto(f"{server.url}/nl/talk/questions/")
    assert phone.locator("h1").inner_text() == "Vragen"


def test_a_worker_ended_in_mid_work_is_asked_again(small_dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(small_dist)
    gate = threading.Event()

    def wait_at_the_pack(path: str, _: Answer) -> None:
        if path.startswith("/offline/nl.") and path.endswith(".pack"):
            gate.wait(20)

    server.rule = wait_at_the_pack
    phone.goto(f"{server.url}/nl/")
    expect(phone.locator(".offline-status__count").first).to_contain_text("0 van")
    session = phone.context.new_cdp_session(phone)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    gate.set()
    server.rule = None
    phone.wait_for_selector('html[data-offline="ready"]', timeout=60_000)


def test_the_rest_follows_by_itself_when_the_network_is_good_again(small_dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(small_dist)
    server.rule = when(starting("/offline/"), BUSY)
    phone.goto(f"{server.url}/nl/")
    expect(phone.locator(".offline-status__line").first).to_contain_text("kon niet bewaard worden")
    server.rule = None
    phone.wait_for_selector('html[data-offline="ready"]', timeout=30_000)


def test_a_damaged_entry_is_noticed_and_fetched_again(
    small_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)
    phone.goto(f"{server.url}/nl/")
    wait_ready()
    damaged = phone.evaluate(
        """async () => {
            const store = await caches.open("guide-entries-1");
            let count = 0;
            for (const request of await store.keys()) {
                const text = await (await store.match(request)).clone().text();
                if (!text.includes("<h1>Vragen</h1>")) continue;
                await store.put(request, new Response(text.replace("Vragen", "Onzin")));
                count += 1;
            }
            return count;
        }"""
    )
    assert damaged == 1
    phone.goto(f"{server.url}/nl/talk/questions/")
    assert phone.locator("h1").inner_text() == "Vragen"
    wait_ready()
    server.stop()
    phone.goto(f"{server.url}/nl/talk/questions/")
    assert phone.locator("h1").inner_text() == "Vragen"


# ── A new edition ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def next_dist(tmp_path: Path) -> Path:
    """The small guide with one changed page and a new day."""
    content = Path(shutil.copytree(SMALL, tmp_path / "content"))
    for file, old, new in (
        (content / "guide.yaml", "2026-01-15", "2026-02-01"),
        (content / "nl/talk/questions.md", "title: Vragen", "title: Nieuwe vragen"),
    ):
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
    return build_into(tmp_path / "dist", content)


def test_a_new_edition_waits_until_the_reader_opens_it(
    small_dist: Path, next_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)
    phone.goto(f"{server.url}/nl/")
    wait_ready()
    expect(phone.locator(".offline-status__line").first).to_contain_text("nl, fr, de, en")
    server.publish(next_dist)
    phone.reload()
    expect(phone.locator(".offline-status__line").first).to_contain_text("Een nieuwe editie van 1 februari 2026")
    phone.get_by_role("button", name="Open de nieuwe editie").click()
    expect(phone.locator(".offline-status__line").first).to_contain_text("Editie van 1 februari 2026")
    server.stop()
    phone.goto(f"{server.url}/nl/talk/questions/")
    assert phone.locator("h1").inner_text() == "Nieuwe vragen"


def test_an_update_brings_only_what_changed_and_leaves_nothing_behind(
    small_dist: Path, next_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)
    phone.goto(f"{server.url}/nl/")
    wait_ready()
    expect(phone.locator(".offline-status__line").first).to_contain_text("nl, fr, de, en")
    before = phone.evaluate("caches.open('guide-entries-1').then(store => store.keys()).then(keys => keys.length)")
    server.publish(next_dist)
    server.requests.clear()
    phone.reload()
    expect(phone.locator(".offline-status__switch")).to_be_visible()
    asked = [path for path in server.paths() if path != "/sw.js"]
    assert not any(path.endswith(".pack") for path in asked)
    assert "/nl/talk/questions/" in asked
    phone.locator(".offline-status__switch").click()
    expect(phone.locator(".offline-status__line").first).to_contain_text("Editie van 1 februari 2026")
    after = phone.evaluate("caches.open('guide-entries-1').then(store => store.keys()).then(keys => keys.length)")
    assert after == before


def test_an_edition_with_a_hole_does_not_take_over(
    small_dist: Path, next_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)
    phone.goto(f"{server.url}/nl/")
    wait_ready()
    expect(phone.locator(".offline-status__line").first).to_contain_text("nl, fr, de, en")
    server.publish(next_dist)
    phone.reload()
    expect(phone.locator(".offline-status__switch")).to_be_visible()
    holes = phone.evaluate(
        """async () => {
            const store = await caches.open("guide-entries-1");
            let count = 0;
            for (const request of await store.keys()) {
                const text = await (await store.match(request)).text();
                if (text.includes("<h1>Nieuwe vragen</h1>") && await store.delete(request)) count += 1;
            }
            return count;
        }"""
    )
    assert holes == 1
    server.stop()
    context = phone.context
    phone.close()
    again = context.new_page()
    again.goto(f"{server.url}/nl/talk/questions/")
    assert again.locator("h1").inner_text() == "Vragen"


def test_a_withdrawn_edition_is_no_longer_offered(
    small_dist: Path, next_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)
    phone.goto(f"{server.url}/nl/")
    wait_ready()
    expect(phone.locator(".offline-status__line").first).to_contain_text("nl, fr, de, en")
    server.publish(next_dist)
    phone.reload()
    expect(phone.locator(".offline-status__switch")).to_be_visible()
    reader = phone.context.new_page()  # keeps the first edition in use
    reader.goto(f"{server.url}/nl/signs/")
    server.publish(small_dist)
    phone.reload()
    expect(phone.locator(".offline-status__switch")).to_be_hidden()
    server.stop()
    context = phone.context
    phone.close()
    reader.close()
    again = context.new_page()
    again.goto(f"{server.url}/nl/talk/questions/")
    assert again.locator("h1").inner_text() == "Vragen"


def test_the_button_says_why_it_waits_for_other_windows(
    small_dist: Path, next_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)
    phone.goto(f"{server.url}/nl/")
    wait_ready()
    expect(phone.locator(".offline-status__line").first).to_contain_text("nl, fr, de, en")
    reader = phone.context.new_page()
    reader.goto(f"{server.url}/nl/signs/")
    server.publish(next_dist)
    phone.reload()
    phone.locator(".offline-status__switch").click()
    expect(phone.locator(".offline-status__line").first).to_contain_text("zodra de andere vensters")
    reader.goto(f"{server.url}/nl/talk/questions/")
    assert reader.locator("h1").inner_text() == "Vragen"


def test_an_open_tab_keeps_its_edition_until_it_is_closed(
    small_dist: Path, next_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)
    phone.goto(f"{server.url}/nl/")
    wait_ready()
    expect(phone.locator(".offline-status__line").first).to_contain_text("nl, fr, de, en")
    reader = phone.context.new_page()
    reader.goto(f"{server.url}/nl/talk/questions/")
    server.publish(next_dist)
    phone.reload()
    expect(phone.locator(".offline-status__switch")).to_be_visible()
    reader.reload()
    assert reader.locator("h1").inner_text() == "Vragen"
    phone.close()
    reader.close()
    again = reader.context.new_page()
    again.goto(f"{server.url}/nl/talk/questions/")
    assert again.locator("h1").inner_text() == "Nieuwe vragen"


def test_a_half_published_edition_leaves_the_old_one_whole(
    small_dist: Path, next_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)
    phone.goto(f"{server.url}/nl/")
    wait_ready()
    expect(phone.locator(".offline-status__line").first).to_contain_text("nl, fr, de, en")
    server.publish(next_dist)
    old_page = (small_dist / "nl/talk/questions/index.html").read_bytes()
    server.rule = when(starting("/nl/talk/questions/"), Answer("200 OK", (HTML,), old_page))
    phone.reload()
    phone.wait_for_function("() => !document.querySelector('.offline-status__line').textContent.includes('Nagaan')")
    expect(phone.locator("html")).to_have_attribute("data-offline", "ready")
    assert phone.locator(".offline-status__switch").is_hidden()
    server.stop()
    phone.goto(f"{server.url}/nl/talk/questions/")
    assert phone.locator("h1").inner_text() == "Vragen"
