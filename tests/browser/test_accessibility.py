"""Every page: no finding by axe, light and dark, and room for large letters."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from guide import Locale
from guide.locales import SOURCE
from tests.browser.reading import expect_in_order
from tests.pages import pages_of
from tests.server import GuideServer

WHOLE = {"resultTypes": ["violations"]}
IN_THE_DARK = 3  # of so many pages one, and each that is one of its kind: a kind has its colours on all of its pages
COLOURS = {**WHOLE, "runOnly": ["color-contrast"]}  # nothing else depends on the scheme


@pytest.fixture
def narrow(browser: Browser) -> Iterator[Page]:
    """The smallest phone, which keeps nothing."""
    context = browser.new_context(viewport={"width": 320, "height": 568}, service_workers="block")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("locale", list(Locale))
def test_axe_finds_nothing(locale: Locale, dist: Path, serve: Callable[[Path], GuideServer], narrow: Page) -> None:
    server = serve(dist)
    axe = Axe()
    # Translations differ from the source in words only, so each page is met in one of the languages; test_offline takes
    # the measures of all of them.
    mine = list(pages_of(dist, locale))[list(Locale).index(locale) :: len(Locale)]
    for path in (*mine, f"/{locale}/not-found/", "/"):
        narrow.goto(server.url + path)
        found = axe.run(narrow, options=WHOLE)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
        expect_in_order(narrow)


def test_axe_finds_no_colours_too_close_in_the_dark(
    dist: Path, serve: Callable[[Path], GuideServer], narrow: Page
) -> None:
    server = serve(dist)
    axe = Axe()
    narrow.emulate_media(color_scheme="dark")
    pages = enumerate(pages_of(dist, SOURCE))  # the colours are the same in every language
    for path in ("/", *(path for number, path in pages if number % IN_THE_DARK == 0 or path.count("/") == 3)):
        narrow.goto(server.url + path)
        found = axe.run(narrow, options=COLOURS)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"


@pytest.mark.parametrize("locale", [Locale.DE])  # the longest words
def test_text_of_twice_the_size_still_fits(
    locale: Locale, dist: Path, serve: Callable[[Path], GuideServer], narrow: Page
) -> None:
    server = serve(dist)
    narrow.set_viewport_size({"width": 360, "height": 740})
    for path in list(pages_of(dist, locale))[::2]:  # neighbours are of one kind
        narrow.goto(server.url + path)
        narrow.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert narrow.evaluate("document.documentElement.scrollWidth") <= 360, path
