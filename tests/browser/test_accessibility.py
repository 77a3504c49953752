"""Every page of every locale, light and dark: no finding by axe, nothing wider than the phone."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from guide import Locale
from guide.locales import SOURCE
from tests.pages import pages_of
from tests.server import GuideServer

WHOLE = {"resultTypes": ["violations"]}
# Translations differ from the source in words only: of so many pages axe looks at one, the measures are taken on all.
ALIKE = {Locale.NL: 1, Locale.DE: 3, Locale.FR: 4, Locale.EN: 4}
COLOURS = {**WHOLE, "runOnly": ["color-contrast"]}  # nothing else depends on the scheme


@pytest.fixture
def narrow(browser: Browser) -> Iterator[Page]:
    """The smallest phone, which keeps nothing."""
    context = browser.new_context(viewport={"width": 320, "height": 568}, service_workers="block")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("locale", list(Locale))
def test_axe_finds_nothing_and_nothing_is_cut_off_and_headings_are_in_order(
    locale: Locale, dist: Path, serve: Callable[[Path], GuideServer], narrow: Page
) -> None:
    server = serve(dist)
    axe = Axe()
    for number, path in enumerate((*pages_of(dist, locale), f"/{locale}/not-found/", "/")):
        narrow.goto(server.url + path)
        if number % ALIKE[locale] == 0:
            found = axe.run(narrow, options=WHOLE)
            assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
        assert narrow.evaluate("document.documentElement.scrollWidth") <= 320, path
        levels = narrow.eval_on_selector_all("h1, h2, h3, h4", "found => found.map(each => Number(each.tagName[1]))")
        assert levels[0] == 1 and levels.count(1) == 1, path
        assert all(after - before <= 1 for before, after in pairwise(levels)), (path, levels)


def test_axe_finds_no_colours_too_close_in_the_dark(
    dist: Path, serve: Callable[[Path], GuideServer], narrow: Page
) -> None:
    server = serve(dist)
    axe = Axe()
    narrow.emulate_media(color_scheme="dark")
    for path in (*pages_of(dist, SOURCE), "/"):  # the colours are the same in every language
        narrow.goto(server.url + path)
        found = axe.run(narrow, options=COLOURS)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"


@pytest.mark.parametrize("locale", [Locale.DE])  # the longest words
def test_text_of_twice_the_size_still_fits(
    locale: Locale, dist: Path, serve: Callable[[Path], GuideServer], phone: Page
) -> None:
    server = serve(dist)
    for path in pages_of(dist, locale):
        phone.goto(server.url + path)
        phone.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360, path
