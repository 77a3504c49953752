"""A real server for the tests: serves a built guide, records what was asked, stops, and misbehaves on command."""

import socket
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from wsgiref.util import FileWrapper

from werkzeug.serving import WSGIRequestHandler, make_server

from guide.wsgi import application

from .faults import Answer, Rule


@dataclass(frozen=True, slots=True)
class Request:
    """One answered request: path, status, and the bytes of headers and body that went over the wire."""

    path: str
    status: int
    size: int


class GuideServer:
    """The guide in a folder on a port of its own; `rule` may answer in the guide's place (see faults)."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.requests: list[Request] = []
        self.rule: Rule | None = None
        self.closing = threading.Event()
        self.publish(folder)
        self._server = make_server("127.0.0.1", port, self._answer, threaded=True, request_handler=_Quiet)
        self.port = self._server.port
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def publish(self, folder: Path) -> None:
        """From now on serve another folder."""
        self._application = application(folder)

    def stop(self) -> None:
        """Be gone, as in a basement: connections are refused. Safe to call twice."""
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def restart(self, folder: Path) -> "GuideServer":
        """A new server on the same port, so the same origin for a browser."""
        self.stop()
        return GuideServer(folder, self.port)

    def paths(self) -> list[str]:
        """What was asked, in order."""
        return [request.path for request in self.requests]

    def _answer(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        answer = self._guide_s_answer(environ)
        fault = self.rule(path, answer) if self.rule else None
        if fault is None or isinstance(fault, Answer):
            answer = fault or answer
            head = sum(len(name) + len(value) + 4 for name, value in answer.headers)
            self.requests.append(Request(path, int(answer.status.split()[0]), head + len(answer.body)))
            start_response(answer.status, [*answer.headers, ("Content-Length", str(len(answer.body)))])
            return [answer.body]
        self.requests.append(Request(path, 0, 0))
        connection: socket.socket = environ["werkzeug.socket"]
        fault.spoil(connection, self.closing)
        connection.shutdown(socket.SHUT_RDWR)
        raise ConnectionAbortedError(f"{path}: cut off on command")

    def _guide_s_answer(self, environ: dict[str, Any]) -> Answer:
        started: list[Any] = []
        chunks = self._application(environ, lambda *arguments: started.extend(arguments[:2]))
        body = b"".join(chunks)
        if isinstance(chunks, FileWrapper):
            chunks.close()
        status, headers = started
        return Answer(status, tuple(each for each in headers if each[0].lower() != "content-length"), body)


Serve = Callable[[Path], GuideServer]
"""Serves a built guide until the end of the test (see conftest)."""

Wait = Callable[[], None]
"""Waits until the phone says that the language of its page is stored (see browser/conftest)."""


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # header and body in one write; two cost 40 ms each

    def log(self, type: str, message: str, *args: object) -> None:
        pass
