"""The offline faults that another browser may answer differently, in a real Firefox.

What Chromium hides shows here: half an answer that counts as whole, and a worker that is ended in mid-work.
"""

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import (
    BUSY,
    BYTES,
    FORBIDDEN,
    HTML,
    PORTAL,
    Answer,
    CutOff,
    Dripping,
    Hanging,
    Rule,
    Spoiled,
    ending,
    from_request,
    redirect,
    starting,
    when,
)
from tests.firefox import Firefox, FirefoxError, Phone, Tab, provide_firefox, running, wait_until
from tests.pages import pages_of
from tests.server import GuideServer, Serve

# One Firefox is enough: with several processes (xdist), these tests share one.
pytestmark = pytest.mark.xdist_group("firefox")


READY = "document.documentElement.dataset.offline === 'ready'"

# A try to store has ended, one way or the other: the line says neither “checking” nor “storing”.
TRIED = """(() => {
    const { checking, storing } = document.querySelector("offline-status").dataset;
    return !["", checking, storing].includes(document.querySelector(".offline-status__line").textContent);
})()"""

OFFERS_NEXT = "!document.querySelector('.offline-status__switch').hidden"

# The names of what is stored as content: its hashes.
NAMES = """caches.open("guide-entries-1").then((store) => store.keys()).then((requests) =>
    requests.map(({ url }) => new URL(url).pathname.split("/").at(-1)))"""

# What is stored as content, each with the hash it is stored under and the hash it has.
STORED = """caches.open("guide-entries-1").then(async (store) =>
    Promise.all((await store.keys()).map(async (request) => {
        const bytes = await (await store.match(request)).arrayBuffer();
        const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes), 0, 16);
        const hash = btoa(String.fromCharCode(...digest)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
        return [new URL(request.url).pathname.split("/").at(-1), hash];
    })))"""


@pytest.fixture(scope="session")
def firefox() -> Iterator[Firefox]:
    with running(provide_firefox()) as firefox:
        yield firefox


@pytest.fixture
def phone(firefox: Firefox) -> Iterator[Phone]:
    """A phone that has never seen the guide; the test fails if a script of ours throws."""
    phone = firefox.new_phone()
    yield phone
    assert phone.forget() == []


def stored_in(tab: Tab) -> set[str]:
    """The hashes of what is stored. Fails if something is not what its hash says."""
    pairs = tab.evaluate(STORED)
    assert isinstance(pairs, list)
    assert [pair for pair in pairs if pair[0] != pair[1]] == []
    return {hash for hash, _ in pairs}


def hashes_of(dist: Path, *parts: str) -> dict[str, str]:
    """The addresses of those parts of a built guide, all without a name, and the hash of each; the lists too."""
    hashes = {}
    for file in (dist / "offline").glob("*.json"):
        part, hash, _ = file.name.split(".")
        if parts and part not in parts:
            continue
        hashes[f"/offline/{file.name}"] = hash
        hashes |= {entry[0]: entry[1] for entry in json.loads(file.read_bytes())["entries"]}
    return hashes


def wait_whole(tab: Tab, dist: Path) -> None:
    """Wait until the phone has every language of a built guide, byte for byte, and says that it is ready."""
    wanted = json.dumps(sorted(set(hashes_of(dist).values())))
    tab.wait_for(f"{NAMES}.then((names) => {wanted}.every((hash) => names.includes(hash)))")
    tab.wait_for(READY)
    stored_in(tab)


def assert_opens_without_network(phone: Phone, server: GuideServer, dist: Path) -> None:
    """The server is stopped, and a tab opened anew finds the pages; their bytes were compared by wait_whole."""
    server.stop()
    pages = pages_of(dist, "nl")
    tab = phone.open(f"{server.url}/nl/")
    for path in ("/nl/signs/general/", "/nl/talk/questions/"):
        tab.goto(server.url + path)
        assert tab.text("h1") == pages[path], path


def half_of(dist: Path, asked: str, framing: str) -> Rule:
    """Half of the right body, uncompressed, since a compression would betray the cut."""

    def rule(path: str, _: Answer) -> Spoiled | None:
        if not (path.startswith(asked) and path.endswith((".pack", "/"))):
            return None
        file = dist / path.lstrip("/")
        if path.endswith(".pack"):
            return CutOff(Answer("200 OK", (BYTES,), file.read_bytes()), framing)
        return CutOff(Answer("200 OK", (HTML,), (file / "index.html").read_bytes()), framing)

    return rule


def either(*rules: Rule) -> Rule:
    """The first of these rules that has something to say."""
    return lambda path, answer: next((fault for rule in rules if (fault := rule(path, answer))), None)


# ── The first visit ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("part", ["nl", "shell"])
def test_a_log_in_page_never_becomes_content(part: str, small_dist: Path, serve: Serve, phone: Phone) -> None:
    server = serve(small_dist)
    seen_first = {"/nl/", "/assets/guide.css", "/assets/guide.js"}  # without these there is nothing to test
    stored = set(hashes_of(small_dist, part)) - seen_first
    server.rule = when(lambda path: path in stored or path.startswith(f"/offline/{part}."), PORTAL)
    tab = phone.open(f"{server.url}/nl/")
    tab.wait_for(TRIED)
    assert not tab.evaluate(READY)
    assert stored_in(tab) <= set(hashes_of(small_dist).values())
    server.rule = None
    tab.reload()
    wait_whole(tab, small_dist)
    assert_opens_without_network(phone, server, small_dist)


def test_a_detour_to_a_log_in_page_never_becomes_content(small_dist: Path, serve: Serve, phone: Phone) -> None:
    server, portal = serve(small_dist), serve(small_dist)
    portal.rule = when(starting("/"), PORTAL)
    server.rule = either(
        when(starting("/login/"), PORTAL),
        when(starting("/offline/nl.", "/nl/signs/"), redirect("/login/")),
        when(starting("/offline/", "/nl/talk/"), redirect(f"{portal.url}/login/")),
    )
    tab = phone.open(f"{server.url}/nl/")
    tab.wait_for(TRIED)
    assert not tab.evaluate(READY)
    server.rule = either(server.rule, when(ending(".pack"), FORBIDDEN))
    tab.reload()
    tab.wait_for(TRIED)
    assert not tab.evaluate(READY)
    assert stored_in(tab) <= set(hashes_of(small_dist).values())
    server.rule = None
    tab.reload()
    wait_whole(tab, small_dist)
    assert_opens_without_network(phone, server, small_dist)


@pytest.mark.parametrize("framing", ["length", "chunks", "end"])
def test_a_pack_cut_off_halfway_is_completed(framing: str, small_dist: Path, serve: Serve, phone: Phone) -> None:
    server = serve(small_dist)
    server.rule = either(*(half_of(small_dist, f"/offline/{part}.", framing) for part in ("shell", "nl")))
    tab = phone.open(f"{server.url}/nl/")
    wait_whole(tab, small_dist)
    assert_opens_without_network(phone, server, small_dist)


@pytest.mark.parametrize("framing", ["length", "chunks", "end"])
def test_half_a_page_is_never_stored(framing: str, small_dist: Path, serve: Serve, phone: Phone) -> None:
    server = serve(small_dist)
    server.rule = either(when(ending(".pack"), FORBIDDEN), half_of(small_dist, "/nl/signs/general/", framing))
    tab = phone.open(f"{server.url}/nl/")
    tab.wait_for(TRIED)
    assert "/nl/signs/general/" in server.paths()
    assert not tab.evaluate(READY)
    assert hashes_of(small_dist)["/nl/signs/general/"] not in stored_in(tab)
    server.rule = None
    tab.reload()
    wait_whole(tab, small_dist)
    assert_opens_without_network(phone, server, small_dist)


def test_what_came_before_a_failure_is_kept_and_not_asked_again(small_dist: Path, serve: Serve, phone: Phone) -> None:
    server = serve(small_dist)
    pages = hashes_of(small_dist, "nl")
    asked_singly = when(ending(".pack"), FORBIDDEN)
    server.rule = either(asked_singly, from_request(10, BUSY, lambda path: path in pages and path != "/nl/"))
    tab = phone.open(f"{server.url}/nl/")
    tab.wait_for(TRIED)
    assert not tab.evaluate(READY)
    before = stored_in(tab)
    kept = {path for path, hash in pages.items() if hash in before and path != "/nl/"}
    assert len(kept) == 9
    server.requests.clear()
    server.rule = asked_singly
    tab.reload()
    wait_whole(tab, small_dist)
    assert kept.isdisjoint(server.paths())
    assert_opens_without_network(phone, server, small_dist)


def test_a_slow_network_ends_with_a_whole_guide(small_dist: Path, serve: Serve, phone: Phone) -> None:
    """Firefox ends a worker whose event takes too long, here six seconds; the guide takes longer (see PREFERENCES)."""
    server = serve(small_dist)

    def slow(path: str, _: Answer) -> None:
        if path.startswith("/offline/"):
            time.sleep(1.8)

    server.rule = slow
    tab = phone.open(f"{server.url}/nl/")
    wait_whole(tab, small_dist)
    parts = [path for path in server.paths() if path.startswith("/offline/")]
    assert sorted(parts) == sorted(set(parts)), "a worker was ended and began again"
    assert_opens_without_network(phone, server, small_dist)


def test_two_tabs_store_the_guide_once(small_dist: Path, serve: Serve, phone: Phone) -> None:
    server = serve(small_dist)
    gate = threading.Event()

    def wait_for_the_second_tab(path: str, _: Answer) -> None:
        if path.startswith("/offline/nl."):
            gate.wait(20)

    server.rule = wait_for_the_second_tab
    first = phone.open(f"{server.url}/nl/")
    second = phone.open(f"{server.url}/nl/signs/")
    gate.set()
    first.wait_for(READY)
    wait_whole(second, small_dist)
    packs = [path for path in server.paths() if path.endswith(".pack")]
    assert sorted(packs) == sorted(set(packs))
    assert_opens_without_network(phone, server, small_dist)


# ── Without network ────────────────────────────────────────────────────────────────────────────────────────


def test_every_page_opens_without_network_however_it_is_addressed(small_dist: Path, serve: Serve, phone: Phone) -> None:
    server = serve(small_dist)
    tab = phone.open(f"{server.url}/nl/")
    wait_whole(tab, small_dist)
    server.stop()
    pages = pages_of(small_dist, "nl")
    assert len(pages) >= 20
    for number, (path, heading) in enumerate(pages.items()):
        other_ways = path.rstrip("/"), f"{path}index.html", f"{path}?utm_source=x"
        for address in (path, other_ways[number % len(other_ways)]):
            tab.goto(server.url + address)
            assert tab.text("h1") == heading, address


def test_an_unknown_address_without_network_helps_in_its_language(small_dist: Path, serve: Serve, phone: Phone) -> None:
    server = serve(small_dist)
    tab = phone.open(f"{server.url}/nl/")
    wait_whole(tab, small_dist)
    server.stop()
    tab.goto(f"{server.url}/de/gibt/es/nicht/")
    assert tab.text("h1") == "Nicht gefunden"
    assert tab.evaluate("document.querySelector('a[href=\"tel:112\"]') !== null")


def test_a_connection_that_hangs_does_not_keep_the_reader_waiting(small_dist: Path, serve: Serve, phone: Phone) -> None:
    server = serve(small_dist)
    tab = phone.open(f"{server.url}/nl/")
    wait_whole(tab, small_dist)
    server.rule = when(starting("/"), Hanging())
    for path, heading in (("/nl/signs/general/", "Algemene signalen"), ("/nl/talk/questions", "Vragen")):
        tab.goto(server.url + path)
        assert tab.text("h1") == heading, path


# ── A store that is no longer what it was ──────────────────────────────────────────────────────────────────

LOSE = {
    "damaged": 'store.put(request, new Response((await response.text()).replace("Vragen", "Onzin")))',
    "deleted": "store.delete(request)",
}


@pytest.mark.parametrize("how", list(LOSE))
def test_an_entry_that_is_lost_is_missed_and_fetched_again(
    how: str, small_dist: Path, serve: Serve, phone: Phone
) -> None:
    path = "/nl/talk/questions/"
    hash = hashes_of(small_dist)[path]
    server = serve(small_dist)
    tab = phone.open(f"{server.url}/nl/")
    wait_whole(tab, small_dist)
    lose = f"""caches.open("guide-entries-1").then(async (store) => {{
        const request = (await store.keys()).find(({{ url }}) => url.endsWith({json.dumps(hash)}));
        const response = await store.match(request);
        return Boolean(await {LOSE[how]}) || true;
    }})"""
    assert tab.evaluate(lose)
    offline = server.restart(small_dist)
    offline.stop()
    tab.goto(server.url + path)
    assert tab.text("h1") == "Niet gevonden"
    again = GuideServer(small_dist, server.port)
    try:
        tab.goto(server.url + path)
        assert tab.text("h1") == "Vragen"
        wait_whole(tab, small_dist)
    finally:
        again.stop()
    assert_opens_without_network(phone, again, small_dist)


def test_a_store_that_was_wiped_fills_again_by_itself(small_dist: Path, serve: Serve, phone: Phone) -> None:
    server = serve(small_dist)
    tab = phone.open(f"{server.url}/nl/")
    wait_whole(tab, small_dist)
    wipe = "caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name))))"
    assert tab.evaluate(wipe) == [True, True]
    tab.goto(f"{server.url}/nl/signs/")
    assert tab.text("h1") == "Signalen"
    wait_whole(tab, small_dist)
    assert_opens_without_network(phone, server, small_dist)


# ── A new edition ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_log_in_page_in_the_worker_s_place_leaves_the_guide_whole(
    small_dist: Path, serve: Serve, phone: Phone
) -> None:
    server = serve(small_dist)
    tab = phone.open(f"{server.url}/nl/")
    wait_whole(tab, small_dist)
    server.rule = when(starting("/"), PORTAL)
    with pytest.raises(FirefoxError, match="SecurityError"):
        tab.evaluate("navigator.serviceWorker.ready.then((registration) => registration.update())")
    tab.reload()
    wait_whole(tab, small_dist)
    assert_opens_without_network(phone, server, small_dist)


def test_a_half_published_edition_leaves_the_old_one_whole(
    small_dist: Path, next_dist: Path, serve: Serve, phone: Phone
) -> None:
    changed = "/nl/talk/questions/"
    server = serve(small_dist)
    tab = phone.open(f"{server.url}/nl/")
    wait_whole(tab, small_dist)
    server.publish(next_dist)
    old_page = (small_dist / changed.lstrip("/") / "index.html").read_bytes()
    server.rule = when(starting(changed), Answer("200 OK", (HTML,), old_page))
    server.requests.clear()
    tab.reload()
    wait_until(lambda: changed in server.paths() or None, "the changed page to be fetched")
    tab.reload()  # the second try begins when the first has ended
    wait_until(lambda: server.paths().count(changed) >= 2 or None, "it to be fetched again")
    stored_in(tab)
    tab.wait_for(READY)
    assert not tab.evaluate(OFFERS_NEXT)
    tab.close()
    assert_opens_without_network(phone, server, small_dist)


def test_a_new_edition_takes_over_as_a_whole_when_no_page_is_open(
    small_dist: Path, next_dist: Path, serve: Serve, phone: Phone
) -> None:
    server = serve(small_dist)
    reader = phone.open(f"{server.url}/nl/talk/questions/")
    wait_whole(reader, small_dist)
    server.publish(next_dist)
    tab = phone.open(f"{server.url}/nl/")
    tab.wait_for(OFFERS_NEXT)
    for path, heading in (("/nl/signs/general/", "Algemene signalen"), ("/nl/talk/questions/", "Vragen")):
        reader.goto(server.url + path)
        assert reader.text("h1") == heading, path
    server.stop()
    tab.close()
    reader.close()
    assert_opens_without_network(phone, server, next_dist)


def test_the_reader_opens_the_new_edition(small_dist: Path, next_dist: Path, serve: Serve, phone: Phone) -> None:
    server = serve(small_dist)
    tab = phone.open(f"{server.url}/nl/talk/questions/")
    wait_whole(tab, small_dist)
    server.publish(next_dist)
    tab.reload()
    tab.wait_for(OFFERS_NEXT)
    assert tab.text("h1") == "Vragen"
    tab.evaluate("document.querySelector('.offline-status__switch').click()")
    tab.wait_for("document.querySelector('h1').textContent === 'Nieuwe vragen'")
    wait_whole(tab, next_dist)
    assert_opens_without_network(phone, server, next_dist)


def test_a_pack_that_takes_longer_than_a_worker_may_live_arrives(small_dist: Path, serve: Serve, phone: Phone) -> None:
    """Firefox ends a worker whose event takes too long, unless the page speaks to it."""
    server = serve(small_dist)

    def drip(path: str, answer: Answer) -> Spoiled | None:
        is_pack = path.startswith("/offline/nl.") and path.endswith(".pack")
        return Dripping(answer, pieces=20, seconds=0.5) if is_pack else None

    server.rule = drip
    tab = phone.open(f"{server.url}/nl/")
    wait_whole(tab, small_dist)
    assert sum(path.endswith(".pack") and path.startswith("/offline/nl.") for path in server.paths()) == 1


def test_a_hanging_update_check_does_not_keep_the_line_from_telling(
    small_dist: Path, serve: Serve, phone: Phone
) -> None:
    server = serve(small_dist)
    tab = phone.open(f"{server.url}/nl/")
    wait_whole(tab, small_dist)
    server.rule = when(starting("/"), Hanging())
    server.requests.clear()
    tab.reload()
    wait_until(lambda: "/sw.js" in server.paths() or None, "the update check")
    tab.goto(f"{server.url}/nl/signs/")
    tab.wait_for(READY)


def test_a_page_that_always_breaks_off_leaves_the_others_stored(small_dist: Path, serve: Serve, phone: Phone) -> None:
    server = serve(small_dist)
    broken = "/nl/signs/general/"
    server.rule = either(when(ending(".pack"), FORBIDDEN), half_of(small_dist, broken, "length"))
    tab = phone.open(f"{server.url}/nl/")
    tab.wait_for(TRIED)
    wanted = {hash for path, hash in hashes_of(small_dist, "shell", "nl").items() if path != broken}
    assert wanted <= stored_in(tab)
    assert not tab.evaluate(READY)
