"""A real Chromium for the browser tests: `python -m tests.chromium` finds or fetches one and says where it is.

In this order: one on the machine, playwright's own download, the distribution's package where we may install it.
Without one the run fails; a browser test that was not run is not a pass.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def find_chromium() -> str | None:
    """The path of a Chromium that is here already, or None."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return _playwrights_own()


def provide_chromium() -> str:
    """The path of a Chromium, fetched if need be. Raises SystemExit saying what to do when none can be had."""
    if path := find_chromium():
        return path
    _try(sys.executable, "-m", "playwright", "install", "chromium")
    if path := _playwrights_own():
        return path
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _try("apt-get", "update", "-q")
        _try("apt-get", "install", "-y", "-q", "chromium")
    if path := find_chromium():
        return path
    raise SystemExit("No Chromium found and none could be fetched. Install chromium or google-chrome, then try again.")


def _playwrights_own() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _try(*command: str) -> None:
    print(f"Trying: {' '.join(command)}", flush=True)
    subprocess.run(command, check=False, stdin=subprocess.DEVNULL)


if __name__ == "__main__":
    print(f"Browser tests run in {provide_chromium()}")
