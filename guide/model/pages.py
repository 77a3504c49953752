"""The kinds of page and their fields: `content/<locale>/` as values."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, ClassVar, Literal, Self

from pydantic import (
    Field,
    StringConstraints,
    model_validator,
)

from ..locales import Locale
from .base import Block, Line, Name, Text, Title, Value, texts_in


class Page(Value):
    """What every page has: where it is, what it is called, what it rests on, when it was and must be read again."""

    kind: ClassVar[str] = "plain"

    locale: Locale
    path: str
    file: str
    lines: Mapping[str, int]
    body: Block

    title: Title
    summary: Line
    reviewed_on: date
    review_by: date
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    keywords: tuple[str, ...] = ()
    validated_on: date | None = None

    @model_validator(mode="after")
    def _review_comes_after_reading(self) -> Self:
        if self.review_by <= self.reviewed_on:
            raise ValueError("review_by must lie after reviewed_on")
        return self

    @property
    def url(self) -> str:
        """The page's address on the site, with a slash at both ends."""
        return page_url(self.locale, self.path)

    @property
    def slug(self) -> str:
        """The last segment of the address."""
        return self.path.rpartition("/")[2]

    @property
    def section(self) -> str:
        """The first segment of the path: the section's own slug on the section's page."""
        return self.path.partition("/")[0]

    def line_of(self, field: str) -> int:
        """The line of a field of the front matter in the page's file."""
        return self.lines.get(field, 1)

    def texts(self) -> Iterator[Text]:
        """Every text of the page, in the order of its fields, with the body last."""
        yield from texts_in([getattr(self, name) for name in type(self).model_fields if name != "body"])
        yield self.body


class Home(Page):
    """The first page of a locale."""

    kind: ClassVar[str] = "home"
    lead: Line


class Section(Page):
    """The page of a section: a short text and the list of its pages.

    The page of the contacts also says why the rules of `facts/calls.yaml` answer as they do, the first sentence where
    that of the contact does not fit, and whom a role reaches in another way than by a public number.
    """

    kind: ClassVar[str] = "section"
    nav: Annotated[str, StringConstraints(max_length=11)]
    reasons: Mapping[Name, Line] = {}
    says: Mapping[Name, Line] = {}
    channels: Mapping[Name, Line] = {}


class NowLine(Value):
    """A line of a role card, with the contact to call there, if any."""

    text: Line
    call: Name | None = None


class NextLink(Value):
    """Who acts after the reader, and what they do."""

    who: Line
    does: Line


class Role(Page):
    """A role card: what this reader does now, does not do, and sees; `abroad`: in another time zone."""

    kind: ClassVar[str] = "role"
    nav: Annotated[str, StringConstraints(max_length=22)]
    now: Annotated[tuple[NowLine, ...], Field(min_length=2, max_length=5)]
    do_not: Annotated[tuple[Line, ...], Field(min_length=2, max_length=4)]
    signs: Annotated[tuple[Name, ...], Field(min_length=5, max_length=9)]
    next: Annotated[tuple[NextLink, ...], Field(min_length=1)]
    steps: Name | None = None
    contacts: Annotated[tuple[Name, ...], Field(min_length=1)]
    abroad: bool = False


class Sign(Value):
    """One indicator in words: what one sees or hears, and what else it can mean."""

    sign: Line
    also: Line


class SignList(Page):
    """A list of signs; its slug is the group of its signs."""

    kind: ClassVar[str] = "signs"
    signs: Mapping[Name, Sign]


class Question(Value):
    """A sample question: how to ask it, why, and what to listen for."""

    ask: Line
    why: Line
    listen: Line


class Phase(Value):
    """A part of a plan in words: what happens, and what to say."""

    title: Line
    text: Line
    say: tuple[Line, ...] = ()


class Talk(Page):
    """A part of the guide to the talk; one that follows a plan of the facts has words for each of its phases."""

    kind: ClassVar[str] = "talk"
    do: tuple[Line, ...] = ()
    do_not: tuple[Line, ...] = ()
    say: tuple[Line, ...] = ()
    do_not_say: tuple[Line, ...] = ()
    questions: Mapping[Name, Question] = {}
    plan: Name | None = None
    phases: Mapping[Name, Phase] = {}


class Step(Value):
    """One thing to do: who, what, by when, with which paper, and what the person gets."""

    id: Name
    title: Line
    text: Block
    who: Line | None = None
    when: Line | None = None
    document: Name | None = None
    duration: Name | None = None
    gets: Line | None = None
    sources: Annotated[tuple[str, ...], Field(min_length=1)]


class Steps(Page):
    """Things to do in order."""

    kind: ClassVar[str] = "steps"
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]


class Chart(Value):
    """A series in words: what it shows, what is counted, and what to beware of."""

    title: Line
    definition: Line
    note: Line


class Topic(Page):
    """Background in prose, with the papers, terms, charts or districts of the facts where the page is about them.

    `for_person`: written for the persons themselves, who may have to leave it at once.
    """

    kind: ClassVar[str] = "topic"
    for_person: bool = False
    documents: Mapping[Name, Line] = {}
    terms: Mapping[Name, Line] = {}
    charts: Mapping[Name, Chart] = {}


InstallName = Literal["safari-ios", "chrome-android", "samsung-android", "firefox-android", "chrome-desktop"]


class InstallWay(Value):
    """How one browser puts the guide on the home screen, and what it may delete."""

    title: Line
    steps: Annotated[tuple[Line, ...], Field(min_length=2, max_length=4)]
    keeps: Line


class About(Page):
    """About the guide itself; the page on installing has a drawing for each of its ways."""

    kind: ClassVar[str] = "about"
    shows: Literal["sources", "offline", "install"] | None = None
    ways: Mapping[InstallName, InstallWay] = {}


class News(Page):
    """What changed in an edition, for whom (everyone, when no role is named), and whether it must be read."""

    kind: ClassVar[str] = "news"
    since: date
    roles: tuple[Name, ...] = ()
    critical: bool = False


LEARN = "learn"
NOT_SURE = "not-sure"
CARDS = "cards"  # a section without pages of its own: its languages lie in content/cards/
CALL_SHEET = "call-sheet"  # likewise: it is a form
HOME, SEARCH, NOT_FOUND = "home", "search", "not-found"

# What the frame around every page leads to: the bottom bar, the footer, the lists of sources, the emergency bar.
FRAME_SECTIONS = ("signs", "talk", "steps", "contacts")
FRAME_PATHS = (
    *(HOME, SEARCH, NOT_FOUND, *FRAME_SECTIONS),
    *("about", "about/offline", "about/sources", "about/validation", "about/privacy", "about/accessibility"),
)
DANGER, ADVICE = "emergency", "hotline"
CONTACTS = "contacts"


def page_url(locale: Locale, path: str) -> str:
    """The address of the page with that path."""
    return f"/{locale}/" if path == HOME else f"/{locale}/{path}/"
