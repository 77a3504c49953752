"""A guide in, its titles and terms from A to Z out: what the search is without scripts."""

from collections import defaultdict
from typing import NamedTuple

from .. import analysis
from ..locales import Locale
from ..model import (
    Guide,
    Topic,
)
from .documents import sought_pages


class IndexEntry(NamedTuple):
    """A line of the index from A to Z: a page's title or a term, where it leads, and the language it is in."""

    text: str
    url: str
    locale: Locale


def word_index(guide: Guide, locale: Locale) -> dict[str, list[IndexEntry]]:
    """Titles, terms and abbreviations by their first letter: what the search is without scripts.

    The terms of the other languages are among them, unless they are written alike.
    """
    pages = sought_pages(guide, locale)
    entries = {analysis.fold(page.title): IndexEntry(page.title, page.url, locale) for page in pages}
    for each in (locale, *(other for other in Locale if other is not locale)):
        for page in pages:
            for name in page.terms if isinstance(page, Topic) else ():
                term = guide.facts.glossary[name]
                texts = [text.strip() for text in term.term[each].split(",")]
                if short := term.short.get(each):
                    texts.append(f"{short} ({texts[0]})")
                for text in texts:
                    entries.setdefault(analysis.fold(text), IndexEntry(text, f"{page.url}#{name}", each))
    letters: dict[str, list[IndexEntry]] = defaultdict(list)
    for folded in sorted(entries):
        letters[folded[0].upper()].append(entries[folded])
    return letters
