"""`dist/` in, and in it what a phone stores: lists of address and SHA-256, a pack per locale, the edition in sw.js.

A *list* says which addresses belong to a part of the guide (the shell, or one locale) and the hash of each.
A *pack* is the bytes of those addresses one after the other, in the order of the list, so that one request
brings a whole language. Every byte is checked against the list before it is kept, and the hash of each list
stands in sw.js, so nothing that is not this edition can get in.
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

from .errors import PackError

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
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
_EDITION_MARK = re.compile(r"/\* edition: \*/.*?/\* :edition \*/")


@dataclass(frozen=True, slots=True)
class Entry:
    """One address: the hash of its bytes (see content_hash), their number, their type."""

    url: str
    hash: str
    size: int
    type: str


def pack(folder: Path, parts: Mapping[str, Sequence[str]], worker: Path, edition: date) -> str:
    """Write lists, packs, sw.js and headers.json into the folder; the name of the edition.

    `parts` maps the name of a part to its addresses. Raises PackError when an address has no file, stands in
    two parts, or when the worker's place for the edition is missing or doubled.
    """
    _refuse_doubles(parts)
    written = {name: _write_part(folder, name, urls) for name, urls in parts.items()}
    digest = hashlib.sha256(json.dumps([written, HEADERS], sort_keys=True).encode()).hexdigest()
    name = f"{edition.isoformat()}.{digest[:8]}"
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
    """Write the part's pack and list; the hash of the list, which is also in its address, and what it counts."""
    entries, content = [], []
    for url in urls:
        path = folder / (url.lstrip("/") + ("index.html" if url.endswith("/") else ""))
        if not path.is_file():
            raise PackError(f"{url} is to be packed, but {path} does not exist. Was it frozen?")
        data = path.read_bytes()
        content.append(data)
        entries.append(Entry(url, content_hash(data), len(data), TYPES[path.suffix]))
    packed = b"".join(content)
    pack_url = _write(folder, f"{name}.{content_hash(packed)}.pack", packed)
    listing = _json({"part": name, "pack": pack_url, "entries": [_row(entry) for entry in entries]})
    hash_of_list = content_hash(listing)
    _write(folder, f"{name}.{hash_of_list}.json", listing)
    return {"list": hash_of_list, "count": len(entries), "size": len(packed)}


def _row(entry: Entry) -> list[Any]:
    return [entry.url, entry.hash, entry.size, entry.type]


def _write(folder: Path, name: str, data: bytes) -> str:
    path = folder / OFFLINE / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return f"/{OFFLINE}/{name}"


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
