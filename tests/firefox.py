"""A real Firefox for the browser tests: `python -m tests.firefox` finds or fetches one and says where it is.

Debian's Firefox ESR, as it is: Playwright's Firefox is a patched one. It is driven over WebDriver BiDi, which it speaks
itself, so no geckodriver is needed. Without a Firefox the run fails; a browser test that was not run is not a pass.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from websockets.sync.client import ClientConnection, connect

Value = TypeVar("Value")

NAMES = ("firefox-esr", "firefox")
NOWHERE = 9  # the port “discard”, where no one listens
PATIENCE = 30.0  # seconds a condition may take; the machine may be busy

PREFERENCES: dict[str, str | int | bool] = {
    "dom.serviceWorkers.enabled": True,
    # Firefox ends a worker whose event takes 30 + 30 seconds. A tenth of that is in proportion to the small guide.
    "dom.serviceWorkers.idle_timeout": 3_000,
    "dom.serviceWorkers.idle_extended_timeout": 3_000,
    "intl.accept_languages": "nl-BE, nl",
    # Nothing leaves this machine: all but loopback goes to a proxy that is not there; the rest saves the attempts.
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": NOWHERE,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": NOWHERE,
    "network.proxy.failover_direct": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.dns.disablePrefetch": True,
    "network.trr.mode": 5,
    "app.normandy.enabled": False,
    "app.update.auto": False,
    "app.update.disabledForTesting": True,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.search.update": False,
    "datareporting.healthreport.uploadEnabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.push.connection.enabled": False,
    "extensions.getAddons.cache.enabled": False,
    "extensions.update.enabled": False,
    "media.gmp-manager.updateEnabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
    "toolkit.telemetry.server": "",
    # No page of its own, and one process for pages: lighter.
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "dom.ipc.processCount": 1,
    "dom.ipc.processPrelaunch.enabled": False,
}


def find_firefox() -> str | None:
    """The path of a Firefox that is here already, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def provide_firefox() -> str:
    """The path of a Firefox, fetched if need be. Raises SystemExit saying what to do when none can be had."""
    if path := find_firefox():
        return path
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _try("apt-get", "update", "-q")
        _try("apt-get", "install", "-y", "-q", "--no-install-recommends", "firefox-esr")
    if path := find_firefox():
        return path
    raise SystemExit("No Firefox found and none could be fetched. Install firefox-esr or firefox, then try again.")


def _try(*command: str) -> None:
    print(f"Trying: {' '.join(command)}", flush=True)
    subprocess.run(command, check=False, stdin=subprocess.DEVNULL)


class FirefoxError(Exception):
    """Firefox could not do what it was told, or did not in time."""


@contextmanager
def running(path: str) -> Iterator["Firefox"]:
    """That Firefox, headless, with a fresh profile; both are gone when the block ends."""
    with (
        tempfile.TemporaryDirectory(prefix="firefox-") as folder,
        _listening(path, Path(folder)) as address,
        # Not through a proxy, whatever the environment says: Firefox is on this machine.
        connect(address, proxy=None, max_size=None) as socket,
    ):
        bidi = Bidi(socket)
        bidi.command("session.new", capabilities={})
        bidi.command("session.subscribe", events=["log.entryAdded"])
        yield Firefox(bidi)


@contextmanager
def _listening(path: str, folder: Path) -> Iterator[str]:
    """The address at which a Firefox takes commands; it is ended with the block."""
    profile = folder / "profile"
    profile.mkdir()
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items())
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    log = folder / "log"
    command = [path, "--headless", "--no-remote", "--remote-debugging-port=0", "--profile", str(profile)]
    environment = {**os.environ, "MOZ_CRASHREPORTER_DISABLE": "1"}
    with (
        log.open("wb") as file,
        subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=file, stderr=file) as process,
    ):

        def address() -> str | None:
            said = log.read_text(encoding="utf-8", errors="replace")
            if process.poll() is not None:
                raise FirefoxError(f"Firefox ended at once: {said}")
            found = re.search(r"WebDriver BiDi listening on (ws://\S+)\n", said)
            return f"{found[1]}/session" if found else None

        try:
            yield wait_until(address, "Firefox to listen")
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


class Firefox:
    """A Firefox that takes commands."""

    def __init__(self, bidi: "Bidi") -> None:
        self._bidi = bidi

    def new_phone(self) -> "Phone":
        """A phone that has never seen the guide: storage and workers of its own."""
        created = self._bidi.command("browser.createUserContext")
        return Phone(self._bidi, _string(created["userContext"]))


class Phone:
    """One reader's storage and tabs in a Firefox."""

    def __init__(self, bidi: "Bidi", name: str) -> None:
        self._bidi = bidi
        self._name = name

    def open(self, url: str) -> "Tab":
        """A new tab in front, with the page at that address loaded."""
        created = self._bidi.command("browsingContext.create", type="tab", userContext=self._name)
        tab = Tab(self._bidi, _string(created["context"]))
        tab.goto(url)
        return tab

    def forget(self) -> list[str]:
        """Close the tabs and delete what is stored; the errors that scripts of the pages threw meanwhile."""
        self._bidi.command("browser.removeUserContext", userContext=self._name)
        errors, self._bidi.script_errors = self._bidi.script_errors, []
        return errors


class Tab:
    """One tab."""

    def __init__(self, bidi: "Bidi", name: str) -> None:
        self._bidi = bidi
        self._name = name

    def goto(self, url: str) -> None:
        """Open an address; back once the page is loaded. Raises FirefoxError for the browser's own error page."""
        self._bidi.command("browsingContext.navigate", context=self._name, url=url, wait="complete")

    def reload(self) -> None:
        """Load the page again; back once it is loaded."""
        self._bidi.command("browsingContext.reload", context=self._name, wait="complete")

    def close(self) -> None:
        """Close the tab."""
        self._bidi.command("browsingContext.close", context=self._name)

    def evaluate(self, expression: str) -> object:
        """The value of a JavaScript expression in the page, as JSON carries it; a promise is awaited."""
        answer = self._bidi.command(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({expression})))()",
            target={"context": self._name},
            awaitPromise=True,
        )
        if answer["type"] == "exception":
            raise FirefoxError(f"{expression}: {json.dumps(answer['exceptionDetails'])}")
        value = _mapping(answer["result"]).get("value")
        return None if value is None else json.loads(_string(value))

    def text(self, selector: str) -> str:
        """The text of the first such element, as a reader sees it; empty without one."""
        return _string(self.evaluate(f"document.querySelector({json.dumps(selector)})?.innerText ?? ''"))

    def wait_for(self, expression: str, seconds: float = PATIENCE) -> None:
        """Wait until the expression is true in the page, whichever page of the tab that will be."""

        def is_true() -> bool | None:
            try:
                return bool(self.evaluate(expression)) or None
            except FirefoxError:
                return None  # the page is just being replaced by the next one

        wait_until(is_true, textwrap.shorten(expression, 150, placeholder=" …"), seconds)


class Bidi:
    """WebDriver BiDi: one command, its answer; what pages threw in between is noted."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._last = 0
        self.script_errors: list[str] = []

    def command(self, method: str, **parameters: object) -> dict[str, object]:
        """What Firefox answers. Raises FirefoxError when it refuses, or is silent for a minute."""
        self._last += 1
        self._socket.send(json.dumps({"id": self._last, "method": method, "params": parameters}))
        while True:
            try:
                answer = _mapping(json.loads(self._socket.recv(timeout=60)))
            except TimeoutError as error:
                raise FirefoxError(f"{method} {parameters}: no answer") from error
            if answer["type"] == "event":
                self._note(_mapping(answer["params"]))
                continue
            if answer["id"] != self._last:
                continue  # the late answer to a command that was given up
            if answer["type"] == "error":
                raise FirefoxError(f"{method} {parameters}: {answer['error']}: {answer['message']}")
            return _mapping(answer["result"])

    def _note(self, entry: dict[str, object]) -> None:
        # Without a stack it is no script that complains but the network, which is what these tests spoil.
        if entry["type"] == "javascript" and entry["level"] == "error" and "stackTrace" in entry:
            self.script_errors.append(_string(entry["text"]))


def wait_until(question: Callable[[], Value | None], what: str, seconds: float = PATIENCE) -> Value:
    """The first answer that is not None. Raises FirefoxError when there is none in time."""
    end = time.monotonic() + seconds
    while (answer := question()) is None:
        if time.monotonic() > end:
            raise FirefoxError(f"Waited {seconds} seconds in vain for {what}")
        time.sleep(0.05)
    return answer


def _string(value: object) -> str:
    assert isinstance(value, str)
    return value


def _mapping(value: object) -> dict[str, object]:
    assert isinstance(value, dict)
    return value


if __name__ == "__main__":
    print(f"Offline faults run also in {provide_firefox()}")
