"""Every page: no finding by axe, light and dark; in every locale nothing wider than the phone, and no other host."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from guide import Locale
from guide.locales import SOURCE
from tests.pages import pages_of
from tests.server import GuideServer

WHOLE = {"resultTypes": ["violations"]}
# Translations differ from the source in words only: axe looks at one page of so many, so that it meets each page in one
# of the languages. The measures are taken on all.
SHARES = len(Locale)
IN_THE_DARK = 3  # of so many pages one, and each that is one of its kind: a kind has its colours on all of its pages
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
    hosts: set[str] = set()
    narrow.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    for number, path in enumerate((*pages_of(dist, locale), f"/{locale}/not-found/", "/")):
        narrow.goto(server.url + path)
        if number % SHARES == list(Locale).index(locale):
            found = axe.run(narrow, options=WHOLE)
            assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
        assert narrow.evaluate("document.documentElement.scrollWidth") <= 320, path
        levels = narrow.eval_on_selector_all("h1, h2, h3, h4", "found => found.map(each => Number(each.tagName[1]))")
        assert levels[0] == 1 and levels.count(1) == 1, path
        assert all(after - before <= 1 for before, after in pairwise(levels)), (path, levels)
    assert hosts == {urlsplit(server.url).netloc}
    assert narrow.context.cookies() == []


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
