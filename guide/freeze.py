"""Application in, files out: every address is asked once and its answer written below `dist/`."""

from collections.abc import Iterable
from pathlib import Path

from flask import Flask

from .errors import FreezeError


def freeze(app: Flask, urls: Iterable[str], folder: Path) -> list[Path]:
    """The files written, one per address; `/nl/signs/` becomes `nl/signs/index.html`.

    Raises FreezeError when an address answers anything but 200.
    """
    client = app.test_client()
    written = []
    for url in urls:
        answer = client.get(url)
        if answer.status_code != 200:
            raise FreezeError(
                f"{url} answers {answer.status}. Is it in site_urls() without a route, or a route without a page?"
            )
        path = folder / file_of(url)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(answer.data)
        written.append(path)
    return written


def file_of(url: str) -> str:
    """The file below the folder that answers that address."""
    return url.lstrip("/") + ("index.html" if url.endswith("/") else "")
