from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.reading import save_data
from tests.chromium import FLAGS, provide_chromium
from tests.server import GuideServer, Serve, Wait

expect.set_options(timeout=20_000)  # a machine that tests share is slow at times

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


@pytest.fixture
def offline(dist: Path, serve: Serve, phone: Page, wait_ready: Wait) -> str:
    """The address of a guide that is on the phone; its server is gone."""
    server = serve(dist)
    phone.goto(f"{server.url}/nl/")
    wait_ready()
    server.stop()
    return server.url


@pytest.fixture
def thrifty(small_dist: Path, serve: Serve, phone: Page, wait_ready: Wait) -> GuideServer:
    """The server of a phone that saves data, so it has stored the first edition in Dutch only."""
    server = serve(small_dist)
    save_data(phone)
    phone.goto(f"{server.url}/nl/")
    wait_ready()
    return server
