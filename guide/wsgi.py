"""`dist/` in, WSGI application out: plain files with the right headers, for local use and simple hosting.

gunicorn 'guide.wsgi:application("dist")'

Sizes are read once, at the start: restart the server after each build.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from whitenoise import WhiteNoise

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def application(folder: str | Path) -> Application:
    """The guide in that folder. Raises FileNotFoundError when it has not been built."""
    root = Path(folder).resolve()
    headers_of = json.loads((root / "headers.json").read_text(encoding="utf-8"))
    headers = headers_of["/"]

    def add_headers(answer: Headers, path: str, url: str) -> None:
        for name, value in headers_of[max(filter(url.startswith, headers_of), key=len)].items():
            answer[name] = value
        # WhiteNoise's own ETag is date and size, which a changed telephone number of the same length survives.
        answer["ETag"] = f'"{hashlib.sha256(Path(path).read_bytes()).hexdigest()[:32]}"'
        if not url.startswith("/offline/"):
            answer["Cache-Control"] = "no-cache"

    files: Application = WhiteNoise(
        _NotFound(root, headers),
        root=root,
        index_file=True,
        allow_all_origins=False,
        mimetypes={
            ".pack": "application/octet-stream",
            ".update": "application/json",
            ".vcf": "text/vcard",
            ".webmanifest": "application/manifest+json",
        },
        immutable_file_test=lambda path, url: url.startswith("/offline/"),
        add_headers_function=add_headers,
    )
    return _with_headers(files, headers)


def _with_headers(files: Application, headers: dict[str, str]) -> Application:
    """The same, with the headers on its redirects too, which WhiteNoise sends without."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, sent: list[tuple[str, str]], *rest: Any) -> Any:  # noqa: ANN401 (WSGI's interface)
            if status.startswith("302"):
                location = [(name, value) for name, value in sent if name == "Location"]
                sent = [*headers.items(), ("Cache-Control", "no-cache"), *location]
            return start_response(status, sent, *rest)

        return files(environ, start)

    return application


class _NotFound:
    """Answers 404 with the page for it, in the language of the address."""

    def __init__(self, root: Path, headers: dict[str, str]) -> None:
        self.headers = [
            *headers.items(),
            ("Content-Type", "text/html; charset=utf-8"),
            ("Cache-Control", "no-cache"),
        ]
        self.pages = {path.parts[-3]: path.read_bytes() for path in root.glob("*/not-found/index.html")}
        self.unknown_locale = (root / "404.html").read_bytes()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        body = self.pages.get(environ.get("PATH_INFO", "").lstrip("/").partition("/")[0], self.unknown_locale)
        start_response("404 Not Found", [*self.headers, ("Content-Length", str(len(body)))])
        return [body] if environ.get("REQUEST_METHOD") != "HEAD" else []
