"""What a reader must find in a built guide: every page of a locale, with its heading."""

import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree


def pages_of(dist: Path, locale: str) -> dict[str, str]:
    """Every address of the locale in the sitemap, and the heading of its page."""
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    urls = ElementTree.parse(dist / "sitemap.xml").findall("s:url/s:loc", space)
    paths = [(url.text or "").removeprefix("https://guide.example") for url in urls]
    return {path: heading_in(dist, path) for path in paths if path.startswith(f"/{locale}/")}


def heading_in(dist: Path, path: str) -> str:
    html = (dist / path.lstrip("/") / "index.html").read_text(encoding="utf-8")
    match = re.search(r"<h1>(.*?)</h1>", html)
    assert match
    return unescape(match[1])
