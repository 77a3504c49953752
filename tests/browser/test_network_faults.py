"""What networks and hosts do wrong while the guide is being stored: nothing wrong is kept, and it heals by itself."""

import re
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reading import count_of, expect_whole, heading, line, stored_texts, wait_for_all
from tests.faults import (
    BUSY,
    BYTES,
    FORBIDDEN,
    HTML,
    MISSING,
    PORTAL,
    TOO_MANY,
    Answer,
    Dripping,
    Dropped,
    Hanging,
    Rule,
    Spoiled,
    cut_off,
    ending,
    from_request,
    plain,
    redirect,
    starting,
    when,
)
from tests.pages import pages_of
from tests.server import GuideServer, Serve, Wait

PAGES = re.compile(r"/nl/(?!not-found).+/")


def expect_nothing_ready(page: Page) -> None:
    expect(line(page)).not_to_contain_text("Nagaan", timeout=40_000)
    assert page.locator("html").get_attribute("data-offline") != "ready"


def heal(server: GuideServer, page: Page, dist: Path) -> None:
    """The fault is over and the next page is opened: everything is there, also with the server gone."""
    server.rule = None
    page.goto(f"{server.url}/nl/")
    page.wait_for_selector('html[data-offline="ready"]', timeout=30_000)
    server.stop()
    expect_whole(page, server.url, dist)


# ── Networks that want a log-in ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("asked", ["/offline/", "/offline/nl.", "/offline/shell.", "/"])
def test_a_portal_s_page_never_becomes_content(asked: str, small_dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(small_dist)
    first_page = ("/nl/", "/assets/", "/icons/", "/sw.js", "/nl/manifest")
    server.rule = lambda path, _: (
        PORTAL if path.startswith(asked) and not (asked == "/" and path.startswith(first_page)) else None
    )
    phone.goto(f"{server.url}/nl/")
    expect_nothing_ready(phone)
    assert phone.locator("html").get_attribute("data-offline") == "none"
    assert "Hotel Wi-Fi" not in str(stored_texts(phone))
    heal(server, phone, small_dist)


def test_the_reader_is_told_that_the_network_wants_a_log_in(small_dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(small_dist)
    server.rule = when(starting("/offline/nl."), PORTAL)
    phone.goto(f"{server.url}/nl/")
    expect(line(phone)).to_contain_text("eerst in te loggen")
    heal(server, phone, small_dist)


@pytest.mark.parametrize("target", ["/login", "http://localhost:1/login"])
def test_a_detour_to_a_log_in_is_recognised(target: str, small_dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(small_dist)
    server.rule = when(starting("/offline/nl."), redirect(target))
    phone.goto(f"{server.url}/nl/")
    expect(line(phone)).to_contain_text("eerst in te loggen")
    assert phone.locator("html").get_attribute("data-offline") == "none"
    heal(server, phone, small_dist)


def test_a_log_in_page_in_place_of_the_worker_installs_nothing(small_dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(small_dist)
    server.rule = when(starting("/sw.js"), PORTAL)
    phone.goto(f"{server.url}/nl/")
    expect(line(phone)).to_contain_text("kon niet bewaard worden")
    heal(server, phone, small_dist)


def test_a_proxy_that_writes_into_pages_is_refused_and_told(small_dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(small_dist)

    def banner(path: str, answer: Answer) -> Answer | Spoiled | None:
        if path.endswith(".pack"):
            return FORBIDDEN
        file = small_dist / path.lstrip("/") / "index.html"
        if not PAGES.fullmatch(path) or not file.is_file():
            return None
        return Answer("200 OK", plain(answer).headers, file.read_bytes() + b"<p>Scanned by your company</p>")

    server.rule = banner
    phone.goto(f"{server.url}/nl/")
    expect(line(phone)).to_contain_text("verandert wat het doorgeeft")
    assert "Scanned by" not in str(stored_texts(phone))
    heal(server, phone, small_dist)


# ── Bodies that are not whole, or not the right ones ───────────────────────────────────────────────────────


@pytest.mark.parametrize("framing", ["length", "chunks", "end"])
@pytest.mark.parametrize("part", ["nl", "shell"])
def test_a_pack_cut_off_halfway_is_completed_one_by_one(
    part: str, framing: str, small_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)
    server.rule = cut_off(lambda path: path.startswith(f"/offline/{part}.") and path.endswith(".pack"), framing)
    phone.goto(f"{server.url}/nl/")
    wait_ready()
    server.stop()
    expect_whole(phone, server.url, small_dist)


@pytest.mark.parametrize("framing", ["length", "chunks", "end"])
def test_half_a_page_is_never_kept(framing: str, small_dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(small_dist)
    cut = cut_off(starting("/nl/talk/questions/"), framing)
    server.rule = lambda path, answer: FORBIDDEN if path.endswith(".pack") else cut(path, answer)
    phone.goto(f"{server.url}/nl/")
    expect(line(phone)).to_contain_text("Nog niet volledig", timeout=30_000)
    heal(server, phone, small_dist)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda bytes_: b"", id="empty"),
        pytest.param(lambda bytes_: bytes_[100:] + bytes_[:100], id="shifted"),
        pytest.param(lambda bytes_: bytes_ + b"and more", id="longer"),
        pytest.param(lambda bytes_: bytes_.replace(b"Vragen", b"Dragen"), id="altered"),
    ],
)
def test_a_pack_with_other_bytes_is_used_only_where_it_is_right(
    spoil: Callable[[bytes], bytes], small_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    (pack,) = (small_dist / "offline").glob("nl.*.pack")
    server = serve(small_dist)
    server.rule = when(ending(pack.name), Answer("200 OK", (BYTES,), spoil(pack.read_bytes())))
    phone.goto(f"{server.url}/nl/")
    wait_ready()
    server.stop()
    expect_whole(phone, server.url, small_dist)


def test_the_pack_of_another_language_is_not_taken_for_this_one(
    small_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    (pack,) = (small_dist / "offline").glob("nl.*.pack")
    (other,) = (small_dist / "offline").glob("fr.*.pack")
    server = serve(small_dist)
    server.rule = when(ending(pack.name), Answer("200 OK", (BYTES,), other.read_bytes()))
    phone.goto(f"{server.url}/nl/")
    wait_ready()
    server.stop()
    expect_whole(phone, server.url, small_dist)


def test_old_bytes_from_a_cache_on_the_way_are_asked_for_anew(
    small_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)
    stale = Answer("200 OK", (HTML, ("Cache-Control", "max-age=31536000")), b"<h1>An edition ago</h1>")
    asked: list[str] = []

    def old_at_first(path: str, _: Answer) -> Answer | Spoiled | None:
        if path.endswith(".pack"):
            return FORBIDDEN
        if path != "/nl/talk/questions/":
            return None
        asked.append(path)
        return stale if len(asked) == 1 else None

    server.rule = old_at_first
    phone.goto(f"{server.url}/nl/")
    wait_ready()
    assert len(asked) == 2
    assert "An edition ago" not in str(stored_texts(phone))


# ── Hosts that fail ────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_said_to_be_ready_while_a_part_is_missing(small_dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(small_dist)
    server.rule = when(starting("/offline/nl."), BUSY)
    phone.goto(f"{server.url}/nl/")
    expect(line(phone)).to_contain_text("De site is overbelast")
    assert phone.locator("html").get_attribute("data-offline") == "none"
    heal(server, phone, small_dist)


@pytest.mark.parametrize("fault", [pytest.param(BUSY, id="503"), pytest.param(Dropped(), id="dropped")])
def test_a_host_that_fails_from_some_request_on_is_caught_up_with(
    fault: Answer | Spoiled, small_dist: Path, serve: Serve, phone: Page
) -> None:
    server = serve(small_dist)
    failing = from_request(6, fault, lambda path: bool(PAGES.fullmatch(path)))
    server.rule = lambda path, answer: FORBIDDEN if path.endswith(".pack") else failing(path, answer)
    phone.goto(f"{server.url}/nl/")
    expect(phone.locator("html")).to_have_attribute("data-offline", "partial", timeout=30_000)
    expect(line(phone)).to_contain_text("Nog niet volledig", timeout=30_000)
    kept = len(server.requests)
    server.rule = None
    phone.goto(f"{server.url}/nl/")
    phone.wait_for_selector('html[data-offline="ready"]', timeout=30_000)
    again = [path for path in server.paths()[kept:] if PAGES.fullmatch(path)]
    assert len(again) < len(pages_of(small_dist, "nl")) - 3  # what was stored is not fetched twice


@pytest.mark.parametrize("number", range(1, 13))
def test_a_connection_lost_at_any_request_heals(number: int, small_dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(small_dist)
    phone.goto(f"{server.url}/nl/", wait_until="commit")
    server.rule = from_request(number, Dropped())
    phone.wait_for_timeout(600)
    server.rule = None
    other = phone.context.new_page()
    other.goto(f"{server.url}/nl/")
    other.wait_for_selector('html[data-offline="ready"]', timeout=30_000)
    server.stop()
    expect_whole(other, server.url, small_dist)


def test_one_page_missing_on_the_host_leaves_the_others_stored(small_dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(small_dist)
    server.rule = when(ending(".pack", "/nl/signs/general/"), MISSING)
    phone.goto(f"{server.url}/nl/")
    expect(line(phone)).to_contain_text("Nog niet volledig")
    expect(phone.locator("html")).to_have_attribute("data-offline", "partial")
    total = count_of(small_dist, "shell", "nl")
    expect(line(phone)).to_contain_text(f"{total - 1} van {total}")
    server.stop()
    phone.goto(f"{server.url}/nl/talk/questions/")
    assert heading(phone) == "Vragen"


def test_a_filter_that_blocks_packs_does_not_stop_the_guide(
    small_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)
    server.rule = when(ending(".pack"), FORBIDDEN)
    phone.goto(f"{server.url}/nl/")
    wait_ready()


def test_a_host_that_limits_its_rate_is_left_alone_for_a_while(small_dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(small_dist)
    limited = from_request(4, TOO_MANY, lambda path: bool(PAGES.fullmatch(path)))
    server.rule = lambda path, answer: FORBIDDEN if path.endswith(".pack") else limited(path, answer)
    phone.goto(f"{server.url}/nl/")
    expect(line(phone)).to_contain_text("De site is overbelast", timeout=30_000)
    refused = [request for request in server.requests if request.status == 429]
    assert 1 <= len(refused) <= 4  # those that were under way
    heal(server, phone, small_dist)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(MISSING, id="missing"),
        pytest.param(BUSY, id="busy"),
        pytest.param(Answer("200 OK", (("Content-Type", "text/javascript"),), b"this is not {"), id="broken"),
    ],
)
def test_without_a_worker_the_guide_is_read_online(answer: Answer, small_dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(small_dist)
    server.rule = when(starting("/sw.js"), answer)
    phone.goto(f"{server.url}/nl/")
    expect(line(phone)).to_contain_text("kon niet bewaard worden")
    phone.goto(f"{server.url}/nl/signs/general/")
    assert heading(phone) == "Algemene signalen"
    heal(server, phone, small_dist)


# ── Slow and silent networks ───────────────────────────────────────────────────────────────────────────────


def test_a_slow_network_is_waited_for(small_dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(small_dist)

    def slow(path: str, answer: Answer) -> Answer | Spoiled | None:
        return Dripping(answer, 9, 0.1) if path.startswith(("/offline/", "/sw.js")) else None

    server.rule = slow
    phone.goto(f"{server.url}/nl/")
    phone.wait_for_selector('html[data-offline="ready"]', timeout=60_000)
    server.stop()
    expect_whole(phone, server.url, small_dist)


def test_a_page_that_comes_slowly_is_waited_for_too(
    small_dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(small_dist)
    path = "/nl/talk/questions/"
    page = (small_dist / path.lstrip("/") / "index.html").read_bytes()

    def slow(asked: str, answer: Answer) -> Answer | Spoiled | None:
        if asked == path:
            return Dripping(Answer("200 OK", plain(answer).headers, page), 14, 2.5)  # longer than silence may last
        return FORBIDDEN if asked.endswith(".pack") else None

    server.rule = slow
    phone.goto(f"{server.url}/nl/")
    phone.wait_for_selector('html[data-offline="ready"]', timeout=60_000)
    assert server.paths().count(path) == 1


@pytest.mark.parametrize("head", [False, True], ids=["no answer", "no body"])
def test_a_network_that_falls_silent_is_given_up_and_tried_again(
    head: bool, small_dist: Path, serve: Serve, phone: Page
) -> None:
    server = serve(small_dist)

    def silent(path: str, answer: Answer) -> Answer | Spoiled | None:
        if not path.startswith("/offline/nl."):
            return None
        return FORBIDDEN if path.endswith(".pack") else Hanging(answer if head else None)

    server.rule = silent
    phone.goto(f"{server.url}/nl/")
    expect(line(phone)).to_contain_text("Het netwerk antwoordt niet", timeout=45_000)
    server.rule = None
    phone.wait_for_selector('html[data-offline="ready"]', timeout=30_000)  # by itself


def test_the_rest_follows_by_itself_when_the_network_is_good_again(small_dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(small_dist)
    server.rule = when(starting("/offline/"), BUSY)
    phone.goto(f"{server.url}/nl/")
    expect(line(phone)).to_contain_text("kon niet bewaard worden")
    server.rule = None
    phone.wait_for_selector('html[data-offline="ready"]', timeout=30_000)


# ── Readers who do not wait ────────────────────────────────────────────────────────────────────────────────


def at_the_pack(gate: threading.Event) -> Rule:
    """Wait with the pack of nl until the gate opens."""

    def rule(path: str, _: Answer) -> None:
        if path.startswith("/offline/nl.") and path.endswith(".pack"):
            gate.wait(20)

    return rule


def test_a_worker_ended_in_mid_work_is_asked_again(small_dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(small_dist)
    gate = threading.Event()
    server.rule = at_the_pack(gate)
    phone.goto(f"{server.url}/nl/")
    expect(phone.locator(".offline-status__count").first).to_contain_text(" van ")
    session = phone.context.new_cdp_session(phone)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    gate.set()
    server.rule = None
    phone.wait_for_selector('html[data-offline="ready"]', timeout=60_000)


def test_a_closed_tab_is_gone_on_with_by_the_next(small_dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(small_dist)
    gate = threading.Event()
    server.rule = at_the_pack(gate)
    phone.goto(f"{server.url}/nl/")
    expect(phone.locator(".offline-status__count").first).to_contain_text(" van ")
    context = phone.context
    phone.close()
    gate.set()
    again = context.new_page()
    again.goto(f"{server.url}/nl/")
    again.wait_for_selector('html[data-offline="ready"]', timeout=30_000)
    server.stop()
    expect_whole(again, server.url, small_dist)


def test_two_windows_do_not_fetch_the_guide_twice(small_dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(small_dist)
    gate = threading.Event()
    server.rule = at_the_pack(gate)
    phone.goto(f"{server.url}/nl/")
    expect(phone.locator(".offline-status__count").first).to_contain_text(" van ")
    other = phone.context.new_page()
    other.goto(f"{server.url}/nl/signs/")
    expect(other.locator(".offline-status__count").first).to_contain_text(" van ")
    gate.set()
    wait_for_all(phone)
    other.wait_for_selector('html[data-offline="ready"]')
    packs = [path for path in server.paths() if path.endswith(".pack")]
    assert len(packs) == len(set(packs)) == 5


def test_reloading_in_the_middle_of_everything_harms_nothing(small_dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(small_dist)
    for wait in (0, 30, 60, 120, 240, 480):
        phone.goto(f"{server.url}/nl/", wait_until="commit")
        phone.wait_for_timeout(wait)
    phone.wait_for_selector('html[data-offline="ready"]', timeout=30_000)
    wait_for_all(phone)
    server.stop()
    expect_whole(phone, server.url, small_dist)
