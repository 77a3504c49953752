"""What a reader finds, in a real browser and mostly without network."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from guide import Locale
from guide.analysis import fold, words
from tests.conftest import ROOT
from tests.faults import Dropped, when
from tests.server import Serve, Wait


def results(page: Page) -> list[str]:
    """The addresses of the results, without the section."""
    found: list[str] = page.eval_on_selector_all(".guide-search__title", "links => links.map(each => each.pathname)")
    return found


def ask(page: Page, query: str) -> list[str]:
    page.locator("input[type=search]").fill(query)
    return results(page)


@pytest.mark.parametrize(
    ("locale", "query", "path"),
    [
        ("nl", "paspoorten afgepakt", "signs/general"),
        ("nl", "zelfstandige", "signs/labour"),
        ("nl", "hotel kamer", "signs/hotel"),
        ("nl", "tienerpoier", "signs/minors"),
        ("nl", "CPAS", "roles/social-welfare"),
        ("nl", "Service des Tutelles", "contacts/guardianship"),
        ("fr", "OCMW", "roles/social-welfare"),
        ("fr", "marchand de sommeil", "signs/social-welfare"),
        ("fr", "reflexion", "steps/procedure"),
        ("fr", "luxembour", "contacts/luxembourg-police"),
        ("de", "Zuhaelter", "signs/sexual"),
        ("de", "Vormundschaft", "contacts/guardianship"),
        ("de", "Auslenderamt", "roles/immigration-office"),
        ("en", "pimp", "signs/sexual"),
        ("en", "asylm seeker", "cases/asylum"),
        ("en", "+32 78 055 800", "contacts/hotline"),
    ],
)
def test_the_right_page_is_among_the_first_three(
    locale: str, query: str, path: str, dist: Path, serve: Serve, phone: Page
) -> None:
    phone.goto(f"{serve(dist).url}/{locale}/search/")
    phone.locator("input[type=search]").fill(query)
    expect(phone.locator(".guide-search__title").first).to_be_visible()
    assert f"/{locale}/{path}/" in results(phone)[:3]


def test_a_result_leads_to_its_section_and_shows_the_words_found_without_network(
    dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(dist)
    phone.goto(f"{server.url}/nl/")
    wait_ready()
    server.stop()
    phone.goto(f"{server.url}/nl/search/")
    ask(phone, "huisjesmelkers")
    first = phone.locator(".guide-search__result").filter(has=phone.locator("mark")).first
    expect(first.locator("mark").first).to_be_visible()
    expect(phone.locator(".guide-search__path").first).not_to_be_empty()
    ask(phone, "bijlage 15")
    link = phone.locator('.guide-search__title[href*="#"]').first
    link.wait_for()
    target = (link.get_attribute("href") or "").partition("#")[2]
    link.click()
    expect(phone.locator(f'[id="{target}"]')).to_be_visible()


@pytest.mark.parametrize(
    ("locale", "query", "never"),
    [
        ("nl", "medisch attest papieren", "krijgt u zeker papieren"),  # a sentence one must not say
        ("fr", "certificat médical papiers", "vous aurez sûrement"),
        ("fr", "réglages", "désactivés dans ce navigateur"),  # for readers without scripts
    ],
)
def test_what_does_not_stand_alone_is_never_shown_as_an_answer(
    locale: str, query: str, never: str, dist: Path, serve: Serve, phone: Page
) -> None:
    phone.goto(f"{serve(dist).url}/{locale}/search/")
    assert ask(phone, query)
    phone.wait_for_function(
        """() => {
            const snippets = [...document.querySelectorAll('.guide-search__snippet')].slice(0, 10);
            return snippets.length > 0 && snippets.every((each) => each.textContent);
        }"""
    )
    assert never not in phone.locator(".guide-search__results").inner_text()


def test_a_search_that_came_before_its_index_answers_once_it_is_here(dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(dist)
    server.rule = when(lambda path: path.endswith("search.json"), Dropped())
    phone.goto(f"{server.url}/nl/search/")
    expect(phone.locator(".guide-search__count")).to_contain_text("nog niet op dit toestel")
    server.rule = None
    phone.locator("input[type=search]").press_sequentially("hotel")
    expect(phone.locator(".guide-search__title").first).to_be_visible()


def test_nothing_found_offers_words_other_languages_and_somebody_to_ask(
    dist: Path, serve: Serve, phone: Page, wait_ready: Wait
) -> None:
    server = serve(dist)
    for locale in ("fr", "nl"):
        phone.goto(f"{server.url}/{locale}/")
        wait_ready()
    server.stop()
    phone.goto(f"{server.url}/nl/search/")
    assert ask(phone, "grossesse") == []
    expect(phone.locator(".guide-search__count")).to_contain_text("Niets gevonden")
    expect(phone.locator(".guide-search__none a[href='tel:112']")).to_be_visible()
    expect(phone.locator(".guide-search__others a[lang=fr]")).to_be_visible()
    assert ask(phone, "xxvoogdqqij") == []
    expect(phone.locator(".guide-search__near a").first).to_contain_text(re.compile("voogd", re.IGNORECASE))
    ask(phone, "voogd")
    expect(phone.locator(".guide-search__none")).to_be_hidden()


def test_the_keyboard_goes_from_any_page_to_a_result(small_dist: Path, serve: Serve, phone: Page) -> None:
    phone.goto(f"{serve(small_dist).url}/nl/signs/general/")
    phone.keyboard.press("/")
    phone.wait_for_url("**/nl/search/**")
    field = phone.locator("input[type=search]")
    expect(field).to_be_focused()
    phone.keyboard.type("politie a/b")
    expect(field).to_have_value("politie a/b")
    field.fill("politie")
    expect(phone.locator(".guide-search__count")).to_contain_text("Resultaten")
    phone.keyboard.press("ArrowDown")
    expect(phone.locator(".guide-search__title").first).to_be_focused()
    phone.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    phone.keyboard.press("Enter")
    expect(phone.locator(".guide-search__title").first).to_be_focused()
    phone.keyboard.press("Enter")
    phone.wait_for_url(lambda url: "/search/" not in url)
    assert "politie" not in phone.url.partition("/nl/")[2].replace("police", "")


def test_typing_letter_by_letter_never_breaks(dist: Path, serve: Serve, phone: Page) -> None:
    phone.goto(f"{serve(dist).url}/de/search/")
    for query in ("Menschenhandelsopfer", "45 Tage", "a", "(.*)[", "'", "ß", "😀", "zu hause"):
        phone.locator("input[type=search]").fill("")
        phone.locator("input[type=search]").press_sequentially(query)
    ask(phone, "Menschenhandelsopfer")
    expect(phone.locator(".guide-search__title").first).to_be_visible()


@pytest.mark.parametrize("locale", list(Locale))
def test_the_phone_folds_every_word_of_the_guide_as_the_index_does(locale: Locale, dist: Path, phone: Page) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((dist / locale).rglob("*.html"))]
    module = (ROOT / "static" / "js" / "lib" / "text.js").read_text(encoding="utf-8").replace("export ", "")
    phone.goto("about:blank")
    vocabulary = sorted({word for text in texts for word in re.findall(r"[^\s<>\"=]+", text)} | {"Œuvre", "Maß", "é"})
    folded = phone.evaluate(
        f"(all) => {{ {module}; return all.map((each) => [fold(each), words(each)]); }}", vocabulary
    )
    assert json.loads(json.dumps(folded)) == [[fold(each), words(each)] for each in vocabulary]
