"""Guide in, search documents out: what a reader's phone looks through, one list per locale.

Does no input or output.
"""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import TypedDict

from .locales import Locale
from .model import SEARCH, ContactPage, Guide, Page, Text


class SearchDocument(TypedDict):
    """A page as the search knows it; `tel` and `number` only for contacts."""

    url: str
    title: str
    section: str
    summary: str
    words: str
    tel: str
    number: str


def search_documents(guide: Guide, locale: Locale, plain: Callable[[Text], str]) -> Iterator[SearchDocument]:
    """One document per page a reader may look for, in reading order; `plain` makes a text readable."""
    for path in guide.outline.paths():
        if path != SEARCH:
            yield _document(guide, guide.page(locale, path), plain)


def without_tags(html: str) -> str:
    """The words of a piece of HTML, one space between them."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def _document(guide: Guide, page: Page, plain: Callable[[Text], str]) -> SearchDocument:
    contact = guide.facts.contacts.get(page.slug) if isinstance(page, ContactPage) else None
    section = guide.pages[page.locale].get(page.section)
    texts = (text for text in page.texts() if text is not page.summary)
    return SearchDocument(
        url=page.url,
        title=page.title,
        section=section.title if section and section is not page else "",
        summary=plain(page.summary),
        words=" ".join([*page.keywords, *filter(None, map(plain, texts))]),
        tel=contact.tel if contact else "",
        number=contact.number if contact else "",
    )
