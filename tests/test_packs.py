import base64
import hashlib
import json
import shutil
from datetime import date
from pathlib import Path

import brotli
import pytest

from guide import updates
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
    data = listing.with_suffix(".pack").read_bytes()
    start = listing.stat().st_size
    assert data[:start] == listing.read_bytes()
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
    assert edition["headers"] == HEADERS["/"]
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


def changed(frozen: Path, name: str, text: str) -> Path:
    """A copy of what was frozen, with another page."""
    folder = Path(shutil.copytree(frozen / "dist", frozen / name))
    shutil.rmtree(folder / "offline", ignore_errors=True)
    (folder / "nl/a/index.html").write_text(text, encoding="utf-8")
    return folder


def test_an_update_turns_the_edition_before_into_this_one(frozen: Path) -> None:
    new = changed(frozen, "new", "é" * 150 + "ü" + "é" * 60)
    pack(frozen / "dist", PARTS, frozen / "sw.js", DAY)
    pack(new, PARTS, frozen / "sw.js", DAY, before=frozen / "dist")
    (old_list,) = (frozen / "dist/offline").glob("nl.*.json")
    (new_list,) = (new / "offline").glob("nl.*.json")
    (path,) = (new / "offline").glob("*.update")  # nothing else has changed
    assert path.name == f"nl.{old_list.name.split('.')[1]}.{new_list.name.split('.')[1]}.update"
    update = json.loads(path.read_text(encoding="utf-8"))
    assert updates.apply(old_list.read_bytes(), update["list"]) == new_list.read_bytes()
    ((new_hash, (old_hash, pieces)),) = update["entries"].items()
    old_page = (frozen / "dist/nl/a/index.html").read_bytes()
    result = updates.apply(old_page, pieces)
    assert (short_hash(old_page), short_hash(result)) == (old_hash, new_hash)
    assert result == (new / "nl/a/index.html").read_bytes()
    assert f'"before":"{old_list.name.split(".")[1]}"' in (new / "sw.js").read_text()


def test_an_edition_that_is_built_once_more_keeps_its_update(frozen: Path) -> None:
    new = changed(frozen, "new", "anders")
    again = changed(frozen, "again", "anders")
    pack(frozen / "dist", PARTS, frozen / "sw.js", DAY)
    pack(new, PARTS, frozen / "sw.js", DAY, before=frozen / "dist")
    pack(again, PARTS, frozen / "sw.js", DAY, before=new)
    files = [sorted(path.relative_to(each) for path in each.rglob("*")) for each in (new, again)]
    assert files[0] == files[1]
    assert (new / "sw.js").read_bytes() == (again / "sw.js").read_bytes()


def test_a_folder_changed_by_hand_gives_no_update_of_that_page(frozen: Path) -> None:
    new = changed(frozen, "new", "anders")
    pack(frozen / "dist", PARTS, frozen / "sw.js", DAY)
    (frozen / "dist/nl/a/index.html").write_text("by hand", encoding="utf-8")
    pack(new, PARTS, frozen / "sw.js", DAY, before=frozen / "dist")
    (path,) = (new / "offline").glob("*.update")
    assert json.loads(path.read_text())["entries"] == {}
