import os
import shutil
import urllib.error
import urllib.request
from collections.abc import Callable
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path

import pytest

from guide import application

from .server import GuideServer

Serve = Callable[[Path], GuideServer]


def get(url: str, **headers: str) -> tuple[int, Message, bytes]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def test_pages_have_security_headers_and_are_asked_for_again(serve: Serve, small_dist: Path) -> None:
    server = serve(small_dist)
    for path in ("/", "/nl/", "/sw.js"):
        status, headers, _ = get(server.url + path)
        assert status == 200
        assert headers["Cache-Control"] == "no-cache"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Access-Control-Allow-Origin"] is None


@pytest.mark.parametrize("path", ["/assets/guide.css", "/icons/guide.svg"])
def test_files_have_the_headers_that_browsers_heed_on_files(serve: Serve, small_dist: Path, path: str) -> None:
    status, headers, _ = get(serve(small_dist).url + path)
    assert status == 200
    assert headers["Cache-Control"] == "no-cache"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Content-Security-Policy"] is None


def test_packs_and_lists_are_named_by_hash_and_kept_for_ever(serve: Serve, small_dist: Path) -> None:
    server = serve(small_dist)
    for path in (small_dist / "offline").glob("nl.*[nk]"):
        _, headers, _ = get(f"{server.url}/offline/{path.name}")
        assert "immutable" in headers["Cache-Control"]


def test_the_tag_follows_the_content_not_the_date(serve: Serve, small_dist: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(small_dist, tmp_path / "dist"))
    page = copy / "nl/index.html"
    before = get(serve(copy).url + "/nl/")[1]["ETag"]
    times = page.stat()
    page.write_text(page.read_text(encoding="utf-8").replace("078 055 800", "078 055 801"), encoding="utf-8")
    os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert get(serve(copy).url + "/nl/")[1]["ETag"] != before


def test_brotli_is_sent_to_those_who_take_it(serve: Serve, small_dist: Path) -> None:
    _, headers, _ = get(serve(small_dist).url + "/nl/", **{"Accept-Encoding": "br, gzip"})
    assert headers["Content-Encoding"] == "br"
    assert headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(("path", "words"), [("/nl/x/", "Niet gevonden"), ("/de/x/y/", "Nicht gefunden")])
def test_an_unknown_address_is_told_in_its_language(serve: Serve, small_dist: Path, path: str, words: str) -> None:
    status, headers, body = get(serve(small_dist).url + path)
    assert status == 404
    assert words in body.decode() and "tel:112" in body.decode()
    assert "default-src 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/x", "/es/x/", "/../build.py", "/headers"])
def test_an_address_of_no_language_is_told_in_all_four(serve: Serve, small_dist: Path, path: str) -> None:
    status, _, body = get(serve(small_dist).url + path)
    assert status == 404
    for word in ("Niet gevonden", "Introuvable", "Nicht gefunden", "Not found"):
        assert word in body.decode()


def test_redirects_have_the_headers_too(serve: Serve, small_dist: Path) -> None:
    server = serve(small_dist)
    connection = HTTPConnection("127.0.0.1", server.port)
    connection.request("GET", "/nl/signs")
    answer = connection.getresponse()
    assert answer.status == 302 and answer.getheader("Location") == "signs/"
    assert "default-src 'none'" in (answer.getheader("Content-Security-Policy") or "")
    assert answer.getheader("Cache-Control") == "no-cache"
    connection.close()


def test_a_guide_that_is_not_built_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        application(tmp_path)
