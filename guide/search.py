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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from . import analysis
from .locales import Locale
from .model import (
    SEARCH,
    Ask,
    ContactPage,
    Guide,
    Home,
    Outcome,
    Page,
    Role,
    SignList,
    Steps,
    Talk,
    Text,
    Topic,
    texts_in,
)

Plain = Callable[[Text], str]

# How much a word counts by where it stands. Tuned with bench/search.py on the queries that are not held back.
TITLE, KEYWORD, HEADING, SUMMARY, TERM, BODY = 10.0, 8.0, 4.0, 3.0, 2.0, 1.0

LEVELS = 6
_LENGTH = 0.3
"""How much a page's length takes from each of its words: 0 nothing, 1 all of it."""
_COMMON = 12
"""On so many pages a word says nothing new: pages that merely mention it are left out."""


class Field(NamedTuple):
    """Some words of a page, and how much each counts."""

    weight: float
    text: str


class IndexEntry(NamedTuple):
    """A line of the index from A to Z: a page's title or a term, where it leads, and the language it is in."""

    text: str
    url: str
    locale: Locale


class SearchDocument(NamedTuple):
    """A page as the search knows it; `tel` and `number` only for contacts."""

    path: str
    title: str
    fields: tuple[Field, ...]
    tel: str = ""
    number: str = ""


def search_documents(guide: Guide, locale: Locale, plain: Plain) -> list[SearchDocument]:
    """One document per page a reader may look for, in reading order; `plain` makes a text readable."""
    return [_document(guide, page, plain) for page in _sought(guide, locale)]


def _sought(guide: Guide, locale: Locale) -> list[Page]:
    """All pages but the search, and of “next step” only the beginning: its questions mean nothing alone."""
    pages = (guide.page(locale, path) for path in guide.outline.paths() if path != SEARCH)
    return [page for page in pages if not isinstance(page, Ask | Outcome)]


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
    pointers, weights = _write_pointers(
        levels(groups[stem], is_number=any(char.isdigit() for char in stem)) for stem in order
    )
    index: dict[str, Any] = {
        "pages": [
            [document.path, document.title, *filter(None, (document.tel, document.number))] for document in documents
        ],
        "empty": " ".join(analysis.empty_words(locale)),
        "forms": _write_forms(names),
        "groups": _write_groups([stems[form] for form in names]),
        "pointers": pointers,
        "weights": weights,
        "others": [
            ["|".join(phrases), *_write_pointers([levels(found)])]
            for phrases, found in _others(guide, locale, documents, read)
        ],
    }
    return json.dumps(index, ensure_ascii=False, separators=(",", ":")) + "\n"


def word_index(guide: Guide, locale: Locale) -> dict[str, list[IndexEntry]]:
    """Titles, terms and abbreviations by their first letter: what the search is without scripts.

    The terms of the other languages are among them, unless they are written alike.
    """
    pages = _sought(guide, locale)
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


# ── What a page says ───────────────────────────────────────────────────────────────────────────────────────


def _document(guide: Guide, page: Page, plain: Plain) -> SearchDocument:
    contact = guide.facts.contacts.get(page.slug) if isinstance(page, ContactPage) else None
    return SearchDocument(
        path=page.path,
        title=page.title,
        fields=tuple(field for field in _fields(guide, page, plain) if field.text),
        tel=contact.tel if contact else "",
        number=contact.number if contact else "",
    )


def _fields(guide: Guide, page: Page, plain: Plain) -> Iterator[Field]:
    yield Field(TITLE, page.title)
    yield from (Field(KEYWORD, keyword) for keyword in page.keywords)
    yield Field(SUMMARY, plain(page.summary))
    section = guide.pages[page.locale].get(page.section)
    if section and section is not page:
        yield Field(BODY, section.title)
    yield from (Field(HEADING, analysis.without_tags(heading.html)) for heading in page.body.headings)
    yield from _own_fields(guide, page, plain)
    yield Field(BODY, plain(page.body))


def _own_fields(guide: Guide, page: Page, plain: Plain) -> Iterator[Field]:
    """What a page of its kind adds, from its front matter and from the facts it shows."""
    facts = guide.facts
    texts: Iterable[object] = ()
    match page:
        case Home():
            texts = [page.lead]
        case Role():
            yield Field(TITLE, page.nav)
            texts = [page.now, page.do_not, page.next]
            for name in page.signs:
                yield Field(BODY, plain(_sign(guide, page.locale, name)))
        case SignList():
            texts = [page.signs]
        case Talk():
            texts = [page.do, page.do_not, page.say, page.do_not_say, page.questions]
        case Steps():
            for step in page.steps:
                yield Field(HEADING, plain(step.title))
                if step.document:
                    yield Field(TERM, facts.documents[step.document].name[page.locale])
            texts = [(step.text, step.who, step.when, step.gets) for step in page.steps]
        case ContactPage():
            contact = facts.contacts[page.slug]
            yield Field(TERM, contact.number)
            yield Field(TERM, contact.phone + " " + "".join(char for char in contact.number if char.isdigit()))
            yield Field(
                BODY, " ".join((*contact.address, contact.email or "", (contact.web or {}).get(page.locale, "")))
            )
            texts = [page.purpose, page.say]
        case Topic():
            for name in page.documents:
                yield Field(HEADING, facts.documents[name].name[page.locale])
            for name in page.terms:
                term = facts.glossary[name]
                yield Field(TERM, f"{term.term[page.locale]} {term.short.get(page.locale, '')}")
            if page.slug == "districts":
                yield from (Field(HEADING, district.name[page.locale]) for district in facts.districts.values())
            if page.slug == "laws":
                yield from (Field(HEADING, f"{law.number} {law.formerly or ''}") for law in facts.articles.values())
            for chart in page.charts.values():
                yield Field(HEADING, plain(chart.title))
            texts = [page.documents, page.terms, [(chart.definition, chart.note) for chart in page.charts.values()]]
    yield from (Field(BODY, plain(text)) for text in texts_in(texts))


def _sign(guide: Guide, locale: Locale, name: str) -> Text:
    page = guide.page(locale, f"signs/{guide.facts.signs[name].group}")
    assert isinstance(page, SignList)
    return page.signs[name].sign


class _Read(NamedTuple):
    """A page read: what its words weigh, their stems, their number, and the stems in a row with their weights."""

    weights: Mapping[str, float]
    stems: Mapping[str, str]
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
    return _Read(weights, stems, len(row), row)


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
            found[places[path]] = found.get(places[path], 0) + KEYWORD
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


# ── Writing it small ───────────────────────────────────────────────────────────────────────────────────────


def _write_forms(names: Sequence[str]) -> str:
    written, before = [], ""
    for name in names:
        shared = next((at for at, pair in enumerate(zip(before, name, strict=False)) if pair[0] != pair[1]), None)
        shared = min(len(before), len(name), 25) if shared is None else min(shared, 25)
        written.append(chr(65 + shared) + name[shared:])
        before = name
    return "".join(written)


def _write_groups(stems: Sequence[str]) -> str:
    numbers: dict[str, int] = {}
    written = []
    for stem in stems:
        if stem in numbers:
            written.append(_number(len(numbers) - numbers[stem]))
        else:
            numbers[stem] = len(numbers)
            written.append(_number(0))
    return "".join(written)


def _write_pointers(groups: Iterable[Mapping[int, int]]) -> tuple[str, str]:
    pointers, weights = [], []
    for group in groups:
        before = -1
        for at, level in group.items():
            pointers.append(_number(at - before))
            weights.append(_number(level))
            before = at
        pointers.append(_number(0))
    return "".join(pointers), "".join(weights)


def _number(value: int) -> str:
    code = 35 + value % 90
    return "~" * (value // 90) + chr(code + (code >= 92))  # not the backslash, which JSON doubles
