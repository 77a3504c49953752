"""Every page of every locale, light and dark: no finding by axe, nothing wider than the phone."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from guide import Locale
from tests.pages import pages_of
from tests.server import GuideServer

Scheme = Literal["light", "dark"]


@pytest.fixture(params=["light", "dark"])
def tinted(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A small phone in the light, and in the dark."""
    context = browser.new_context(
        viewport={"width": 320, "height": 568}, color_scheme=request.param, service_workers="block"
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("locale", list(Locale))
def test_axe_finds_nothing_and_nothing_is_cut_off_and_headings_are_in_order(
    locale: Locale, dist: Path, serve: Callable[[Path], GuideServer], tinted: Page
) -> None:
    server = serve(dist)
    for path in (*pages_of(dist, locale), f"/{locale}/not-found/", "/"):
        tinted.goto(server.url + path)
        found = Axe().run(tinted)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
        assert tinted.evaluate("document.documentElement.scrollWidth") <= 320, path
        levels = tinted.eval_on_selector_all("h1, h2, h3, h4", "found => found.map(each => Number(each.tagName[1]))")
        assert levels[0] == 1 and levels.count(1) == 1, path
        assert all(after - before <= 1 for before, after in pairwise(levels)), (path, levels)


@pytest.mark.parametrize("locale", [Locale.DE, Locale.FR])
def test_text_of_twice_the_size_still_fits(
    locale: Locale, dist: Path, serve: Callable[[Path], GuideServer], phone: Page
) -> None:
    server = serve(dist)
    for path in pages_of(dist, locale):
        phone.goto(server.url + path)
        phone.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360, path
