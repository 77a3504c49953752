from pathlib import Path

import pytest
from flask import Flask

from guide.errors import FreezeError
from guide.freeze import freeze


@pytest.fixture
def app() -> Flask:
    app = Flask("two-pages")
    app.add_url_rule("/", view_func=lambda: "home")
    app.add_url_rule("/nl/page/", "page", lambda: "page")
    app.add_url_rule("/robots.txt", "robots", lambda: "robots")
    return app


def test_each_address_becomes_a_file(app: Flask, tmp_path: Path) -> None:
    freeze(app, ["/", "/nl/page/", "/robots.txt"], tmp_path)
    written = {path.relative_to(tmp_path).as_posix(): path.read_text() for path in tmp_path.rglob("*.*")}
    assert written == {"index.html": "home", "nl/page/index.html": "page", "robots.txt": "robots"}


def test_an_address_without_answer_is_an_error(app: Flask, tmp_path: Path) -> None:
    with pytest.raises(FreezeError, match=r"/nl/none/ answers 404"):
        freeze(app, ["/nl/none/"], tmp_path)
