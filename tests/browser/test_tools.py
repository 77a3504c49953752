"""My role, signs with ticks, “next step” and the call sheet: one visit, in memory only, without network."""

import json
from pathlib import Path

from playwright.sync_api import Browser, Dialog, Page, expect

from guide import Locale
from guide.model import Role
from tests.browser.reading import heading
from tests.conftest import real_guide
from tests.server import Serve

GUIDE = real_guide()
PLACE = "keuken in de Lange Straat"
NOTED = (PLACE, "drie vrouwen", "wij mogen niet naar buiten")


def follow(page: Page, link: str, to: str) -> None:
    page.locator(link).first.click()
    page.wait_for_url(f"**{to}")
    expect(page.locator("h1")).to_be_focused()


def fill_sheet(page: Page, url: str) -> None:
    """Ticks on a role card and on another list, then the fields of the sheet."""
    page.goto(f"{url}/nl/roles/police/")
    page.locator(".sign-ticks__tick input").nth(0).check()
    follow(page, ".bottom-bar [href='/nl/signs/']", "/nl/signs/")
    follow(page, ".link-list [href='/nl/signs/labour/']", "/nl/signs/labour/")
    page.locator(".sign-ticks__tick input").nth(1).check()
    follow(page, ".sign-ticks__way a", "/nl/call-sheet/")
    page.locator("[name=danger]").select_option("no")
    for name, text in zip(("place", "persons", "said"), NOTED, strict=True):
        page.locator(f"[name={name}]").fill(text)


def traces(page: Page) -> dict[str, object]:
    """Everything a browser keeps of its own accord or for a page."""
    found: dict[str, object] = page.evaluate(
        """async () => ({
            local: {...localStorage},
            session: {...sessionStorage},
            cookie: document.cookie,
            databases: (await indexedDB.databases()).map(each => each.name),
            caches: await caches.keys(),
            state: history.state,
            name: window.name,
            address: location.search + location.hash,
        })"""
    )
    return found


def expect_no_trace(page: Page, *said: str) -> None:
    found = traces(page)
    assert set(dict(found.pop("local"))) <= {"locale", "news", "role"}  # type: ignore[call-overload]
    assert set(found.pop("caches")) == {"guide-entries-1", "guide-state-1"}  # type: ignore[call-overload]
    assert found == {"session": {}, "cookie": "", "databases": [], "state": None, "name": "", "address": ""}
    stored = page.evaluate(
        """async () => {
            const texts = [];
            for (const name of await caches.keys()) {
                const store = await caches.open(name);
                for (const key of await store.keys()) texts.push(key.url, await (await store.match(key)).text());
            }
            return texts.join();
        }"""
    )
    assert not any(text in stored for text in said)


def history_of(page: Page) -> list[str]:
    session = page.context.new_cdp_session(page)
    return [entry["url"] for entry in session.send("Page.getNavigationHistory")["entries"]]


# ── Call sheet ─────────────────────────────────────────────────────────────────────────────────────────────


def test_what_was_noted_on_many_pages_is_read_out_from_one_and_leaves_no_trace(offline: str, phone: Page) -> None:
    fill_sheet(phone, offline)
    follow(phone, ".call-sheet__hint [href='/nl/next/']", "/nl/next/")
    for answer, to in (
        ("no", "minor"),
        ("no", "alone"),
        ("yes", "wants-help"),
        ("yes", "where"),
        ("belgium", "papers"),
        ("eu", "belgian-or-eu"),
    ):
        link = f".next-step__answer[href='/nl/next/{to}/']"
        assert phone.locator(link).count(), (answer, heading(phone))
        follow(phone, link, f"/nl/next/{to}/")
    follow(phone, ".next-step__sheet a", "/nl/call-sheet/")
    expect(phone.locator("[data-list=answers] li")).to_have_count(6)
    expect(phone.locator("[data-list=signs] li")).to_have_count(2)
    expect(phone.locator(".call-sheet__end a")).to_have_attribute("href", "/nl/next/belgian-or-eu/")
    phone.locator("[data-action=read]").click()
    read = phone.locator("dialog .call-sheet__read").inner_text()
    assert all(text in read for text in (*NOTED, "Er is nu geen gevaar."))
    assert "Er is nu gevaar." not in read
    words = len(read.split())
    assert (words > 45 * 150 / 60) == phone.locator(".call-sheet__long").is_visible()
    phone.locator("[data-action=close]").click()
    expect_no_trace(phone, *NOTED)
    addresses = history_of(phone)
    assert len(addresses) > 10 and not any(set("?#") & set(address) for address in addresses)


def test_two_signs_and_the_main_fields_are_read_in_three_quarters_of_a_minute(offline: str, phone: Page) -> None:
    fill_sheet(phone, offline)
    phone.locator("[data-action=read]").click()
    expect(phone.locator(".call-sheet__long")).to_be_hidden()
    box = phone.locator("dialog").bounding_box()
    assert box and (box["width"], box["height"]) == (360, 740)


def test_a_sign_taken_off_the_sheet_is_no_longer_ticked(offline: str, phone: Page) -> None:
    fill_sheet(phone, offline)
    phone.locator("[data-list=signs] button").first.click()
    expect(phone.locator("[data-list=signs] li")).to_have_count(1)
    phone.go_back()
    expect(phone.locator("h1")).to_contain_text("werk")
    expect(phone.locator(".sign-ticks__tick input:checked")).to_have_count(1)
    phone.go_back()
    phone.go_back()
    expect(phone.locator(".now-card")).to_be_visible()
    expect(phone.locator(".sign-ticks__tick input:checked")).to_have_count(0)


def test_the_way_back_shows_the_answer_and_another_answer_takes_the_later_ones_back(offline: str, phone: Page) -> None:
    phone.goto(f"{offline}/nl/next/")
    follow(phone, ".next-step__answer[href='/nl/next/minor/'] >> nth=0", "/nl/next/minor/")
    follow(phone, ".next-step__answer[href='/nl/next/alone/']", "/nl/next/alone/")
    follow(phone, ".next-step__answer[href='/nl/next/wants-help/']", "/nl/next/wants-help/")
    phone.go_back()
    expect(phone.locator("[aria-current].next-step__answer")).to_have_attribute("href", "/nl/next/wants-help/")
    follow(phone, ".next-step__answer[href='/nl/next/not-alone/'] >> nth=0", "/nl/next/not-alone/")
    follow(phone, ".next-step__sheet a", "/nl/call-sheet/")
    expect(phone.locator("[data-list=answers] li")).to_have_count(3)
    expect(phone.locator(".call-sheet__end a")).to_have_attribute("href", "/nl/next/not-alone/")


def test_erasing_and_ten_idle_minutes_leave_nothing_on_the_sheet(offline: str, phone: Page) -> None:
    phone.clock.install()
    for end in ("erase", "idle", "idle while it is read"):
        fill_sheet(phone, offline)
        phone.locator("[data-action=read]").click()
        if end != "idle while it is read":
            phone.locator("[data-action=close]").click()
        if end == "erase":
            phone.locator("[data-action=erase]").click()
        else:
            phone.clock.run_for(9 * 60 * 1000)
            assert phone.locator("[name=place]").input_value() == PLACE
            phone.clock.run_for(2 * 60 * 1000)
        assert phone.locator("[name=place]").input_value() == "", end
        assert phone.locator("[data-list=signs] li").count() == 0, end
        assert phone.locator("dialog[open]").count() == 0, end
        assert PLACE not in phone.content(), end
        assert phone.locator("html[data-in-use]").count() == 0, end
        expect(phone.locator(".call-sheet__outcome")).to_have_text("Alles is gewist.")


def test_what_is_erased_is_gone_in_the_same_moment_and_what_is_opened_again_stays(offline: str, phone: Page) -> None:
    fill_sheet(phone, offline)
    tap = "(actions) => actions.forEach((name) => document.querySelector(`[data-action=${name}]`).click())"
    said = f"(actions) => {{ ({tap})(actions); return document.querySelector('dialog .call-sheet__read').textContent }}"
    assert PLACE in phone.evaluate(said, ["read", "close", "read"])
    phone.wait_for_timeout(200)  # the browser tells of a closed dialog a moment later
    assert PLACE in phone.locator("dialog .call-sheet__read").inner_text()
    assert phone.evaluate(said, ["erase"]) == ""


def test_on_paper_a_filled_sheet_is_its_sentences_and_a_blank_one_a_form(offline: str, phone: Page) -> None:
    phone.goto(f"{offline}/nl/call-sheet/")
    phone.emulate_media(media="print")
    assert phone.locator(".call-sheet__form select:visible, [data-action]:visible").count() == 0
    expect(phone.locator(".call-sheet__choices").first).to_have_text("Ja / Nee / Weet ik niet")
    phone.emulate_media(media="screen")
    fill_sheet(phone, offline)
    phone.locator("[name=seen]").fill("Veel regels. " * 60)
    phone.emulate_media(media="print")
    phone.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert phone.locator(".call-sheet__form").is_hidden()
    expect(phone.locator(".call-sheet__paper")).to_contain_text("Veel regels. " * 59)
    phone.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert "Veel regels" not in phone.content()


def test_in_danger_the_emergency_number_is_there_while_it_is_read_out(offline: str, phone: Page) -> None:
    fill_sheet(phone, offline)
    phone.locator("[name=danger]").select_option("yes")
    phone.locator("[data-action=read]").click()
    expect(phone.locator("dialog a[href='tel:112']")).to_be_visible()


def test_only_an_outcome_that_was_answered_stands_on_the_sheet(offline: str, phone: Page) -> None:
    phone.goto(f"{offline}/nl/next/")
    follow(phone, ".next-step__answer[href='/nl/next/minor/'] >> nth=0", "/nl/next/minor/")
    phone.go_back()
    phone.wait_for_url("**/nl/next/")
    expect(phone.locator("h1")).to_be_focused()
    phone.locator(".next-step__all summary").click()
    follow(phone, ".next-step__all [href='/nl/next/call-now/']", "/nl/next/call-now/")
    follow(phone, ".site-header__brand", "/nl/")
    follow(phone, ".link-list [href='/nl/call-sheet/']", "/nl/call-sheet/")
    expect(phone.locator("[data-list=answers] li")).to_have_count(1)
    expect(phone.locator(".call-sheet__end")).to_be_hidden()


def test_back_comes_back_to_the_page_and_the_place_also_after_a_reload(offline: str, phone: Page) -> None:
    phone.on("dialog", lambda dialog: dialog.accept())
    phone.goto(f"{offline}/nl/signs/labour/")
    phone.locator(".sign-ticks__tick input").last.check()
    down = phone.evaluate("scrollY")
    assert down > 500
    follow(phone, ".sign-ticks__way a", "/nl/call-sheet/")
    phone.go_back()
    expect(phone.locator("h1")).to_have_text(GUIDE.page(Locale.NL, "signs/labour").title)
    phone.wait_for_function(f"Math.abs(scrollY - {down}) < 60")
    follow(phone, ".sign-ticks__way a", "/nl/call-sheet/")
    phone.reload()
    phone.go_back()
    expect(phone.locator("h1")).to_have_text(GUIDE.page(Locale.NL, "signs/labour").title)


def test_leaving_asks_first_but_a_call_and_the_plain_screen_do_not(offline: str, phone: Page) -> None:
    asked: list[str] = []

    def note(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    phone.on("dialog", note)
    fill_sheet(phone, offline)
    phone.evaluate("location.href = '/nl/about/'")
    phone.wait_for_timeout(500)
    assert asked == ["beforeunload"] and phone.locator("[name=place]").input_value() == PLACE
    phone.locator(".site-header__brand").click()
    follow(phone, ".link-list [href='/nl/cards/']", "/nl/cards/")
    phone.locator("plain-screen a").first.click()
    phone.wait_for_url("**/nl/clock/")
    assert asked == ["beforeunload"]
    fill_sheet(phone, offline)
    phone.locator(".call-sheet__number a").click()  # last: a browser without a telephone takes no click after it
    phone.wait_for_timeout(500)
    assert asked == ["beforeunload"] and phone.locator("[name=place]").input_value() == PLACE


def test_a_link_to_the_page_itself_loses_nothing(offline: str, phone: Page) -> None:
    phone.goto(f"{offline}/nl/next/")
    follow(phone, ".next-step__answer[href='/nl/next/minor/'] >> nth=0", "/nl/next/minor/")
    follow(phone, ".site-header__brand", "/nl/")
    phone.locator(".site-header__brand").click()
    follow(phone, ".link-list [href='/nl/call-sheet/']", "/nl/call-sheet/")
    expect(phone.locator("[data-list=answers] li")).to_have_count(1)


def test_erasing_everything_is_the_end_of_it_also_after_turned_pages(offline: str, phone: Page) -> None:
    fill_sheet(phone, offline)
    follow(phone, ".site-footer__links [href='/nl/about/offline/']", "/nl/about/offline/")
    expect(phone.locator("phone-settings")).to_be_visible()
    erase = phone.locator("[data-action=erase]")
    erase.click()
    erase.click()
    expect(phone.locator("phone-settings")).to_be_hidden(timeout=30_000)
    assert phone.locator("html[data-in-use]").count() == 0
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    phone.evaluate("window.dispatchEvent(new Event('online'))")
    phone.wait_for_timeout(1000)
    assert phone.evaluate("caches.keys()") == []
    assert phone.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0


def test_an_opened_sheet_is_empty_after_the_page_was_left(offline: str, phone: Page) -> None:
    phone.on("dialog", lambda dialog: dialog.accept())
    fill_sheet(phone, offline)
    phone.reload()
    assert phone.locator("[name=place]").input_value() == ""
    assert phone.locator("[data-list=signs] li").count() == 0


def test_without_scripts_the_sheet_is_a_form_for_paper(dist: Path, serve: Serve, browser: Browser) -> None:
    server = serve(dist)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{server.url}/nl/call-sheet/")
    assert page.locator("form input:visible, form textarea:visible").count() >= 6
    assert page.locator("[data-action]:visible").count() == 0
    page.goto(f"{server.url}/nl/roles/police/")
    assert page.locator("input:visible, .sign-ticks__way:visible, my-role:visible").count() == 0
    context.close()


# ── My role ────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_chosen_role_comes_first_and_hides_nothing(offline: str, phone: Page) -> None:
    phone.goto(f"{offline}/nl/")
    tiles = phone.locator(".role-tiles__tile")
    names = tiles.evaluate_all("all => all.map(each => each.pathname)")
    phone.goto(f"{offline}/nl/roles/hotel-staff/")
    phone.get_by_role("button", name="Dit is mijn werk").click()
    expect(phone.locator("my-role[data-role] [role=status]")).to_contain_text("Alleen deze telefoon")
    phone.goto(f"{offline}/nl/")
    mine = tiles.evaluate_all("all => all.map(each => each.pathname)")
    assert mine[0] == "/nl/roles/hotel-staff/" and sorted(mine) == sorted(names) and len(mine) == 12
    expect(tiles.first).to_contain_text("Voor uw werk")
    role = GUIDE.pages[GUIDE.section_pages(next(iter(GUIDE.pages)), "roles")[0].locale]["roles/hotel-staff"]
    assert isinstance(role, Role)
    phone.goto(f"{offline}/nl/steps/")
    expect(phone.locator("main .link-list__link").first).to_have_attribute("href", f"/nl/steps/{role.steps}/")
    phone.goto(f"{offline}/nl/signs/")
    marked = phone.locator(".my-role__mine a").evaluate_all("all => all.map(each => each.pathname)")
    assert set(marked) == {f"/nl/signs/{GUIDE.facts.signs[name].group}/" for name in role.signs}
    phone.goto(f"{offline}/nl/contacts/")
    assert phone.locator("who-to-call [name=role]").input_value() == "hotel-staff"
    phone.goto(f"{offline}/nl/about/offline/")
    phone.locator("[name=role]").select_option("")
    expect(phone.locator(".phone-settings__outcome")).to_contain_text("vergeten")
    phone.goto(f"{offline}/nl/")
    assert tiles.evaluate_all("all => all.map(each => each.pathname)") == names


def test_a_browser_without_a_memory_says_that_the_role_is_not_kept(dist: Path, serve: Serve, phone: Page) -> None:
    phone.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})"
    )
    phone.goto(f"{serve(dist).url}/nl/roles/hotel-staff/")
    phone.get_by_role("button", name="Dit is mijn werk").click()
    expect(phone.locator("my-role[data-role] [role=status]")).to_contain_text("onthoudt niets")
    expect(phone.get_by_role("button", name="Dit is mijn werk")).to_have_attribute("aria-pressed", "false")


# ── Abroad ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_readers_abroad_see_both_clocks(dist: Path, serve: Serve, browser: Browser) -> None:
    server = serve(dist)
    for zone, here in (("America/Lima", "zaterdag 5:30"), ("Asia/Tokyo", "zaterdag 19:30")):
        context = browser.new_context(timezone_id=zone, viewport={"width": 360, "height": 740})
        page = context.new_page()
        page.clock.set_fixed_time("2026-11-21T10:30:00Z")
        page.goto(f"{server.url}/nl/roles/consular/")
        said = page.locator(".desk-hours__now").inner_text().replace(" om ", " ").replace("0", "")
        assert "zaterdag 11:3" in said and here.replace("0", "") in said, said
        assert page.locator(".desk-hours__state").count() == len(page.locator(".desk-hours__desks li").all())
        context.close()


def test_hours_are_told_by_the_reader_s_clock(dist: Path, serve: Serve, browser: Browser) -> None:
    server = serve(dist)
    context = browser.new_context(timezone_id="America/Lima", viewport={"width": 360, "height": 740})
    page = context.new_page()
    for moment, says in (
        ("2026-11-20T10:30:00Z", "Nu open, tot vrijdag 11:00"),  # Friday in Brussels until 17:00
        ("2026-11-20T17:30:00Z", "Nu gesloten, open vanaf maandag 03:00"),
        ("2026-03-28T12:00:00Z", "Nu gesloten, open vanaf maandag 02:00"),  # summer time begins in between
    ):
        page.clock.set_fixed_time(moment)
        page.goto(f"{server.url}/nl/roles/consular/")
        page.evaluate(
            """() => {
                const desks = document.querySelector("desk-hours");
                desks.querySelector("[data-hours]").dataset.hours = "12345 09:00 17:00";
                desks.replaceWith(desks);
            }"""
        )
        text = page.locator(".desk-hours__state").first.inner_text().replace(" om ", " ")
        assert says in text, (moment, text)
    context.close()


# ── No trace ───────────────────────────────────────────────────────────────────────────────────────────────


def test_no_tool_leaves_anything_but_settings(offline: str, phone: Page) -> None:
    phone.goto(f"{offline}/nl/contacts/")
    phone.locator("[name=person]").select_option("minor")
    phone.locator("[name=place]").select_option(index=2)
    phone.locator("[name=role]").select_option("police")
    expect(phone.locator(".who-to-call__answer a").first).to_be_visible()
    expect_no_trace(phone)
    phone.goto(f"{offline}/nl/search/")
    phone.locator("input[type=search]").fill("pooier")
    expect(phone.locator("#search-results a").first).to_be_visible()
    expect_no_trace(phone, "pooier-typed")
    phone.goto(f"{offline}/nl/cards/")
    phone.locator("#language").fill("roem")
    expect_no_trace(phone)
    phone.goto(f"{offline}/cards/ro/")
    phone.locator(".person-cards__own").nth(3).click()
    phone.keyboard.press("ArrowRight")
    expect_no_trace(phone)
    phone.goto(f"{offline}/nl/clock/")
    expect_no_trace(phone)
    assert not any("=" in address for address in history_of(phone)), json.dumps(history_of(phone))
