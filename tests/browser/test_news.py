"""What changed between editions: shown once, critical news until it was opened, always there to read again."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from guide import Locale
from tests.browser.reading import line, wait_for_all
from tests.conftest import SMALL, build_into
from tests.server import GuideServer, Serve


@pytest.fixture(scope="module")
def dist_with_news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small guide a month later, with two more entries, one of them critical."""
    folder = tmp_path_factory.mktemp("news")
    content = Path(shutil.copytree(SMALL, folder / "content"))
    outline = content / "guide.yaml"
    text = outline.read_text(encoding="utf-8")
    outline.write_text(text.replace("2026-01-15", "2026-02-01").replace("[first]", "[second, third, first]"))
    for locale in Locale:
        first = (content / locale / "news/first.md").read_text(encoding="utf-8")
        title = next(row for row in first.splitlines() if row.startswith("title:"))
        later = first.replace("2026-01-15", "2026-02-01")
        (content / locale / "news/second.md").write_text(later.replace(title, "title: Second news"))
        critical = later.replace("since:", "critical: true\nsince:").replace(title, "title: Third and critical news")
        (content / locale / "news/third.md").write_text(critical)
    return build_into(folder / "dist", content)


def shown(page: Page) -> list[str]:
    return page.locator(".whats-new__entry:visible a").all_inner_texts()


@pytest.fixture
def updated(small_dist: Path, dist_with_news: Path, serve: Serve, phone: Page) -> GuideServer:
    """A phone that has just gone over to the edition with news."""
    server = serve(small_dist)
    phone.goto(f"{server.url}/nl/")
    wait_for_all(phone)
    assert shown(phone) == []  # on a new phone nothing has changed
    server.publish(dist_with_news)
    phone.reload()
    phone.locator(".offline-status__switch").click()
    expect(line(phone)).to_contain_text("Editie van 1 februari 2026")
    server.stop()
    return server


def test_news_is_shown_once_after_the_switch_and_critical_news_until_it_was_opened(
    updated: GuideServer, phone: Page
) -> None:
    assert shown(phone) == ["Second news", "Third and critical news"]
    phone.goto(f"{updated.url}/nl/signs/")
    phone.goto(f"{updated.url}/nl/")
    assert shown(phone) == ["Third and critical news"]
    phone.locator(".whats-new__entry:visible a").click()
    expect(phone.locator("h1")).to_have_text("Third and critical news")
    phone.goto(f"{updated.url}/nl/")
    assert shown(phone) == []


def test_news_can_always_be_read_again(updated: GuideServer, phone: Page) -> None:
    phone.goto(f"{updated.url}/nl/news/")
    assert phone.locator(".link-list__link strong").all_inner_texts() == [
        "Second news",
        "Third and critical news",
        "Het eerste nieuws",
    ]
    phone.get_by_role("link", name="Second news").click()
    assert "voor: Bij de politie" in phone.locator("main").inner_text().replace("\n", " ")


def test_what_was_read_is_all_that_is_remembered(updated: GuideServer, phone: Page) -> None:
    stored = phone.evaluate("Object.fromEntries(Object.entries(localStorage))")
    assert stored == {"news": '{"seen":"2026-02-01","unread":["third"]}'}
