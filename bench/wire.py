"""What the guide costs on the wire, counted at the server: `python -m bench.wire`.

Bytes are those of headers and bodies as sent (brotli); a kilobyte is 1000 bytes. Nothing here is timed.
"""

import tempfile
from pathlib import Path

import brotli
from playwright.sync_api import Browser, Page, sync_playwright

import build
from guide import Locale
from tests.chromium import FLAGS, provide_chromium
from tests.faults import BUSY, starting, when
from tests.server import GuideServer

ROOT = Path(__file__).parent.parent


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        dist = Path(folder) / "dist"
        edition = build.build(ROOT / "content", ROOT / "static", dist, "https://guide.example")
        print(f"edition {edition}")
        print(f"{'':34}{'KB':>8}{'requests':>10}   goal")
        scripts = sum(len(compressed(dist / name)) for name in ("assets/guide.js", "sw.js"))
        print(f"{'all scripts, brotli':34}{scripts / 1000:8.1f}{'':10}   ≤ 25 KB")
        browser = playwright.chromium.launch(executable_path=provide_chromium(), args=list(FLAGS))
        for locale in Locale:
            row(f"home {locale}, first visit, no worker", *home(browser, dist, locale), goal="≤ 30 KB, ≤ 8")
        for locale in Locale:
            text = text_size(dist, locale)
            goal = f"≤ {1.3 * text / 1000:.0f} KB + shell, ≤ 12"
            row(f"{locale} ready without network", *until_ready(browser, dist, locale), goal=goal)
        row("all four ready without network", *until_all(browser, dist), goal="≤ 16 requests")
        browser.close()


def row(name: str, size: int, requests: int, *, goal: str) -> None:
    print(f"{name:34}{size / 1000:8.1f}{requests:10}   {goal}")


def home(browser: Browser, dist: Path, locale: Locale) -> tuple[int, int]:
    """The home page alone, in a browser that has seen nothing and keeps nothing."""
    server = GuideServer(dist)
    context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
    context.new_page().goto(f"{server.url}/{locale}/", wait_until="networkidle")
    return counted(server, context.pages[0])


def until_ready(browser: Browser, dist: Path, locale: Locale) -> tuple[int, int]:
    """The home page and everything stored until its own language is ready; the others are held back."""
    server = GuideServer(dist)
    others = tuple(f"/offline/{other}." for other in Locale if other != locale)
    server.rule = when(starting(*others), BUSY)
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{server.url}/{locale}/")
    page.wait_for_selector('html[data-offline="ready"]')
    server.requests[:] = [request for request in server.requests if not request.path.startswith(others)]
    return counted(server, page)


def until_all(browser: Browser, dist: Path) -> tuple[int, int]:
    server = GuideServer(dist)
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{server.url}/nl/")
    page.wait_for_function(
        "() => document.querySelector('.offline-status__line').textContent.includes('nl, fr, de, en')"
    )
    return counted(server, page)


def counted(server: GuideServer, page: Page) -> tuple[int, int]:
    page.context.close()
    server.stop()
    return sum(request.size for request in server.requests), len(server.requests)


def text_size(dist: Path, locale: Locale) -> int:
    """The locale's pages as one brotli stream: less cannot carry them."""
    pages = sorted((dist / locale).rglob("*.html"))
    return len(brotli.compress(b"".join(page.read_bytes() for page in pages)))


def compressed(path: Path) -> bytes:
    data: bytes = brotli.compress(path.read_bytes())
    return data


if __name__ == "__main__":
    main()
