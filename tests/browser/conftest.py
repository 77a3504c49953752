import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.chromium import FLAGS, provide_chromium
from tests.conftest import SMALL, build_into

PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": provide_chromium(), "args": list(FLAGS)}


@pytest.fixture
def browser_context_args() -> dict[str, Any]:
    return {"viewport": PHONE, "locale": "nl-BE", "service_workers": "allow"}


@pytest.fixture
def phone(context: BrowserContext) -> Iterator[Page]:
    """A page on a small phone; the test fails if a script of ours throws."""
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []


@pytest.fixture
def wait_ready(phone: Page) -> Callable[[], None]:
    """Wait until the phone says that the language of the page is stored."""

    def wait() -> None:
        phone.wait_for_selector('html[data-offline="ready"]', timeout=30_000)

    return wait


@pytest.fixture(scope="session")
def next_dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small guide with one changed page and a new day."""
    return edition_after(tmp_path_factory.mktemp("next"), "2026-02-01", "Nieuwe vragen")


def edition_after(folder: Path, day: str, title: str) -> Path:
    """The small guide built anew: of another day, and with another title for one page."""
    content = Path(shutil.copytree(SMALL, folder / "content"))
    for file, old, new in (
        (content / "guide.yaml", "2026-01-15", day),
        (content / "nl/talk/questions.md", "title: Vragen", f"title: {title}"),
    ):
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
    return build_into(folder / "dist", content)
