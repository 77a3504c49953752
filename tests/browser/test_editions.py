"""A new edition: taken over whole, when nobody is in the middle of something, and without leaving anything behind."""

import re
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import brotli
import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

import build
from guide import Guide, pack, site_parts
from tests.browser.reading import (
    ENTRIES,
    change_entries,
    count_of,
    expect_whole,
    heading,
    limit_storage,
    line,
    state_of_store,
    stored_size,
    wait_for_all,
    wait_until,
)
from tests.chromium import FLAGS, provide_chromium
from tests.conftest import ROOT, SMALL
from tests.faults import (
    BUSY,
    BYTES,
    FORBIDDEN,
    HTML,
    MISSING,
    PORTAL,
    Answer,
    CutOff,
    Hanging,
    Spoiled,
    plain,
    starting,
    when,
)
from tests.server import GuideServer, Serve

OLD, NEW = "Editie van 15 januari 2026", "Editie van 1 februari 2026"


@pytest.fixture
def server(small_dist: Path, serve: Serve, phone: Page) -> GuideServer:
    """The server of a phone that has stored the first edition in all languages."""
    server = serve(small_dist)
    phone.goto(f"{server.url}/nl/")
    wait_for_all(phone)
    return server


def expect_next(page: Page) -> None:
    expect(page.locator(".offline-status__switch")).to_be_visible(timeout=30_000)


def expect_stored(page: Page, count: int) -> None:
    """So many entries are stored, when what no edition lists is forgotten."""
    wait_until(page, f"caches.open('{ENTRIES}').then(store => store.keys()).then(keys => keys.length === {count})")


def expect_not_offered(page: Page, server: GuideServer, asked: str) -> None:
    """The new edition was tried, an address of it was asked for in vain, and it is not offered."""
    end = time.monotonic() + 30
    while asked not in server.paths():
        assert time.monotonic() < end, f"{asked} was never asked for"
        page.wait_for_timeout(50)
    page.wait_for_timeout(700)  # until the page has heard of it
    assert page.locator(".offline-status__switch").is_hidden()


def opened_again(page: Page, url: str) -> Page:
    """A new window on the questions, after this one was closed; opened as a reader would, not in the same instant.

    When no page is left, the waiting worker takes over, and Chromium may lose a page asked for in just that moment.
    """
    again = page.context.new_page()
    page.close()
    again.wait_for_timeout(1_500)
    again.goto(f"{url}/nl/talk/questions/")
    return again


# ── Taking over ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_new_edition_waits_until_the_reader_opens_it(server: GuideServer, next_dist: Path, phone: Page) -> None:
    server.publish(next_dist)
    phone.reload()
    expect(line(phone)).to_contain_text("Een nieuwe editie van 1 februari 2026")
    phone.get_by_role("button", name="Open de nieuwe editie").click()
    expect(line(phone)).to_contain_text(NEW)
    server.stop()
    phone.goto(f"{server.url}/nl/talk/questions/")
    assert heading(phone) == "Nieuwe vragen"


def test_a_new_edition_is_taken_at_the_next_opening(server: GuideServer, next_dist: Path, phone: Page) -> None:
    server.publish(next_dist)
    phone.reload()
    expect_next(phone)
    server.stop()
    assert heading(opened_again(phone, server.url)) == "Nieuwe vragen"


def test_an_update_brings_only_what_changed_and_leaves_nothing_behind(
    server: GuideServer, next_dist: Path, phone: Page
) -> None:
    before = stored_size(phone)[0]
    server.publish(next_dist)
    server.requests.clear()
    phone.reload()
    expect_next(phone)
    asked = [path for path in server.paths() if path != "/sw.js"]
    assert not any(path.endswith(".pack") for path in asked)
    assert "/nl/talk/questions/" in asked
    assert len(asked) <= 8
    phone.locator(".offline-status__switch").click()
    expect(line(phone)).to_contain_text(NEW)
    expect_stored(phone, before)


def test_an_update_brings_differences_where_the_edition_before_is_known(
    server: GuideServer, update_dist: Path, phone: Page
) -> None:
    before = stored_size(phone)[0]
    server.publish(update_dist)
    server.requests.clear()
    phone.reload()
    expect_next(phone)
    (asked,) = [request for request in server.requests if request.path != "/sw.js"]
    assert re.fullmatch(r"/offline/nl\.[\w-]+\.[\w-]+\.update", asked.path)
    phone.locator(".offline-status__switch").click()
    expect(line(phone)).to_contain_text(NEW)
    expect_stored(phone, before)
    server.stop()
    expect_whole(phone, server.url, update_dist)


def other_words(answer: Answer) -> Answer:
    """An update that inserts something else."""
    text = brotli.decompress(answer.body) if ("Content-Encoding", "br") in answer.headers else answer.body
    assert b"Nieuwe" in text
    return Answer("200 OK", plain(answer).headers, text.replace(b"Nieuwe", b"Kwaaie"))


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(lambda answer: PORTAL, id="portal"),
        pytest.param(lambda answer: MISSING, id="missing"),
        pytest.param(lambda answer: BUSY, id="busy"),
        pytest.param(CutOff, id="cut off"),
        pytest.param(other_words, id="altered"),
        pytest.param(lambda answer: Answer("200 OK", (BYTES,), b'{"list": [], "entries": {}}'), id="empty"),
    ],
)
def test_a_wrong_update_is_made_good_by_what_it_should_have_brought(
    fault: Callable[[Answer], Answer | Spoiled], server: GuideServer, update_dist: Path, phone: Page
) -> None:
    server.publish(update_dist)
    server.rule = lambda path, answer: fault(answer) if path.endswith(".update") else None
    phone.reload()
    expect_next(phone)
    server.stop()
    again = opened_again(phone, server.url)
    assert heading(again) == "Nieuwe vragen"
    expect_whole(again, server.url, update_dist)


def test_an_update_of_a_damaged_page_is_made_good(server: GuideServer, update_dist: Path, phone: Page) -> None:
    assert change_entries(phone, "Vragen", "Schade") > 1
    server.publish(update_dist)
    phone.reload()
    expect_next(phone)
    server.stop()
    expect_whole(opened_again(phone, server.url), server.url, update_dist)


def pack_with_practice(dist: Path, guide: Guide, day: date, before: Path | None = None) -> None:
    """Pack a built guide anew; its steps are a part that may come later."""
    shutil.rmtree(dist / "offline")
    parts = site_parts(guide)
    moved = [url for url in parts["nl"] if url.startswith("/nl/steps/")]
    parts["nl"] = [url for url in parts["nl"] if url not in moved]
    pack(dist, {**parts, "nl-practice": moved}, ROOT / "static/sw.js", day, before=before)


def test_practice_that_comes_after_its_edition_is_made_from_the_one_before(
    small_dist: Path, next_dist: Path, small_guide: Guide, serve: Serve, phone: Page, tmp_path: Path
) -> None:
    old, new = (Path(shutil.copytree(dist, tmp_path / dist.parent.name)) for dist in (small_dist, next_dist))
    pack_with_practice(old, small_guide, date(2026, 1, 15))
    for page in (new / "nl/steps").glob("*/index.html"):
        change_heading(page, "Nieuwe stappen")
    pack_with_practice(new, small_guide, date(2026, 2, 1), before=old)
    server = serve(old)
    phone.goto(f"{server.url}/nl/")
    wait_for_all(phone)
    server.publish(new)
    server.rule = when(starting("/offline/nl-practice.", "/nl/steps/"), BUSY)
    phone.reload()
    expect_next(phone)
    phone.locator(".offline-status__switch").click()
    expect(line(phone)).to_contain_text("De oefeningen worden nog bewaard. Nog niet volledig")
    server.requests.clear()
    server.rule = None
    phone.reload()
    wait_for_all(phone)
    (asked,) = [path for path in server.paths() if path.startswith(("/offline/", "/nl/steps/"))]
    assert asked.endswith(".update")
    server.stop()
    expect_whole(phone, server.url, new)


def test_what_is_left_of_an_edition_that_did_not_fit_makes_room_for_the_next(
    server: GuideServer, small_dist: Path, small_guide: Guide, phone: Page, tmp_path: Path
) -> None:
    def grown(day: date, *pages: str) -> Path:
        dist = Path(shutil.copytree(small_dist, tmp_path / str(day)))
        shutil.rmtree(dist / "offline")
        for page in pages:
            with (dist / "nl" / page / "index.html").open("a", encoding="utf-8") as file:
                file.write(f"<!-- {day} {'x' * 400_000} -->")
        pack(dist, site_parts(small_guide), ROOT / "static/sw.js", day)
        return dist

    before = stored_size(phone)[1]
    usage = phone.evaluate("navigator.storage.estimate().then(({ usage }) => usage)")
    limit_storage(phone, server.url, usage + 1_400_000)
    server.publish(grown(date(2026, 1, 20), "signs", "talk/questions", "roles", "topics"))
    phone.reload()
    while stored_size(phone)[1] < before + 1_200_000:
        phone.wait_for_timeout(100)
    server.publish(grown(date(2026, 2, 1), "signs", "talk/questions"))
    phone.reload()
    expect_next(phone)


def test_an_edition_with_a_new_part_comes_to_a_device_that_knows_nothing_of_it(
    server: GuideServer, next_dist: Path, small_guide: Guide, phone: Page, tmp_path: Path
) -> None:
    dist = Path(shutil.copytree(next_dist, tmp_path / "dist"))
    pack_with_practice(dist, small_guide, date(2026, 2, 1))
    server.publish(dist)
    phone.reload()
    expect_next(phone)
    phone.locator(".offline-status__switch").click()
    expect(line(phone)).to_contain_text(NEW)
    expect(phone.locator("html")).to_have_attribute("data-offline", "ready")
    server.stop()
    expect_whole(phone, server.url, dist)


def test_an_update_at_a_device_with_one_language_brings_that_one(
    thrifty: GuideServer, next_dist: Path, phone: Page
) -> None:
    thrifty.publish(next_dist)
    phone.reload()
    expect_next(phone)
    assert not any(f"/offline/{locale}." in path for path in thrifty.paths() for locale in ("fr", "de", "en"))
    thrifty.stop()
    assert heading(opened_again(phone, thrifty.url)) == "Nieuwe vragen"


def test_a_language_that_is_being_added_keeps_no_edition_waiting(
    thrifty: GuideServer, next_dist: Path, phone: Page
) -> None:
    thrifty.publish(next_dist)
    phone.reload()
    expect_next(phone)
    thrifty.rule = when(starting("/offline/fr."), Hanging())
    phone.get_by_role("button", name="Dit toestel spaart data").click()
    wait_until(
        phone, "caches.match('/guide-state').then(found => found.json()).then(state => state.keeps.includes('fr'))"
    )
    phone.locator(".offline-status__switch").click()
    expect(line(phone)).to_contain_text(NEW)
    thrifty.stop()
    assert heading(opened_again(phone, thrifty.url)) == "Nieuwe vragen"


def test_a_newer_worker_waits_until_no_page_is_open(server: GuideServer, next_dist: Path, phone: Page) -> None:
    waits = "navigator.serviceWorker.getRegistration().then(({ waiting }) => waiting !== null)"
    server.publish(next_dist)
    phone.reload()
    expect_next(phone)
    assert phone.evaluate(waits)
    phone.locator(".offline-status__switch").click()
    expect(line(phone)).to_contain_text(NEW)
    assert phone.evaluate(waits)  # the edition that answers is not a matter of the worker at work
    assert not opened_again(phone, server.url).evaluate(waits)


def test_what_was_asked_of_a_worker_that_was_replaced_is_asked_again(
    server: GuideServer, small_dist: Path, next_dist: Path, phone: Page
) -> None:
    server.publish(next_dist)
    phone.reload()
    expect_next(phone)
    phone.add_init_script(
        """const post = ServiceWorker.prototype.postMessage;
        let isHeld = true;
        ServiceWorker.prototype.postMessage = function (...message) {
            if (!isHeld) return post.apply(this, message);
            isHeld = false; // the first one comes too late
            this.addEventListener("statechange", () => this.state === "redundant" && post.apply(this, message));
        };
        window.said = [];
        new MutationObserver(() => said.push(document.querySelector(".offline-status__line")?.textContent))
            .observe(document, { childList: true, subtree: true, characterData: true });"""
    )
    server.publish(small_dist)
    phone.reload()
    expect(line(phone)).to_contain_text("15 januari 2026", timeout=60_000)
    assert not any("kon niet" in (text or "") for text in phone.evaluate("said"))  # as it does after a long silence


def test_all_languages_of_the_device_come_over_together(server: GuideServer, next_dist: Path, phone: Page) -> None:
    phone.goto(f"{server.url}/fr/")
    server.publish(next_dist)
    server.rule = when(starting("/nl/talk/questions/"), BUSY)  # what changed is in a language that is not read now
    phone.reload()
    expect_not_offered(phone, server, "/nl/talk/questions/")
    expect(phone.locator("html")).to_have_attribute("data-offline", "ready")
    again = opened_again(phone, server.url)
    assert heading(again) == "Vragen"
    server.rule = None
    again.reload()
    expect_next(again)


def test_ten_editions_leave_no_more_than_the_last(
    server: GuideServer, tmp_path: Path, small_dist: Path, small_guide: Guide, phone: Page
) -> None:
    fresh = stored_size(phone)
    parts = site_parts(small_guide)
    for number in range(1, 11):
        dist = Path(shutil.copytree(small_dist, tmp_path / str(number)))
        shutil.rmtree(dist / "offline")
        for page in ("nl/talk/questions", "de/signs/general"):
            change_heading(dist / page / "index.html", f"Editie {number}")
        pack(dist, parts, ROOT / "static/sw.js", date(2026, 2, number))
        server.publish(dist)
        phone.reload()
        expect_next(phone)
        phone.locator(".offline-status__switch").click()
        expect(line(phone)).to_contain_text(f"Editie van {number} februari 2026")
    expect_stored(phone, fresh[0])
    after = stored_size(phone)
    assert abs(after[1] - fresh[1]) < 0.1 * fresh[1]
    server.stop()
    phone.goto(f"{server.url}/nl/talk/questions/")
    assert heading(phone) == "Editie 10"


def change_heading(page: Path, title: str) -> None:
    html = page.read_text(encoding="utf-8")
    page.write_text(re.sub(r"<h1>.*?</h1>", f"<h1>{title}</h1>", html), encoding="utf-8")


# ── Other windows, and things in use ───────────────────────────────────────────────────────────────────────


def test_the_button_says_why_it_waits_for_other_windows(server: GuideServer, next_dist: Path, phone: Page) -> None:
    reader = phone.context.new_page()
    reader.goto(f"{server.url}/nl/signs/")
    server.publish(next_dist)
    phone.reload()
    phone.locator(".offline-status__switch").click()
    expect(line(phone)).to_contain_text("zodra de andere vensters")
    reader.goto(f"{server.url}/nl/talk/questions/")
    assert heading(reader) == "Vragen"


def test_an_open_window_keeps_its_edition_until_it_is_closed(server: GuideServer, next_dist: Path, phone: Page) -> None:
    reader = phone.context.new_page()
    reader.goto(f"{server.url}/nl/talk/questions/")
    server.publish(next_dist)
    phone.reload()
    expect_next(phone)
    reader.reload()
    assert heading(reader) == "Vragen"
    phone.close()
    assert heading(opened_again(reader, server.url)) == "Nieuwe vragen"


def test_nothing_is_opened_over_what_the_reader_is_doing(server: GuideServer, next_dist: Path, phone: Page) -> None:
    phone.goto(f"{server.url}/nl/search/")
    server.publish(next_dist)
    phone.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect_next(phone)
    phone.locator("input[type=search]").fill("paspoort")
    phone.locator(".offline-status__switch").click()
    expect(line(phone)).to_contain_text("Werk dat eerst af")
    assert phone.locator("input[type=search]").input_value() == "paspoort"
    phone.locator("input[type=search]").fill("")
    phone.locator(".offline-status__switch").click()
    expect(line(phone)).to_contain_text(NEW)


def test_a_form_left_as_it_was_keeps_no_edition_waiting(server: GuideServer, next_dist: Path, phone: Page) -> None:
    phone.goto(f"{server.url}/nl/contacts/")
    assert phone.locator("who-to-call select").count() == 3
    server.publish(next_dist)
    phone.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect_next(phone)
    phone.locator("who-to-call [name=role]").select_option(index=1)
    phone.locator(".offline-status__switch").click()
    expect(line(phone)).to_contain_text("Werk dat eerst af")
    phone.locator("who-to-call [name=role]").select_option(index=0)
    phone.locator(".offline-status__switch").click()
    expect(line(phone)).to_contain_text(NEW)


@pytest.fixture
def browser_with_memory(playwright: Playwright) -> Iterator[Browser]:
    """A Chromium that keeps left pages alive, as on a phone; the test driver switches that off otherwise."""
    browser = playwright.chromium.launch(
        executable_path=provide_chromium(), args=list(FLAGS), ignore_default_args=["--disable-back-forward-cache"]
    )
    yield browser
    browser.close()


# ── Hosts that publish badly ───────────────────────────────────────────────────────────────────────────────


def stale(dist: Path, *paths: str) -> Callable[[str, Answer], Answer | Spoiled | None]:
    """Those pages as another edition has them."""

    def rule(path: str, _: Answer) -> Answer | Spoiled | None:
        if path not in paths:
            return None
        return Answer("200 OK", (HTML,), (dist / path.lstrip("/") / "index.html").read_bytes())

    return rule


def test_a_half_published_edition_leaves_the_old_one_whole(
    server: GuideServer, small_dist: Path, next_dist: Path, phone: Page
) -> None:
    server.publish(next_dist)
    server.rule = stale(small_dist, "/nl/talk/questions/")
    phone.reload()
    expect_not_offered(phone, server, "/nl/talk/questions/")
    expect(line(phone)).to_contain_text(OLD)
    server.stop()
    expect_whole(phone, server.url, small_dist)


def test_old_files_under_a_new_worker_leave_the_old_edition_whole(
    server: GuideServer, small_dist: Path, next_dist: Path, phone: Page
) -> None:
    worker = (next_dist / "sw.js").read_bytes()
    javascript = (("Content-Type", "text/javascript"), ("Cache-Control", "no-cache"))
    server.rule = when(starting("/sw.js"), Answer("200 OK", javascript, worker))
    phone.reload()
    expect(line(phone)).to_contain_text(OLD)
    assert phone.locator(".offline-status__switch").is_hidden()
    server.stop()
    expect_whole(phone, server.url, small_dist)


def test_new_files_under_an_old_worker_are_not_mixed_in(
    server: GuideServer, small_dist: Path, next_dist: Path, phone: Page
) -> None:
    server.publish(next_dist)
    worker = (small_dist / "sw.js").read_bytes()
    javascript = (("Content-Type", "text/javascript"), ("Cache-Control", "no-cache"))
    server.rule = when(starting("/sw.js"), Answer("200 OK", javascript, worker))
    change_entries(phone, "<h1>Vragen</h1>", "")
    phone.goto(f"{server.url}/nl/signs/")
    total = count_of(small_dist, "shell", "nl")
    expect(line(phone)).to_contain_text(f"Nog niet volledig: {total - 1} van {total}")
    server.rule = None
    for _ in range(5):  # the browser looks once a page, and joins a look that began before
        phone.reload()
        phone.wait_for_timeout(5_000)
        if "1 februari 2026" in line(phone).inner_text():
            break
    expect(line(phone)).to_contain_text("1 februari 2026", timeout=30_000)
    server.stop()
    expect_whole(opened_again(phone, server.url), server.url, next_dist)


def test_a_page_missing_from_a_new_edition_leaves_the_old_one_whole(
    server: GuideServer, small_dist: Path, next_dist: Path, phone: Page
) -> None:
    server.publish(next_dist)
    server.rule = when(starting("/nl/talk/questions/"), MISSING)
    phone.reload()
    expect(line(phone)).to_contain_text(OLD)
    server.stop()
    expect_whole(phone, server.url, small_dist)


def test_a_redeployment_in_the_middle_of_storing_never_mixes(
    small_dist: Path, next_dist: Path, serve: Serve, phone: Page
) -> None:
    server = serve(small_dist)

    def publish_meanwhile(path: str, _: Answer) -> Answer | None:
        if path.startswith("/offline/nl.") and path.endswith(".json"):
            server.publish(next_dist)  # the list was the old one's; what it lists is no longer there
        return FORBIDDEN if path.startswith("/offline/nl.") and path.endswith(".pack") else None

    server.rule = publish_meanwhile
    phone.goto(f"{server.url}/nl/")
    expect(line(phone)).to_contain_text("Nog niet volledig", timeout=30_000)
    server.rule = None
    phone.reload()
    expect_next(phone)
    for _ in range(40):  # not taken while another language is being stored
        phone.evaluate("document.querySelector('.offline-status__switch:not([hidden])')?.click()")
        phone.wait_for_timeout(500)
        if NEW in line(phone).inner_text():
            break
    expect(line(phone)).to_contain_text(NEW)
    server.stop()
    expect_whole(phone, server.url, next_dist)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(PORTAL, id="portal"),
        pytest.param(MISSING, id="missing"),
        pytest.param(BUSY, id="busy"),
        pytest.param(Answer("200 OK", (("Content-Type", "text/javascript"),), b"this is not {"), id="broken"),
    ],
)
def test_a_worker_that_cannot_be_had_leaves_the_old_one_at_work(
    answer: Answer, server: GuideServer, small_dist: Path, next_dist: Path, phone: Page
) -> None:
    server.publish(next_dist)
    server.rule = when(starting("/sw.js"), answer)
    phone.reload()
    expect(line(phone)).to_contain_text(OLD)
    server.stop()
    expect_whole(phone, server.url, small_dist)


@pytest.mark.parametrize("is_taken", [False, True], ids=["while it waits", "after it was taken"])
def test_a_withdrawn_edition_goes_away_again(
    is_taken: bool, server: GuideServer, small_dist: Path, next_dist: Path, phone: Page
) -> None:
    server.publish(next_dist)
    phone.reload()
    expect_next(phone)
    if is_taken:
        phone.locator(".offline-status__switch").click()
        expect(line(phone)).to_contain_text(NEW)
    reader = phone.context.new_page()  # keeps the edition that answers in use
    reader.goto(f"{server.url}/nl/signs/")
    server.publish(small_dist)
    phone.reload()
    if is_taken:
        expect(line(phone)).to_contain_text("Een nieuwe editie van 15 januari 2026")
    else:
        expect(line(phone)).to_contain_text(OLD)
        expect(phone.locator(".offline-status__switch")).to_be_hidden()
        assert state_of_store(phone)["next"] is None
    server.stop()
    phone.close()
    again = opened_again(reader, server.url)
    assert heading(again) == "Vragen"
    expect_whole(again, server.url, small_dist)


def test_an_edition_with_a_hole_does_not_take_over(server: GuideServer, next_dist: Path, phone: Page) -> None:
    server.publish(next_dist)
    phone.reload()
    expect_next(phone)
    assert change_entries(phone, "<h1>Nieuwe vragen</h1>", "") == 1
    server.stop()
    assert heading(opened_again(phone, server.url)) == "Vragen"


def test_a_device_that_is_full_when_an_edition_should_open_keeps_the_old_one(
    server: GuideServer, small_dist: Path, next_dist: Path, phone: Page
) -> None:
    server.publish(next_dist)
    phone.reload()
    expect_next(phone)
    other = phone.context.new_page()  # not of the guide, so it keeps nothing in use
    limit_storage(other, server.url, 1)
    phone.locator(".offline-status__switch").click()
    expect(line(phone)).to_contain_text("kon niet bewaard worden")
    server.stop()
    again = opened_again(phone, server.url)
    assert heading(again) == "Vragen"
    expect_whole(again, server.url, small_dist)
    limit_storage(other, server.url, None)
    again.goto(f"{server.url}/nl/talk/questions/")
    assert heading(again) == "Nieuwe vragen"


@pytest.mark.parametrize("is_in_use", [False, True], ids=["read", "in use"])
def test_a_page_come_back_to_tells_the_newest(
    is_in_use: bool, small_dist: Path, next_dist: Path, serve: Serve, browser_with_memory: Browser
) -> None:
    server = serve(small_dist)
    page = browser_with_memory.new_context(locale="nl-BE").new_page()
    page.goto(f"{server.url}/nl/{'search' if is_in_use else 'talk/questions'}/")
    wait_for_all(page)
    server.publish(next_dist)
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect_next(page)
    if is_in_use:
        page.locator("input[type=search]").fill("paspoort")
    page.evaluate("() => addEventListener('pageshow', ({ persisted }) => (sessionStorage.restored = persisted))")
    page.goto(f"{server.url}/nl/signs/")
    expect(line(page)).to_contain_text(NEW)
    page.go_back(wait_until="commit")
    if is_in_use:
        expect(line(page)).to_contain_text("Werk dat eerst af")
        page.evaluate(  # both at once: as soon as nothing is filled in, the page may be loaded anew by itself
            """() => {
                document.querySelector("input[type=search]").value = "";
                document.querySelector(".offline-status__switch").click();
            }"""
        )
    else:
        expect(page.locator("h1")).to_have_text("Nieuwe vragen")
    expect(line(page)).to_contain_text(NEW)
    assert page.evaluate("sessionStorage.restored") == "true"  # not loaded at first


# ── Withdrawing the whole ──────────────────────────────────────────────────────────────────────────────────


def test_the_guide_can_be_taken_off_every_phone(
    server: GuideServer, small_dist: Path, tmp_path: Path, phone: Page
) -> None:
    withdrawn = tmp_path / "withdrawn"
    build.build(SMALL, ROOT / "static", withdrawn, "https://guide.example", is_withdrawn=True)
    server.publish(withdrawn)
    phone.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect(phone.locator("html")).to_have_attribute("data-offline", "none", timeout=60_000)
    phone.reload()
    wait_until(phone, "navigator.serviceWorker.getRegistrations().then(all => all.length === 0)")
    phone.goto(f"{server.url}/nl/")
    assert heading(phone) == "Kleine gids"
    expect(line(phone)).to_contain_text("wordt niet meer op toestellen bewaard")
    assert phone.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    assert phone.evaluate("caches.keys()") == []
    server.publish(small_dist)  # and it can be brought back
    phone.goto(f"{server.url}/nl/")
    phone.wait_for_selector('html[data-offline="ready"]', timeout=30_000)
