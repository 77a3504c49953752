"""The guide as one value: outline, facts, pages and cards."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from pydantic import (
    Field,
)

from ..locales import Locale
from .base import Name, Value
from .cards import CardLanguage
from .facts import Facts
from .pages import HOME, SEARCH, Page, Role, SignList


class SectionOrder(Value):
    """A section and the order of its pages."""

    slug: Name
    pages: tuple[Name, ...]


class Outline(Value):
    """`content/guide.yaml`: the day of the edition, the sections and the order of their pages."""

    edition: date
    sections: Annotated[tuple[SectionOrder, ...], Field(min_length=1)]

    def paths(self) -> tuple[str, ...]:
        """The path of every page a reader is led to, in reading order."""
        listed = [HOME]
        for section in self.sections:
            listed += [section.slug, *(f"{section.slug}/{slug}" for slug in section.pages)]
        return (*listed, SEARCH)


@dataclass(frozen=True, slots=True)
class Guide:
    """The whole, in all locales. `unread` are the pages whose file has problems: (locale, path)."""

    outline: Outline
    facts: Facts
    pages: Mapping[Locale, Mapping[str, Page]]
    unread: frozenset[tuple[Locale, str]] = frozenset()
    cards: Mapping[str, CardLanguage] = field(default_factory=dict)

    def page(self, locale: Locale, path: str) -> Page:
        """The page at that path; KeyError when there is none."""
        return self.pages[locale][path]

    def all_pages(self) -> Iterator[Page]:
        """Every page of every locale."""
        for pages in self.pages.values():
            yield from pages.values()

    def shown_cards(self) -> tuple[CardLanguage, ...]:
        """The languages of the cards that readers get, by tag."""
        return tuple(each for _, each in sorted(self.cards.items()) if each.published)

    def roles_with(self, page: Page) -> tuple[str, ...]:
        """The slugs of the roles that a list of signs or of steps is for."""
        roles = [each for each in self.pages[page.locale].values() if isinstance(each, Role)]
        if isinstance(page, SignList):
            signs = self.facts.signs
            return tuple(each.slug for each in roles if any(signs[name].group == page.slug for name in each.signs))
        return tuple(each.slug for each in roles if each.steps == page.slug)

    def has_section(self, slug: str) -> bool:
        """Whether the outline has a section of that name."""
        return any(section.slug == slug for section in self.outline.sections)

    def section_pages(self, locale: Locale, slug: str) -> tuple[Page, ...]:
        """The pages of a section in the order of the outline."""
        order = next(section for section in self.outline.sections if section.slug == slug)
        return tuple(self.page(locale, f"{slug}/{page}") for page in order.pages)
