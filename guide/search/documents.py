"""A guide in, what its pages say out: the words of each, and how much they count there."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from .. import analysis
from ..locales import Locale
from ..model import (
    CARDS,
    NOT_SOUGHT,
    SEARCH,
    About,
    ContactPage,
    Guide,
    Home,
    Page,
    Role,
    Section,
    SignList,
    Steps,
    Talk,
    Text,
    Topic,
    texts_in,
)

Plain = Callable[[Text], str]

# How much a word counts by where it stands. Tuned with bench/search.py on the queries that are not held back.
TITLE, KEYWORD, HEADING, SUMMARY, TERM, BODY = 10.0, 5.0, 4.0, 3.0, 2.0, 1.0
ASIDE = 0.3  # what a page shows once a reader has answered its questions, among much that is about other answers
SAID = 10.0  # what people say for it, on the very pages that an editor named for that


class Field(NamedTuple):
    """Some words of a page, and how much each counts."""

    weight: float
    text: str


class SearchDocument(NamedTuple):
    """A page as the search knows it; `tel` and `number` only for contacts."""

    path: str
    title: str
    fields: tuple[Field, ...]
    tel: str = ""
    number: str = ""


def search_documents(guide: Guide, locale: Locale, plain: Plain) -> list[SearchDocument]:
    """One document per page a reader may look for, in reading order; `plain` makes a text readable."""
    return [_document(guide, page, plain) for page in sought_pages(guide, locale)]


def sought_pages(guide: Guide, locale: Locale) -> list[Page]:
    """All pages but the search; of “next step” and of practice the beginning only."""
    pages = (guide.page(locale, path) for path in guide.outline.paths() if path != SEARCH)
    return [page for page in pages if not isinstance(page, NOT_SOUGHT)]


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
        case Section():
            for language in guide.shown_cards() if page.slug == CARDS else ():
                names = (language.own, language.names[page.locale], *language.also)
                yield from (Field(KEYWORD, name) for name in dict.fromkeys(names))
            for text in texts_in([page.reasons, page.says, page.channels]):
                yield Field(ASIDE, plain(text))
        case About():
            texts = [page.ways]
        case Role():
            yield Field(TITLE, page.nav)
            texts = [page.now, page.do_not, page.next]
            for name in page.signs:
                yield Field(BODY, plain(_sign(guide, page.locale, name)))
        case SignList():
            texts = [page.signs]
        case Talk():
            texts = [page.do, page.do_not, page.say, page.do_not_say, page.questions, page.phases]
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
