import base64
import hashlib
import json
from datetime import date
from pathlib import Path

import brotli
import pytest

from guide.errors import PackError
from guide.packs import HEADERS, pack

WORKER = "const EDITION = /* edition: */ {} /* :edition */;\n"
DAY = date(2026, 1, 15)


@pytest.fixture
def frozen(tmp_path: Path) -> Path:
    for name, text in {"index.html": "root", "nl/index.html": "thuis", "nl/a/index.html": "é" * 200}.items():
        path = tmp_path / "dist" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "sw.js").write_text(WORKER)
    return tmp_path


def short_hash(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()[:16]).decode().rstrip("=")


PARTS = {"shell": ["/", "/nl/"], "nl": ["/nl/a/"]}


def test_every_entry_is_found_in_the_pack_by_size_and_hash(frozen: Path) -> None:
    pack(frozen / "dist", PARTS, frozen / "sw.js", DAY)
    (listing,) = (frozen / "dist/offline").glob("shell.*.json")
    part = json.loads(listing.read_text())
    data = (frozen / "dist" / part["pack"].lstrip("/")).read_bytes()
    start = 0
    for url, digest, size, kind in part["entries"]:
        slice_ = data[start : start + size]
        start += size
        assert short_hash(slice_) == digest
        assert (frozen / "dist" / url.lstrip("/") / "index.html").read_bytes() == slice_
        assert kind == "text/html; charset=utf-8"
    assert start == len(data)


def test_the_worker_carries_the_hash_of_each_list(frozen: Path) -> None:
    name = pack(frozen / "dist", PARTS, frozen / "sw.js", DAY)
    worker = (frozen / "dist/sw.js").read_text()
    edition = json.loads(worker.removeprefix("const EDITION=").removesuffix(";\n"))
    assert edition["name"] == name and name.startswith("2026-01-15.")
    assert edition["headers"] == HEADERS
    for part, digest in ((name, each["list"]) for name, each in edition["parts"].items()):
        data = (frozen / f"dist/offline/{part}.{digest}.json").read_bytes()
        assert short_hash(data) == digest


def test_compressed_variants_hold_the_same_bytes(frozen: Path) -> None:
    pack(frozen / "dist", PARTS, frozen / "sw.js", DAY)
    page = frozen / "dist/nl/a/index.html"
    assert brotli.decompress(page.with_name("index.html.br").read_bytes()) == page.read_bytes()


@pytest.mark.parametrize("worker", ["const EDITION = {};", WORKER + WORKER])
def test_a_worker_with_no_or_two_places_for_the_edition_is_refused(frozen: Path, worker: str) -> None:
    (frozen / "sw.js").write_text(worker)
    with pytest.raises(PackError, match="exactly once"):
        pack(frozen / "dist", PARTS, frozen / "sw.js", DAY)


def test_an_address_without_file_or_in_two_parts_is_refused(frozen: Path) -> None:
    with pytest.raises(PackError, match="Was it frozen"):
        pack(frozen / "dist", {"shell": ["/none/"]}, frozen / "sw.js", DAY)
    with pytest.raises(PackError, match="in the parts shell and nl"):
        pack(frozen / "dist", {"shell": ["/nl/"], "nl": ["/nl/"]}, frozen / "sw.js", DAY)
