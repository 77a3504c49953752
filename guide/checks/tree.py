"""Rules on the whole: the same tree in every locale, what every page leads to, and the days of the edition."""

from collections import Counter
from collections.abc import Iterator

from ..errors import Problem
from ..locales import SOURCE, Locale
from ..model import (
    ADVICE,
    CALL_SHEET,
    CARDS,
    DANGER,
    FRAME_PATHS,
    KINDS,
    NOT_FOUND,
    Guide,
    News,
    Page,
)
from .common import fact_file


def translations_are_complete(guide: Guide) -> Iterator[Problem]:
    """The same tree stands in every locale."""
    paths = {page.path for page in guide.all_pages()} | {path for _, path in guide.unread}
    for locale in Locale:
        for path in sorted(paths - guide.pages[locale].keys()):
            if (locale, path) not in guide.unread:
                file = f"content/{locale}/{path}.md"
                yield Problem(file, 1, "missing translation", f"Other languages have {path}.md; translate it.")


def outline_names_every_page(guide: Guide) -> Iterator[Problem]:
    """guide.yaml and the files agree."""
    listed = {*guide.outline.paths(), NOT_FOUND}
    existing = guide.pages[SOURCE].keys() | {path for locale, path in guide.unread if locale == SOURCE}
    for path in sorted(listed - existing):
        hint = f"Write content/{SOURCE}/{path}.md or take it out of guide.yaml."
        yield Problem("content/guide.yaml", 1, f'no page "{path}"', hint)
    for path in sorted(existing - listed):
        hint = "Add it to its section in content/guide.yaml."
        yield Problem(f"content/{SOURCE}/{path}.md", 1, "the page is in no section", hint)
    for name, times in Counter(guide.outline.paths()).items():
        if times > 1:
            yield Problem("content/guide.yaml", 1, f'"{name}" stands twice', "Keep one of the two.")


def titles_are_unique(guide: Guide) -> Iterator[Problem]:
    """No two pages of a locale have the same heading."""
    for pages in guide.pages.values():
        seen: dict[str, Page] = {}
        for page in pages.values():
            other = seen.setdefault(page.title.casefold(), page)
            if other is not page:
                what = f'title "{page.title}" is also that of {other.file}'
                yield Problem(page.file, page.line_of("title"), what, "Give each page a heading of its own.")


def dates_are_not_ahead(guide: Guide) -> Iterator[Problem]:
    """Nothing was read or compared after the day of the edition."""
    for page in guide.all_pages():
        if page.reviewed_on > guide.outline.edition:
            yield Problem(page.file, page.line_of("reviewed_on"), "reviewed after the day of the edition")
        if isinstance(page, News) and page.since > guide.outline.edition:
            hint = "An entry is for an edition that is published, so mend its day, or that of content/guide.yaml."
            yield Problem(page.file, page.line_of("since"), "news of an edition after this one", hint)
    for kind, name, fact in guide.facts.dated():
        if fact.checked_on > guide.outline.edition:
            what = f'"{name}" was checked after the day of the edition'
            yield Problem(fact_file(kind), fact.line, what, "Mend the day, or that of content/guide.yaml.")


def frame_has_what_it_needs(guide: Guide) -> Iterator[Problem]:
    """What every page leads to exists: sections are kinds of page, and the bars have their pages and numbers."""
    for section in guide.outline.sections:
        if section.slug not in (*KINDS, CARDS, CALL_SHEET):
            hint = f"Sections are: {', '.join(KINDS)}."
            yield Problem("content/guide.yaml", 1, f'unknown section "{section.slug}"', hint)
    existing = guide.pages[SOURCE].keys() | {path for locale, path in guide.unread if locale == SOURCE}
    for path in FRAME_PATHS:
        if path not in existing:
            hint = "Every page of the guide leads to it."
            yield Problem(f"content/{SOURCE}/{path}.md", 1, "the page is missing", hint)
    for name in (DANGER, ADVICE):
        if name not in guide.facts.contacts:
            hint = "It stands at the top of every page."
            yield Problem(fact_file("contacts"), 1, f'contact "{name}" is missing', hint)
