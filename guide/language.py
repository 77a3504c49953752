"""Guide in, figures on its language out: words per page, length of sentences, terms that a translation does not use.

Does no input or output. `plain` makes a text readable, facts included.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from .errors import Problem
from .locales import SOURCE, Locale
from .model import Guide, Page, Text

Plain = Callable[[Text, Locale], str]

LONG_WORD = {Locale.NL: 13, Locale.FR: 12, Locale.DE: 15, Locale.EN: 11}
"""Letters from which a word counts as long: about the longest tenth of each language's running words."""

SPREAD = 0.25
"""How far a translation's number of words may lie from the middle of the four."""


class Readability(NamedTuple):
    """Of some pages in one locale: sentences, words per sentence, the longest sentence, share of long words."""

    locale: Locale
    sentences: int
    words_per_sentence: float
    longest: int
    long_words: float


class WordCounts(NamedTuple):
    """A page and its number of words in each locale, and whether they lie within the spread."""

    path: str
    words: dict[Locale, int]
    is_even: bool


def readability(guide: Guide, kinds: Sequence[str], plain: Plain) -> Iterator[Readability]:
    """The figures of the pages of those kinds, per locale."""
    for locale, pages in guide.pages.items():
        texts = [plain(text, locale) for page in pages.values() if page.kind in kinds for text in page.texts()]
        sentences = [words for text in texts for sentence in _sentences(text) if (words := _words(sentence))]
        words = [word for sentence in sentences for word in sentence]
        if words:
            long = sum(len(word) >= LONG_WORD[locale] for word in words)
            yield Readability(
                locale, len(sentences), len(words) / len(sentences), max(map(len, sentences)), long / len(words)
            )


def word_counts(guide: Guide, plain: Plain) -> Iterator[WordCounts]:
    """Every page's number of words in the four locales."""
    for path in guide.outline.paths():
        words = {locale: page_words(guide.page(locale, path), plain) for locale in Locale}
        middle = (min(words.values()) + max(words.values())) / 2
        is_even = all(abs(count - middle) <= SPREAD / 2 * middle for count in words.values())
        yield WordCounts(path, words, is_even)


def page_words(page: Page, plain: Plain) -> int:
    """The number of words of a page."""
    return sum(len(_words(plain(text, page.locale))) for text in page.texts())


def unused_terms(guide: Guide, plain: Plain) -> Iterator[Problem]:
    """A note for each page that has an official term in Dutch and not its counterpart in a translation.

    Words are compared by their beginnings, since all four languages inflect; a note is a place to look, not an error.
    """
    for path in guide.outline.paths():
        folded = {locale: _folded(guide.page(locale, path), plain) for locale in Locale}
        for name, term in guide.facts.glossary.items():
            if not _has(folded[SOURCE], term.term[SOURCE]):
                continue
            for locale in Locale:
                if not any(_has(folded[locale], reading) for reading in term.readings(locale)):
                    page = guide.page(locale, path)
                    what = f'"{term.term[SOURCE]}" stands in the Dutch, "{term.term[locale]}" does not stand here'
                    yield Problem(page.file, 1, what, f"Term “{name}” of the glossary.")


def fold(text: str) -> str:
    """The text without capitals and accents."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _folded(page: Page, plain: Plain) -> str:
    return " " + fold(" ".join([page.title, *(plain(text, page.locale) for text in page.texts())]))


def _has(text: str, term: str) -> bool:
    """Whether one of the term's readings (parted by commas) stands in the text: its words in order, near each other."""
    for reading in term.split(","):
        words = (rf"\b{re.escape(_beginning(word))}\w*" for word in fold(reading).split())
        if re.search(r"\W+(?:\w+\W+){0,3}".join(words), text):
            return True
    return False


def _beginning(word: str) -> str:
    return word if len(word) < 6 else word[: max(5, len(word) - 3)]


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?:])\s+", text)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_][\w’'-]*", text)
