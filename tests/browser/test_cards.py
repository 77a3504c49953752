"""The cards for the person: whole in every language, readable in every script and without scripts, gone at once."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from guide import Locale
from tests.conftest import real_guide
from tests.server import Serve, Wait

GUIDE = real_guide()
SHOWN = [language.tag for language in GUIDE.shown_cards()]


def left_of_each_digit(page: Page, selector: str) -> list[float]:
    """Where each digit of a text stands on the screen, in the order of the text."""
    lefts: list[float] = page.locator(selector).evaluate(
        """element => {
            const lefts = [];
            const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
            while (texts.nextNode()) {
                const text = texts.currentNode;
                for (let at = 0; at < text.length; at++) {
                    if (!/\\d/.test(text.data[at])) continue;
                    const range = document.createRange();
                    range.setStart(text, at);
                    range.setEnd(text, at + 1);
                    lefts.push(range.getBoundingClientRect().left);
                }
            }
            return lefts;
        }"""
    )
    return lefts


def test_every_published_language_has_every_sentence_in_its_own_letters(dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(dist)
    for tag in SHOWN:
        phone.goto(f"{server.url}/cards/{tag}/#nl")
        own = phone.locator(".person-cards__own")
        expect(own).to_have_count(len(GUIDE.facts.cards))
        assert all(text.strip() and "{" not in text for text in own.all_inner_texts()), tag
        language = GUIDE.cards[tag]
        assert set(own.evaluate_all("all => all.map(each => each.lang + ' ' + each.dir)")) == {
            f"{language.lang} {language.direction}"
        }
        expect(phone.locator(".person-cards__reader:visible")).to_have_count(len(GUIDE.facts.cards))
        expect(phone.locator(".person-cards-page__doubt")).to_contain_text("moedertaalspreker")
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360, tag


def test_drafts_are_not_shown(dist: Path) -> None:
    drafts = [tag for tag, language in GUIDE.cards.items() if not language.published]
    assert drafts and not any((dist / "cards" / tag).exists() for tag in drafts)
    index = (dist / "nl/cards/index.html").read_text(encoding="utf-8")
    assert not any(f"/cards/{tag}/" in index for tag in drafts)
    assert all(f'href="/cards/{tag}/#nl"' in index for tag in SHOWN)


@pytest.mark.parametrize("tag", ["ar", "fa", "ur", "ps", "ckb"])
def test_a_telephone_number_keeps_its_order_where_text_runs_from_right_to_left(
    tag: str, dist: Path, serve: Serve, phone: Page
) -> None:
    phone.goto(f"{serve(dist).url}/cards/{tag}/#nl")
    for selector in ("#call .person-cards__own", ".person-cards__shown"):
        lefts = left_of_each_digit(phone, selector)
        assert len(lefts) == 9 and lefts == sorted(lefts), selector
        box = phone.locator(f"{selector} .tel bdi").bounding_box()
        assert box and box["height"] < 90  # on one line
        expect(phone.locator(f"{selector} .tel")).to_have_attribute("href", "tel:+3278055800")
        if selector.startswith("#"):
            phone.locator("#call .person-cards__show").click()


def test_one_sentence_fills_the_screen_without_network(dist: Path, serve: Serve, phone: Page, wait_ready: Wait) -> None:
    server = serve(dist)
    phone.goto(f"{server.url}/nl/cards/")
    wait_ready()
    server.stop()
    phone.goto(f"{server.url}/nl/cards/")
    phone.locator("#language").fill("roumain")
    assert phone.locator(".card-index__list li:visible").count() == 0  # the name in another locale is no other name
    expect(phone.locator(".card-index__count")).to_contain_text("beroepstolk")
    phone.locator("#language").fill("eritre")
    expect(phone.locator(".card-index__list li:visible")).to_have_count(1)
    phone.locator("#language").fill("العربي")
    phone.locator(".card-index__list li:visible a").first.click()
    phone.wait_for_url("**/cards/ar/#nl")
    phone.locator("#safe .person-cards__own").click()
    box = phone.locator("dialog").bounding_box()
    assert box and (box["width"], box["height"]) == (360, 740)
    shown = phone.locator(".person-cards__shown")
    expect(shown).to_have_text(GUIDE.cards["ar"].sentences["safe"])
    expect(phone.locator("[data-action=previous]")).to_be_disabled()
    phone.locator("[data-action=next]").click()
    expect(shown).to_have_text(GUIDE.cards["ar"].sentences["alone"])
    expect(phone.locator(".person-cards__meaning p:visible")).to_contain_text(GUIDE.cards["nl"].sentences["alone"])
    phone.keyboard.press("ArrowRight")  # back, in a language that runs from right to left
    expect(shown).to_have_text(GUIDE.cards["ar"].sentences["safe"])
    phone.keyboard.press("Escape")
    expect(phone.locator("dialog")).to_be_hidden()
    expect(phone.locator("#safe .person-cards__show")).to_be_focused()


def test_pages_for_the_persons_themselves_can_be_left_at_once(offline: str, phone: Page) -> None:
    for name in ("for-children", "unpaid-wages", "working-applicants"):
        phone.goto(f"{offline}/nl/topics/{name}/")
        expect(phone.locator(".plain-screen__how")).to_contain_text("niet gewist")
        phone.locator(".plain-screen__control").click()
        phone.wait_for_url("**/nl/clock/")
        expect(phone.locator(".plain-clock__time")).not_to_be_empty()


def test_the_clock_takes_the_place_of_the_cards_at_once_and_without_network(
    dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(dist)
    phone.goto(f"{server.url}/de/cards/")
    wait_ready()
    server.stop()
    for leave in ("tap", "tap in the dialog", "keys"):
        phone.goto(f"{server.url}/de/")
        phone.goto(f"{server.url}/cards/vi/#de")
        if "dialog" in leave:
            phone.locator("#safe .person-cards__show").click()
            phone.locator("dialog .plain-screen__control:visible").click()
        elif leave == "tap":
            phone.locator(".plain-screen__control:visible").first.click()
        else:
            for _ in range(3):
                phone.keyboard.press("Shift")
        phone.wait_for_url("**/de/clock/")
        assert ":" in phone.locator(".plain-clock__time").inner_text()
        text = phone.locator("html").inner_text().lower() + phone.title().lower()
        assert not any(word in text for word in ("menschenhandel", "führer", "opfer", "078", "112"))
        phone.go_back()
        assert phone.url == f"{server.url}/de/"


def test_nothing_about_the_cards_is_kept(dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(dist)
    phone.goto(f"{server.url}/nl/cards/")
    phone.locator("#language").fill("Tigrinya")
    phone.locator(".card-index__list li:visible a").click()
    phone.locator("#papers .person-cards__show").click()
    phone.locator("[data-action=next]").click()
    assert phone.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert phone.url == f"{server.url}/cards/ti/#nl"


def test_only_a_voice_of_this_device_reads_aloud(dist: Path, serve: Serve, phone: Page) -> None:
    phone.add_init_script(
        """window.said = [];
        const voice = (lang, localService) => ({ lang, localService });
        Object.defineProperty(window, "speechSynthesis", { value: {
            getVoices: () => [voice("ar-SA", false), voice("pl-PL", true), voice("ru-RU", false)],
            addEventListener() {}, cancel: () => window.said.push("hush"),
            speak: (words) => window.said.push([words.lang, words.text]) } });
        window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };"""
    )
    url = serve(dist).url
    for tag, is_there in (("ar", False), ("ru", False), ("pl", True)):
        phone.goto(f"{url}/cards/{tag}/#en")
        phone.locator("#safe .person-cards__show").click()
        expect(phone.locator("[data-action=speak]")).to_be_visible(visible=is_there)
    phone.locator("[data-action=speak]").click()
    assert phone.evaluate("window.said").pop() == ["pl-PL", GUIDE.cards["pl"].sentences["safe"]]
    phone.evaluate("window.dispatchEvent(new Event('pagehide'))")  # the clock comes, or another page
    assert phone.evaluate("window.said").pop() == "hush"


@pytest.mark.parametrize("locale", list(Locale))
def test_the_cards_are_read_without_scripts(locale: Locale, dist: Path, serve: Serve, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{serve(dist).url}/{locale}/cards/")
    page.locator('a[href^="/cards/ti/"]').click()
    expect(page.locator("#safe .person-cards__own")).to_have_text(GUIDE.cards["ti"].sentences["safe"])
    readers = page.locator("#safe .person-cards__reader:visible")
    expect(readers).to_have_count(1)
    expect(readers).to_contain_text(GUIDE.cards[locale].sentences["safe"])
    expect(page.locator("button:visible")).to_have_count(0)
    page.locator(".plain-screen__control:visible").first.click()
    page.wait_for_url(f"**/{locale}/clock/")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_cards_have_no_accessibility_faults(scheme: str, dist: Path, serve: Serve, phone: Page) -> None:
    phone.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    url = serve(dist).url
    for path in ("/nl/cards/", "/cards/ar/#fr", "/cards/zh/#de", "/fr/clock/"):
        phone.goto(url + path)
        found = Axe().run(phone)
        assert found.violations_count == 0, (path, found.generate_report())
    phone.goto(f"{url}/cards/ar/#fr")
    phone.locator("#papers .person-cards__show").click()
    found = Axe().run(phone)
    assert found.violations_count == 0, found.generate_report()
