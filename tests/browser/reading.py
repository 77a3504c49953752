"""What the offline tests look at: the line, what is stored, which pages there are."""

import json
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.pages import pages_of

ENTRIES, STATE = "guide-entries-1", "guide-state-1"
ALL = "nl, fr, de, en"


def line(page: Page) -> Locator:
    """The line that says how far this phone is."""
    return page.locator(".offline-status__line").first


def wait_for_all(page: Page) -> None:
    """Until all four languages are stored."""
    expect(line(page)).to_contain_text(ALL, timeout=60_000)


def save_data(page: Page) -> None:
    """From the next page on its reader wants to save data."""
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'connection', {get: () => ({saveData: true})})")


def limit_storage(page: Page, origin: str, size: int | None) -> None:
    """Let an origin store so many bytes, or what the browser allows (None); as long as the page is open."""
    session = page.context.new_cdp_session(page)
    quota = {"quotaSize": size} if size is not None else {}
    session.send("Storage.overrideQuotaForOrigin", {"origin": origin, **quota})


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


def stored_texts(page: Page) -> list[str]:
    """Everything in every store of this origin, as text."""
    texts: list[str] = page.evaluate(
        """async () => {
            const texts = [];
            for (const name of await caches.keys()) {
                const store = await caches.open(name);
                for (const request of await store.keys()) texts.push(await (await store.match(request)).text());
            }
            return texts;
        }"""
    )
    return texts


def stored_size(page: Page) -> tuple[int, int]:
    """The number of entries stored, and their bytes."""
    count, size = page.evaluate(
        """async name => {
            const store = await caches.open(name);
            const keys = await store.keys();
            let size = 0;
            for (const key of keys) size += (await (await store.match(key)).arrayBuffer()).byteLength;
            return [keys.length, size];
        }""",
        ENTRIES,
    )
    return count, size


def change_entries(page: Page, containing: str, change: str) -> int:
    """Delete (`change` is empty) or alter every stored entry that holds a text; how many there were."""
    count: int = page.evaluate(
        """async ([name, containing, change]) => {
            const store = await caches.open(name);
            let count = 0;
            for (const request of await store.keys()) {
                const text = await (await store.match(request)).text();
                if (!text.includes(containing)) continue;
                if (change) await store.put(request, new Response(text.replace(containing, change)));
                else await store.delete(request);
                count += 1;
            }
            return count;
        }""",
        [ENTRIES, containing, change],
    )
    return count


def state_of_store(page: Page) -> dict[str, Any]:
    """The worker's own note: which edition answers, which one waits, which languages are kept."""
    state: dict[str, Any] = page.evaluate(
        "async name => (await (await (await caches.open(name)).match('/guide-state')).json())", STATE
    )
    return state


def count_of(dist: Path, *parts: str) -> int:
    """How many addresses are listed in these parts."""
    listings = [listing for part in parts for listing in (dist / "offline").glob(f"{part}.*.json")]
    assert len(listings) == len(parts)
    return sum(len(json.loads(listing.read_bytes())["entries"]) for listing in listings)


def expect_whole(page: Page, url: str, dist: Path, locale: str = "nl") -> None:
    """Every page of a language is answered as it was built, and opens; the server should be gone by now."""
    page.goto(f"{url}/{locale}/")
    pages = pages_of(dist, locale)
    answers = page.evaluate(
        """paths => Promise.all(paths.map(async path => {
            const answer = await fetch(path).catch(() => null);
            return answer?.ok ? answer.text() : null;
        }))""",
        list(pages),
    )
    built = {path: (dist / path.lstrip("/") / "index.html").read_text(encoding="utf-8") for path in pages}
    others = [path for path, answer in zip(pages, answers, strict=True) if answer != built[path]]
    assert others == []
    path, title = list(pages.items())[-1]
    page.goto(url + path)
    assert heading(page) == title


def expect_in_order(page: Page) -> None:
    """Nothing of the page is wider than the screen, it has one main heading, and no level of headings is left out."""
    assert page.viewport_size
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], page.url
    levels = page.eval_on_selector_all("h1, h2, h3, h4", "found => found.map(each => Number(each.tagName[1]))")
    assert levels[0] == 1 and levels.count(1) == 1, page.url
    assert all(after - before <= 1 for before, after in pairwise(levels)), (page.url, levels)


def wait_until(page: Page, promise: str, seconds: float = 30) -> None:
    """Until the promise in JavaScript holds true; AssertionError when it does not in time."""
    end = time.monotonic() + seconds
    while not page.evaluate(promise):
        assert time.monotonic() < end, f"never true: {promise}"
        page.wait_for_timeout(100)
