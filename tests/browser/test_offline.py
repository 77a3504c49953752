"""The guide on a phone whose network is gone: the server is stopped, not a switch in the browser."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from guide import Locale
from tests.browser.reading import expect_in_order, expect_whole, heading, line, wait_for_all
from tests.faults import Answer, Dripping, Hanging, Spoiled, plain, starting, when
from tests.pages import pages_of
from tests.server import Serve, Wait


@pytest.mark.parametrize("locale", list(Locale))
def test_every_page_opens_without_network_however_it_is_addressed(
    locale: Locale, dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(dist)
    phone.set_viewport_size({"width": 320, "height": 568})  # the smallest phone
    hosts: set[str] = set()
    phone.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    phone.goto(f"{server.url}/{locale}/")
    wait_ready()
    server.stop()
    pages = pages_of(dist, locale)
    assert len(pages) >= 25
    for path, title in pages.items():
        phone.goto(server.url + path)
        assert heading(phone) == title, path
        expect_in_order(phone)
    assert hosts == {urlsplit(server.url).netloc}
    assert phone.context.cookies() == []
    others = [[f"{path}?utm_source=x", path.rstrip("/"), f"{path}index.html"] for path in pages]
    answers = phone.evaluate(
        """async addresses => {
            const statuses = {};
            for (const address of addresses) statuses[address] = (await fetch(address)).status;
            return statuses;
        }""",
        [address for each in others for address in each],
    )
    assert set(answers.values()) == {200}, [address for address, status in answers.items() if status != 200]
    for address in (f"/{locale}/signs", f"/{locale}/signs/index.html", f"/{locale}/signs/?fbclid=1&gclid=2#a"):
        phone.goto(server.url + address)
        assert heading(phone) == pages[f"/{locale}/signs/"], address


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
        "/nl/signs/general",
        "/nl/signs/general/index.html",
        "/nl/signs/general/?a=1&b=2#how-many",
    ):
        phone.goto(server.url + address)
        assert heading(phone) == "Algemene signalen", address


def test_all_languages_follow_the_reader_s_own(small_dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(small_dist)
    phone.goto(f"{server.url}/de/")
    wait_for_all(phone)
    parts = [path.split("/")[2].split(".")[0] for path in server.paths() if path.startswith("/offline/")]
    assert parts == ["shell", "de", "nl", "fr", "en"]
    server.stop()
    for locale, title in (("nl", "Vragen"), ("fr", "Les questions"), ("en", "Questions")):
        phone.goto(f"{server.url}/{locale}/talk/questions/")
        assert heading(phone) == title


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
    assert heading(phone) == "Nicht gefunden"
    assert phone.locator('a[href="tel:112"]').first.is_visible()
    phone.goto(f"{server.url}/es/ayuda/")
    assert heading(phone) == "Niet gevonden"


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


def test_the_bar_shows_pages_and_bytes_while_a_language_comes(small_dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(small_dist)
    server.rule = lambda path, answer: (
        Dripping(answer, 6, 0.4) if path.startswith("/offline/nl.") and path.endswith(".pack") else None
    )
    phone.goto(f"{server.url}/nl/")
    bar = phone.locator(".offline-status__progress").first
    expect(bar).to_be_visible()
    count = phone.locator(".offline-status__count").first
    expect(count).to_contain_text(" pagina’s, ")
    assert "kB" in count.inner_text()
    phone.wait_for_selector('html[data-offline="ready"]')
    expect(bar).to_be_hidden()


def test_a_part_of_a_stored_page_that_is_asked_for_comes_whole(
    small_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)
    phone.goto(f"{server.url}/nl/")
    wait_ready()
    server.stop()
    status, size = phone.evaluate(
        """async () => {
            const answer = await fetch("/nl/signs/", { headers: { Range: "bytes=0-99" } });
            return [answer.status, (await answer.arrayBuffer()).byteLength];
        }"""
    )
    assert (status, size) == (200, (small_dist / "nl/signs/index.html").stat().st_size)


def test_a_page_can_be_printed_without_network(small_dist: Path, serve: Serve, phone: Page, wait_ready: Wait) -> None:
    server = serve(small_dist)
    phone.goto(f"{server.url}/nl/")
    wait_ready()
    server.stop()
    phone.goto(f"{server.url}/nl/signs/general/")
    phone.emulate_media(media="print")
    assert phone.locator(".bottom-bar").is_hidden()
    assert phone.locator("h1").is_visible()
    paper = phone.pdf()
    assert paper.startswith(b"%PDF") and len(paper) > 8_000


def test_a_first_start_without_network_shows_nothing_false_and_heals(
    small_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)
    server.stop()
    with pytest.raises(Exception, match="ERR_CONNECTION_REFUSED"):
        phone.goto(f"{server.url}/nl/")
    back = server.restart(small_dist)
    try:
        other = phone.context.new_page()
        other.goto(f"{back.url}/nl/")
        other.wait_for_selector('html[data-offline="ready"]')
    finally:
        back.stop()


def test_a_wrong_clock_changes_nothing_but_is_told(small_dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(small_dist)
    phone.clock.set_fixed_time("1999-12-31T12:00:00")
    phone.goto(f"{server.url}/nl/")
    expect(line(phone)).to_contain_text("Klaar zonder netwerk", timeout=30_000)
    expect(line(phone)).to_contain_text("klok van dit toestel")
    server.stop()
    phone.clock.set_fixed_time("2099-12-31T12:00:00")
    phone.goto(f"{server.url}/nl/signs/")
    expect(line(phone)).to_contain_text("Klaar zonder netwerk")
    expect(line(phone)).not_to_contain_text("klok van dit toestel")


def test_a_page_that_is_not_stored_on_a_silent_network_is_told_as_missing(
    small_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)
    phone.goto(f"{server.url}/nl/")
    wait_ready()
    server.rule = when(starting("/nl/nowhere"), Hanging())
    answer = phone.goto(f"{server.url}/nl/nowhere/")
    assert answer and answer.status == 404
    assert heading(phone) == "Niet gevonden"
    server.rule = when(lambda path: True, Hanging())
    phone.goto(f"{server.url}/nl/signs/")  # what is stored does not wait for a network
    assert heading(phone) == "Signalen"


@pytest.mark.parametrize("compression", ["none", "mixed"])
def test_it_does_not_matter_how_the_host_compresses(
    compression: str, small_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)

    def uncompressed(path: str, answer: Answer) -> Answer | Spoiled | None:
        file = small_dist / (path.lstrip("/") + ("index.html" if path.endswith("/") else ""))
        if not file.is_file() or (compression == "mixed" and len(path) % 2):
            return None
        return Answer(answer.status, plain(answer).headers, file.read_bytes())

    server.rule = uncompressed
    phone.goto(f"{server.url}/nl/")
    wait_ready()
    server.stop()
    expect_whole(phone, server.url, small_dist)
