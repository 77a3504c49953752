"""Guide in, search index out: what a reader's phone looks through, one per locale. Does no input or output.

The index knows which words stand on which page and how much they say about it. It holds no text: the snippet and the
section of a result are read from the stored page itself, so no sentence is on the phone twice.
`static/js/lib/search.js` reads it. Its format, made for small size after compression:

    pages    [path, title] in reading order; contacts have two more: the call's address and the number as read
    empty    the words that are left out of a query
    forms    every folded form in the order of the alphabet, as a capital letter for what it shares with the form
             before (A is nothing) and the rest
    groups   per form a number: 0 begins a new group of one stem, n goes back to the group n before the newest
    pointers per group its pages, as distances from one to the next, and 0 at the end
    weights  per pointer a number from 0 to 5: how much the word says about the page
    others   groups of phrases that stand for something else: [phrases with | between them, pointers, weights]

A number below 90 is one character from # on; ~ adds 90 to the number that follows.
"""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from .. import analysis
from ..locales import Locale
from ..model import (
    Guide,
)
from .documents import SAID, Plain, SearchDocument, search_documents
from .writing import write_forms, write_groups, write_pointers

LEVELS = 6
_LENGTH = 0.3
"""How much a page's length takes from each of its words: 0 nothing, 1 all of it."""
_COMMON = 12
"""On so many pages a word says nothing new: pages that merely mention it are left out."""


def search_index(guide: Guide, locale: Locale, plain: Plain) -> str:
    """The index of a locale as JSON."""
    documents = search_documents(guide, locale, plain)
    empty = set(analysis.empty_words(locale))
    read = [_read(document, locale, empty) for document in documents]
    middle = sum(page.length for page in read) / len(read)

    def levels(weights: Mapping[int, float], *, is_number: bool = False) -> dict[int, int]:
        found = {at: _level(weight, read[at].length / middle) for at, weight in sorted(weights.items())}
        told = {at: level for at, level in found.items() if level > 0}
        return told if len(found) > _COMMON and told and not is_number else found

    groups: dict[str, dict[int, float]] = defaultdict(dict)
    stems: dict[str, str] = {}
    for page in read:
        stems |= {form: stem for form, stem in page.stems.items() if form not in stems}
    for at, page in enumerate(read):
        for form, weight in page.weights.items():
            group = groups[stems[form]]
            group[at] = group.get(at, 0) + weight
    names = sorted(stems)
    order = list(dict.fromkeys(stems[form] for form in names))
    pointers, weights = write_pointers(
        levels(groups[stem], is_number=any(char.isdigit() for char in stem)) for stem in order
    )
    index: dict[str, Any] = {
        "pages": [
            [document.path, document.title, *filter(None, (document.tel, document.number))] for document in documents
        ],
        "empty": " ".join(analysis.empty_words(locale)),
        "forms": write_forms(names),
        "groups": write_groups([stems[form] for form in names]),
        "pointers": pointers,
        "weights": weights,
        "others": [
            ["|".join(phrases), *write_pointers([levels(found)])]
            for phrases, found in _others(guide, locale, documents, read)
        ],
    }
    return json.dumps(index, ensure_ascii=False, separators=(",", ":")) + "\n"


class _Read(NamedTuple):
    """A page read: what its words weigh, their stems, their number, and the stems in a row with their weights."""

    weights: Mapping[str, float]
    stems: Mapping[str, str]
    known: frozenset[str]
    length: int
    row: Sequence[tuple[str, float]]


def _read(document: SearchDocument, locale: Locale, empty: set[str]) -> _Read:
    weights: Counter[str] = Counter()
    stems: dict[str, str] = {}
    row: list[tuple[str, float]] = []
    for field in document.fields:
        for form, written in analysis.forms(field.text):
            if form in empty:
                continue
            stems.setdefault(form, analysis.stem(written, locale))
            weights[form] += field.weight  # type: ignore[assignment]
            row.append((stems[form], field.weight))
        row.append(("", 0))  # no term reaches from one field into the next
    return _Read(weights, stems, frozenset(stems.values()), len(row), row)


def _level(weight: float, length: float) -> int:
    """0 for a word that is merely mentioned, one more each time it weighs twice as much, for its page's length."""
    doublings = math.log2(max(weight / (1 - _LENGTH + _LENGTH * length), 1))
    return min(int(doublings), LEVELS - 1)


# ── Words that stand for something else ────────────────────────────────────────────────────────────────────


def _others(
    guide: Guide, locale: Locale, documents: Sequence[SearchDocument], read: Sequence[_Read]
) -> Iterator[tuple[list[str], dict[int, float]]]:
    """Phrases that are not those of the guide, with the pages they lead to and how much these say: the terms of the
    other languages, abbreviations, and what people say."""
    places = {document.path: at for at, document in enumerate(documents)}
    for term in guide.facts.glossary.values():
        here = [*term.term[locale].split(","), term.short.get(locale, "")]
        away = [term.short.get(locale, "")]
        for other in Locale:
            if other is not locale:
                away += [term.term[other], term.short.get(other, "")]
        if found := _pages_with(here, locale, read):
            yield _phrases(away, locale), found
    for entry in guide.facts.search_words.values():
        said = entry.words[locale]
        found = _pages_with(said, locale, read)
        for path in entry.pages:
            found[places[path]] = found.get(places[path], 0) + SAID
        if found:
            yield _phrases(said, locale), found


def _pages_with(phrases: Iterable[str], locale: Locale, read: Sequence[_Read]) -> dict[int, float]:
    """The pages on which one of the phrases stands, in any inflection, and what it weighs there."""
    found: dict[int, float] = {}
    empty = analysis.empty_words(locale)
    for phrase in phrases:
        stems = [analysis.stem(written, locale) for form, written in analysis.forms(phrase) if form not in empty]
        if not stems:
            continue
        for at, page in enumerate(read):
            if not page.known.issuperset(stems):
                continue
            weight = sum(
                weight
                for start, (stem, weight) in enumerate(page.row)
                if stem == stems[0] and [stem for stem, _ in page.row[start : start + len(stems)]] == stems
            )
            if weight:
                found[at] = found.get(at, 0) + weight
    return found


def _phrases(texts: Iterable[str], locale: Locale) -> list[str]:
    """The phrases without empty words, each once."""
    empty = analysis.empty_words(locale)
    phrases = (" ".join(word for word in analysis.words(text) if word not in empty) for text in texts)
    return [phrase for phrase in dict.fromkeys(phrases) if phrase]
