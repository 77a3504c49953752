"""Markdown in, safe HTML out, with its headings and links.

Raw HTML and addresses like `javascript:` do not survive (nh3); `checks` tells the author about them.
"""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

import markdown
import nh3
from markdown.extensions.toc import TocExtension, slugify_unicode
from markdown.treeprocessors import Treeprocessor
from pymdownx.blocks.admonition import AdmonitionExtension

from .model import CALLOUTS, FACT, FACT_CLOSE, FACT_OPEN, Heading, Link, Text

_MARKED = re.compile(f"{FACT_OPEN}(.*?){FACT_CLOSE}")

_TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "a", "h2", "h3", "blockquote", "hr", "div"} | {
    *("table", "thead", "tbody", "tr", "th", "td", "details", "summary")
}
_ATTRIBUTES = {
    "a": {"href", "class"},
    "h2": {"id"},
    "h3": {"id"},
    "div": {"class"},
    "p": {"class"},
    "table": {"role"},
    "thead": {"role"},
    "tbody": {"role"},
    "tr": {"role"},
    "th": {"scope", "role"},
    "td": {"data-label", "role"},
    "ol": {"start"},
}


class Renderer:
    """Makes texts of Markdown. For one thread: it keeps its converter, which takes longer to make than most texts.

    `page_address` turns the path of an inner link, such as `/signs/general`, into the address of the page.
    """

    def __init__(self, page_address: Callable[[str], str]) -> None:
        self._links = _Links(page_address)
        self._converter = _converter(self._links)

    def block(self, source: str, line: int) -> Text:
        """Several paragraphs, with headings, lists, tables and callouts."""
        html, links = self._html(source)
        return Text(source=source, line=line, html=html, headings=_headings(html), links=_located(links, source, line))

    def line(self, source: str, line: int) -> Text:
        """One paragraph, without the paragraph's own tag."""
        html, links = self._html(" ".join(source.split()))
        html = re.sub(r"\A<p>(.*)</p>\Z", r"\1", html, flags=re.DOTALL)
        return Text(source=source, line=line, html=html, links=_located(links, source, line))

    def _html(self, source: str) -> tuple[str, list[Link]]:
        self._links.found = []  # an empty text is not converted at all
        html = _clean(self._converter.reset().convert(_guard_facts(source)))
        return html, self._links.found


def _converter(links: Treeprocessor) -> markdown.Markdown:
    converter = markdown.Markdown(
        extensions=[
            "tables",
            "sane_lists",
            "attr_list",
            TocExtension(slugify=slugify_unicode, toc_depth="2-3"),
            AdmonitionExtension(types=[{"name": name, "class": name, "title": name} for name in CALLOUTS]),
        ],
        output_format="html",
    )
    converter.treeprocessors.register(links, "guide-links", 5)
    converter.treeprocessors.register(_Tables(converter), "guide-tables", 4)
    return converter


class _Links(Treeprocessor):
    """Inner links get their address; links to other sites are marked, since they need a network.

    `found` are the links of the text converted last, as their author wrote them and without their lines.
    """

    def __init__(self, page_address: Callable[[str], str]) -> None:
        super().__init__()
        self.page_address = page_address
        self.found: list[Link] = []

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            target = link.get("href", "")
            written = target.replace(FACT_OPEN, "{{").replace(FACT_CLOSE, "}}")
            self.found.append(Link(written, 0, tuple(_MARKED.findall("".join(link.itertext())))))
            if target.startswith("/"):
                path, mark, anchor = target.partition("#")
                link.set("href", self.page_address(path) + mark + anchor)
            elif target.startswith("https://"):
                link.set("class", "needs-network")


class _Tables(Treeprocessor):
    """Cells know their column, so that a narrow screen can show a row as a card and still be a table."""

    def run(self, root: Element) -> None:
        for table in root.iter("table"):
            heads = [_words(cell) for cell in table.iter("th")]
            table.set("role", "table")
            for part in (*table.iter("thead"), *table.iter("tbody")):
                part.set("role", "rowgroup")
            for cell in table.iter("th"):
                if _words(cell):
                    cell.set("scope", "col")
                    cell.set("role", "columnheader")
                else:
                    cell.tag = "td"  # the corner above the row headings heads nothing
            for row in table.iter("tr"):
                row.set("role", "row")
                is_head = row.find("th") is not None
                for index, cell in enumerate(row.findall("td")):
                    cell.set("role", "cell" if index or is_head else "rowheader")
                    if index < len(heads) and heads[index]:
                        cell.set("data-label", heads[index])


def _words(element: Element) -> str:
    return "".join(element.itertext()).strip()


def _guard_facts(source: str) -> str:
    return FACT.sub(lambda match: f"{FACT_OPEN}{match[1]}{FACT_CLOSE}", source)


def _clean(html: str) -> str:
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"https", "mailto"},
        link_rel=None,
    ).strip()


def _headings(html: str) -> tuple[Heading, ...]:
    found = re.finditer(r'<h([23]) id="([^"]*)">(.*?)</h\1>', html, re.DOTALL)
    return tuple(Heading(int(match[1]), match[2], match[3]) for match in found)


def _located(links: list[Link], source: str, line: int) -> tuple[Link, ...]:
    """The links with their lines; one whose address stands elsewhere has the line of the text."""
    located, position = [], 0
    for link in links:
        match = re.compile(rf"\]\(\s*<?{re.escape(link.target)}(?=[\s>)])").search(source, position)
        position = match.end() if match else position
        located.append(link._replace(line=line + source.count("\n", 0, match.start()) if match else line))
    return tuple(located)
