"""What the guide costs on the wire, counted at the server: `python -m bench.wire`.

Bytes are those of headers and bodies as sent (brotli); a kilobyte is 1000 bytes. The only times are those on a slow
line of known speed, where the line decides and the machine does not.
"""

import re
import shutil
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from socket import socket

import brotli
from playwright.sync_api import Browser, Page, sync_playwright

import build
from guide import Locale
from tests.chromium import FLAGS, provide_chromium
from tests.faults import BUSY, Answer, starting, when
from tests.server import GuideServer

ROOT = Path(__file__).parent.parent
ALL_STORED = "() => document.querySelector('.offline-status__line').textContent.includes('nl, fr, de, en')"

# The changes themselves; waiting for a selector looks only twice a second. First the line says that the guide works
# without network, then that all of it is there.
UNTIL = """is => new Promise(resolve => {
    const root = document.documentElement;
    const line = document.querySelector("offline-status");
    const isReady = () => root.dataset.offline === "ready";
    const isUsable = () => isReady() || line.querySelector("[role=status]").textContent === line.dataset.usable;
    const look = () => (is === "usable" ? isUsable() : isReady()) && resolve();
    new MutationObserver(look).observe(root, {attributes: true, childList: true, subtree: true});
    look();
})"""


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
        shell = part_size(dist, "shell") + sum(
            len(compressed(dist / name)) for name in ("assets/guide.css", "assets/guide.js")
        )
        cards = len(brotli.compress(b"".join(page.read_bytes() for page in sorted((dist / "cards").rglob("*.html")))))
        for locale in Locale:
            goal = (1.3 * (text_size(dist, locale) + cards) + shell) / 1000
            row(f"{locale} ready without network", *until_ready(browser, dist, locale), goal=f"≤ {goal:.0f} KB, ≤ 12")
        for locale in Locale:
            sizes = (
                text_size(dist, locale),
                bare_text_size(dist, locale),
                part_size(dist, locale) + part_size(dist, f"{locale}-practice"),
            )
            pages, bare, packs = (size / 1000 for size in sizes)
            print(f"{locale}: packs {packs:.1f} KB, its pages {pages:.1f} KB, their bare words {bare:.1f} KB")
        texts = sum(text_size(dist, locale) for locale in Locale)
        goal = (1.3 * (texts + cards) + shell) / 1000
        row("all four ready without network", *until_all(browser, dist), goal=f"≤ {goal:.0f} KB, ≤ 16")
        changed = one_page_changed(dist, Path(folder) / "changed")
        row("update after one changed page", *until_next(browser, dist, changed), goal="≤ 15 KB, ≤ 6")
        for locale in Locale:
            usable, ready = seconds_on_a_slow_line(browser, dist, locale)
            print(f"{locale}, 400 kbit/s, 400 ms: usable {usable:.1f} s, with practice {ready:.1f} s   ≤ 6 s")
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
    page.wait_for_function(ALL_STORED)
    return counted(server, page)


def until_next(browser: Browser, dist: Path, changed: Path) -> tuple[int, int]:
    """What a phone with all four languages fetches when one page of one language has changed."""
    server = GuideServer(dist)
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{server.url}/nl/")
    page.wait_for_function(ALL_STORED)
    server.publish(changed)
    server.requests.clear()
    page.reload()
    page.wait_for_selector(".offline-status__switch:not([hidden])")
    return counted(server, page)


def one_page_changed(dist: Path, folder: Path) -> Path:
    """The guide built anew after an editor wrote one more sentence on one page."""
    content = Path(shutil.copytree(ROOT / "content", folder / "content"))
    page = content / "nl/cases/asylum.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\nVraag het opnieuw als iemand van gedachte verandert.\n", encoding="utf-8")
    shutil.copytree(dist, folder / "dist")  # the edition before: the build makes the update from it
    build.build(content, ROOT / "static", folder / "dist", "https://guide.example")
    return folder / "dist"


@dataclass(frozen=True, slots=True)
class Slow:
    """An answer over a line that all answers share: so many bytes a second, and a delay before each."""

    answer: Answer
    line: threading.Lock
    delay: float = 0.4
    rate: int = 400_000 // 8

    def spoil(self, connection: socket, closing: threading.Event) -> None:
        time.sleep(self.delay)
        lines = [f"HTTP/1.1 {self.answer.status}", *(f"{name}: {value}" for name, value in self.answer.headers)]
        lines += [f"Content-Length: {len(self.answer.body)}", "Connection: close"]
        data = ("\r\n".join(lines) + "\r\n\r\n").encode() + self.answer.body
        for start in range(0, len(data), 1460):
            with self.line:
                time.sleep(len(data[start : start + 1460]) / self.rate)
            connection.sendall(data[start : start + 1460])


def seconds_on_a_slow_line(browser: Browser, dist: Path, locale: Locale) -> tuple[float, float]:
    """From the first page, loaded over that line, until its language can be used, and until its practice is there."""
    server = GuideServer(dist)
    line = threading.Lock()
    server.rule = lambda _, answer: Slow(answer, line)
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{server.url}/{locale}/")
    begin = time.monotonic()
    page.evaluate(UNTIL, "usable")
    usable = time.monotonic() - begin
    page.evaluate(UNTIL, "ready")
    ready = time.monotonic() - begin
    counted(server, page)
    return usable, ready


def counted(server: GuideServer, page: Page) -> tuple[int, int]:
    page.context.close()
    server.stop()
    return sum(request.size for request in server.requests), len(server.requests)


def text_size(dist: Path, locale: Locale) -> int:
    """The locale's pages as one brotli stream: less cannot carry them."""
    pages = sorted((dist / locale).rglob("index.html"))
    return len(brotli.compress(b"".join(page.read_bytes() for page in pages)))


def bare_text_size(dist: Path, locale: Locale) -> int:
    """The words of those pages alone, without markup, links and frame, as one brotli stream."""
    pages = sorted((dist / locale).rglob("index.html"))
    mains = (re.search(r"<main.*?</main>", page.read_text(encoding="utf-8"), re.DOTALL) for page in pages)
    texts = (re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main[0])) for main in mains if main)
    return len(brotli.compress("\n".join(texts).encode()))


def part_size(dist: Path, part: str) -> int:
    """The pack of a part, compressed."""
    (path,) = (dist / "offline").glob(f"{part}.*.pack.br")
    return path.stat().st_size


def compressed(path: Path) -> bytes:
    data: bytes = brotli.compress(path.read_bytes())
    return data


if __name__ == "__main__":
    main()
