"""`dist/` in, and in it what a phone stores: lists of address and SHA-256, a pack per part, the edition in sw.js.

A *list* says which addresses belong to a part of the guide (the shell, a locale, its practice, the cards) and the
hash of each. A *pack* is the list and then the bytes of those addresses one after the other, in the order of the list,
so that one request brings a whole language. What every page loads anyway stands *apart*: in the list, but not in the
pack.
An *update* brings what changed since the edition before (guide/updates.py).
Every byte is checked against the list before it is kept, and the hash of each list stands in sw.js, so nothing that
is not this edition can get in.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import rjsmin
from whitenoise.compress import Compressor

from . import updates
from .errors import PackError

# Sent with every answer, so what says nothing new is left out: `worker-src` falls back on `script-src` (CSP Level 3).
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types guide-worker"
)
# Written once: the server sends them, and the worker gives them to every stored answer.
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".vcf": "text/vcard; charset=utf-8",
    ".webmanifest": "application/manifest+json",
}
OFFLINE = "offline"
APART = ("/assets/guide.css", "/assets/guide.js")
_EDITION_MARK = re.compile(r"/\* edition: \*/.*?/\* :edition \*/")


@dataclass(frozen=True, slots=True)
class Entry:
    """One address: the hash of its bytes (see content_hash), their number, their type."""

    url: str
    hash: str
    size: int
    type: str


def pack(
    folder: Path, parts: Mapping[str, Sequence[str]], worker: Path, edition: date, before: Path | None = None
) -> str:
    """Write lists, packs, updates, sw.js and headers.json into the folder; the name of the edition.

    `parts` maps the name of a part to its addresses. `before` is the folder of the edition before, for the updates; if
    that is this very edition, it hands on its own updates. Raises PackError when an address has no file, stands in
    two parts, or when the worker's place for the edition is missing or doubled.
    """
    _refuse_doubles(parts)
    written = {name: _write_part(folder, name, urls) for name, urls in parts.items()}
    digest = hashlib.sha256(json.dumps([written, HEADERS], sort_keys=True).encode()).hexdigest()
    name = f"{edition.isoformat()}.{digest[:8]}"
    if before:
        for part, about in written.items():
            if since := _write_update(folder, before, part, about["list"]):
                about["before"] = since
    _write_worker(folder, worker, {"name": name, "date": edition.isoformat(), "parts": written, "headers": HEADERS})
    _write_headers(folder)
    _compress(folder)
    return name


def withdraw(folder: Path, worker: Path) -> None:
    """Write headers.json and, as sw.js, the worker that takes the guide off every device."""
    (folder / "sw.js").write_bytes(worker.read_bytes())
    _write_headers(folder)
    _compress(folder)


def _refuse_doubles(parts: Mapping[str, Sequence[str]]) -> None:
    seen: dict[str, str] = {}
    for name, urls in parts.items():
        for url in urls:
            other = seen.setdefault(url, name)
            if other != name:
                raise PackError(f"{url} stands in the parts {other} and {name}. Keep it in one.")


def _write_part(folder: Path, name: str, urls: Sequence[str]) -> dict[str, Any]:
    """Write the part's list and pack, both named by the hash of the list; that hash, and what they hold."""
    entries, content = [], []
    for url in urls:
        path = _file(folder, url)
        if not path.is_file():
            raise PackError(f"{url} is to be packed, but {path} does not exist. Was it frozen?")
        data = path.read_bytes()
        if url not in APART:
            content.append(data)
        entries.append(Entry(url, content_hash(data), len(data), TYPES[path.suffix]))
    listing = _json({"part": name, "entries": [_row(entry) for entry in entries]})
    hash_of_list = content_hash(listing)
    _write(folder, f"{name}.{hash_of_list}.json", listing)
    _write(folder, f"{name}.{hash_of_list}.pack", listing + b"".join(content))
    size = sum(entry.size for entry in entries)
    return {"list": hash_of_list, "listSize": len(listing), "count": len(entries), "size": size}


def _write_update(folder: Path, before: Path, part: str, new: str) -> str | None:
    """Write what changed of a part since the edition in the folder `before`; the hash of the list there."""
    listed = list((before / OFFLINE).glob(f"{part}.*.json"))
    if len(listed) != 1:  # the part is new, or the folder holds something else than one edition
        return None
    old = listed[0].name.split(".")[1]
    if old == new:
        return _hand_on_update(folder, before, part, new)
    old_list, new_list = listed[0].read_bytes(), (folder / OFFLINE / f"{part}.{new}.json").read_bytes()
    stood = {url: hash for url, hash, *_ in json.loads(old_list)["entries"]}
    found: dict[str, Any] = {}
    for url, hash, *_ in json.loads(new_list)["entries"]:
        if url in stood and stood[url] != hash:
            file = _file(before, url)
            data = file.read_bytes() if file.is_file() else b""
            if content_hash(data) == stood[url]:  # else that folder was changed by hand
                found[hash] = [stood[url], updates.changes(data, _file(folder, url).read_bytes())]
    update = {"list": updates.changes(old_list, new_list), "entries": found}
    _write(folder, f"{part}.{old}.{new}.update", _json(update))
    return old


def _hand_on_update(folder: Path, before: Path, part: str, new: str) -> str | None:
    """The update that leads to this edition stays when it is built once more."""
    for path in (before / OFFLINE).glob(f"{part}.*.{new}.update"):
        _write(folder, path.name, path.read_bytes())
        return path.name.split(".")[1]
    return None


def _file(folder: Path, url: str) -> Path:
    """The file behind an address."""
    return folder / (url.lstrip("/") + ("index.html" if url.endswith("/") else ""))


def _row(entry: Entry) -> list[Any]:
    """Address, hash, size, type; and 1 for what stands apart."""
    return [entry.url, entry.hash, entry.size, entry.type, *([1] if entry.url in APART else [])]


def _write(folder: Path, name: str, data: bytes) -> None:
    path = folder / OFFLINE / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _write_worker(folder: Path, worker: Path, edition: dict[str, Any]) -> None:
    text = worker.read_text(encoding="utf-8")
    if len(_EDITION_MARK.findall(text)) != 1:
        raise PackError(f"{worker}: the place /* edition: */ … /* :edition */ must stand there exactly once.")
    value = json.dumps(edition, separators=(",", ":"))
    script = str(rjsmin.jsmin(_EDITION_MARK.sub(lambda _: value, text)))  # every update check fetches it
    (folder / "sw.js").write_text(script + "\n", encoding="utf-8")


def _write_headers(folder: Path) -> None:
    (folder / "headers.json").write_text(json.dumps(HEADERS, indent=2) + "\n", encoding="utf-8")


def _compress(folder: Path) -> None:
    """Write brotli and gzip variants beside every file that gains from it."""
    compressor = Compressor(use_gzip=True, use_brotli=True, quiet=True)
    paths = [str(path) for path in _files(folder) if compressor.should_compress(path.name)]
    with ThreadPoolExecutor() as threads:  # the compressors let other threads run meanwhile
        list(threads.map(compressor.compress, paths))


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def content_hash(data: bytes) -> str:
    """The first 128 bits of SHA-256 in base64url: safe against forgery, and half of what no compression shortens."""
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()[:16]).decode().rstrip("=")
