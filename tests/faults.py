"""What networks and hosts do wrong, as rules for GuideServer: a rule sees the path and the right answer.

It returns None (the right answer goes out), another Answer, or a Spoiled: bytes on the bare connection, then a cut.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from socket import socket
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: status line, headers without the length, and the body as sent (so compressed, if it is)."""

    status: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


class Spoiled(Protocol):
    """Something that goes wrong below HTTP."""

    def spoil(self, connection: socket, closing: threading.Event) -> None:
        """Write what there is to write, and wait, but not longer than until `closing`."""


Rule = Callable[[str, Answer], Answer | Spoiled | None]
Asked = Callable[[str], bool]

BYTES = ("Content-Type", "application/octet-stream")
HTML = ("Content-Type", "text/html; charset=utf-8")
PORTAL = Answer("200 OK", (HTML,), b"<!doctype html><title>Wi-Fi</title><h1>Hotel Wi-Fi: log in</h1>")
BUSY = Answer("503 Service Unavailable")
TOO_MANY = Answer("429 Too Many Requests", (("Retry-After", "1"),))
MISSING = Answer("404 Not Found")
FORBIDDEN = Answer("403 Forbidden", (HTML,), b"<h1>Blocked by your organisation</h1>")


def redirect(to: str) -> Answer:
    """A detour, as portals and gateways send."""
    return Answer("302 Found", (("Location", to),))


@dataclass(frozen=True, slots=True)
class Dropped:
    """The connection is cut without a word."""

    def spoil(self, connection: socket, closing: threading.Event) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Hanging:
    """The connection stays open and nothing comes, until the server is stopped; `head` sends the headers first."""

    head: Answer | None = None

    def spoil(self, connection: socket, closing: threading.Event) -> None:
        if self.head:
            connection.sendall(_head(self.head, ("Content-Length", str(len(self.head.body)))))
        closing.wait(120)


@dataclass(frozen=True, slots=True)
class CutOff:
    """Half a body, in the three ways HTTP knows: under its full length, in chunks without the last, until the end."""

    answer: Answer
    framing: str = "length"

    def spoil(self, connection: socket, closing: threading.Event) -> None:
        half = self.answer.body[: len(self.answer.body) // 2]
        if self.framing == "length":
            connection.sendall(_head(self.answer, ("Content-Length", str(len(self.answer.body)))) + half)
        elif self.framing == "chunks":
            head = _head(self.answer, ("Transfer-Encoding", "chunked"))
            connection.sendall(head + f"{len(half):x}\r\n".encode() + half + b"\r\n")
        elif self.framing == "end":
            connection.sendall(_head(self.answer, ("Connection", "close"), version="HTTP/1.0") + half)
        else:
            raise ValueError(f"unknown framing {self.framing!r}: length, chunks or end")


@dataclass(frozen=True, slots=True)
class Dripping:
    """The right body, a piece at a time."""

    answer: Answer
    pieces: int = 8
    seconds: float = 0.25

    def spoil(self, connection: socket, closing: threading.Event) -> None:
        body = self.answer.body
        connection.sendall(_head(self.answer, ("Content-Length", str(len(body)))))
        step = -(-len(body) // self.pieces)
        for start in range(0, len(body), step):
            connection.sendall(body[start : start + step])
            time.sleep(self.seconds)


def _head(answer: Answer, *more: tuple[str, str], version: str = "HTTP/1.1") -> bytes:
    lines = [f"{version} {answer.status}", *(f"{name}: {value}" for name, value in (*answer.headers, *more))]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


# ── Rules ──────────────────────────────────────────────────────────────────────────────────────────────────


def when(asked: Asked, fault: Answer | Spoiled) -> Rule:
    """That fault for every path asked for that way."""
    return lambda path, _: fault if asked(path) else None


def cut_off(asked: Asked, framing: str) -> Rule:
    """Half of the right body for every path asked for that way."""
    return lambda path, answer: CutOff(answer, framing) if asked(path) else None


def plain(answer: Answer) -> Answer:
    """The answer without its compression's header, for bodies that a rule makes itself."""
    return replace(answer, headers=tuple(each for each in answer.headers if each[0].lower() != "content-encoding"))


def starting(*beginnings: str) -> Asked:
    """Paths that begin so."""
    return lambda path: path.startswith(beginnings)


def ending(*endings: str) -> Asked:
    """Paths that end so."""
    return lambda path: path.endswith(endings)


def from_request(number: int, fault: Answer | Spoiled, asked: Asked = lambda path: True) -> Rule:
    """That fault from the n-th such request on (1 is the first); thread-safe."""
    lock = threading.Lock()
    seen = 0

    def rule(path: str, _: Answer) -> Answer | Spoiled | None:
        nonlocal seen
        if not asked(path):
            return None
        with lock:
            seen += 1
            return fault if seen >= number else None

    return rule
