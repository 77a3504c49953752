"""The guide as frozen, typed values. Nothing here reads, writes or renders; unknown keys are refused.

Fields that hold words are `Line` (one paragraph) or `Block` (several). The loader hands their renderer in as
validation context, so a page is complete, HTML included, from the moment it exists.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from typing import Annotated, ClassVar, Literal, NamedTuple, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from .locales import Locale

# A name of a fact in a text, between double braces. In rendered HTML the braces are replaced by these two
# characters of Unicode's private area, which no Markdown extension takes for its own.
FACT_OPEN, FACT_CLOSE = "\ue000", "\ue001"
FACT = re.compile(r"\{\{\s*([a-z0-9-]+(?:\.[a-z]+)?)\s*\}\}")

CALLOUTS = ("note", "do", "do-not", "danger")


class Heading(NamedTuple):
    """A heading of a text: 2 or 3, its anchor, its HTML."""

    level: int
    anchor: str
    html: str


class Link(NamedTuple):
    """A link of a text as its author wrote it, and the line it stands on."""

    target: str
    line: int


@dataclass(frozen=True, slots=True)
class Text:
    """Words: what the author wrote, where, and the safe HTML made of it, with fact names still marked."""

    source: str
    line: int
    html: str
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()

    def fact_uses(self) -> Iterator[tuple[str, str, int]]:
        """Every {{name.part}} in it: the name, the part (may be empty), the line."""
        for match in FACT.finditer(self.source):
            name, _, part = match[1].partition(".")
            yield name, part, self.line + self.source.count("\n", 0, match.start())


Render = Callable[[str], Text]


def _rendered(kind: str) -> Callable[[object, ValidationInfo], object]:
    def render(value: object, info: ValidationInfo) -> object:
        if not isinstance(value, str):
            return value
        if info.context is None:
            raise TypeError("texts need their renderers as validation context")
        return info.context[kind](value)

    return render


Line = Annotated[Text, BeforeValidator(_rendered("line"))]
Block = Annotated[Text, BeforeValidator(_rendered("block"))]


def _in_every_locale(texts: Mapping[Locale, str]) -> Mapping[Locale, str]:
    missing = [locale.value for locale in Locale if not texts.get(locale, "").strip()]
    if missing:
        raise ValueError(f"missing translation: {', '.join(missing)}")
    return texts


def _same_in_every_locale(value: object) -> object:
    return {locale: value for locale in Locale} if isinstance(value, str) else value


Localised = Annotated[Mapping[Locale, str], AfterValidator(_in_every_locale)]
SameOrLocalised = Annotated[
    Mapping[Locale, str], BeforeValidator(_same_in_every_locale), AfterValidator(_in_every_locale)
]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Title = Annotated[str, StringConstraints(min_length=2, max_length=70)]


class Value(BaseModel):
    """A frozen value with keyword fields; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


# ── Facts: what is true in every language ──────────────────────────────────────────────────────────────────


class Fact(Value):
    """A value that is the same in every language, with where it comes from and when it was compared with that."""

    line: int
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    checked_on: date
    review_by: date

    @model_validator(mode="after")
    def _review_comes_after_check(self) -> Self:
        if self.review_by <= self.checked_on:
            raise ValueError("review_by must lie after checked_on")
        return self


class OpenHours(Value):
    """Days of the week (Monday is 1) and the times between which somebody answers, in Brussels time."""

    days: Annotated[tuple[Annotated[int, Field(ge=1, le=7)], ...], Field(min_length=1)]
    opens: time
    closes: time


class Contact(Fact):
    """An organisation one can reach: `phone` is dialled (international or short number), `shown` is read."""

    group: Literal["emergency", "national", "centres", "minors", "abroad"]
    phone: str
    shown: str = ""
    hours: Literal["always", "unknown"] | tuple[OpenHours, ...]
    email: Annotated[str, StringConstraints(pattern=r"^[\w.+-]+@[\w-]+(\.[\w-]+)+$")] | None = None
    web: SameOrLocalised | None = None
    address: tuple[str, ...] = ()

    @field_validator("phone")
    @classmethod
    def _is_dialable(cls, phone: str) -> str:
        if not re.fullmatch(r"\+32\d{8,9}|\+(?!32)[1-9]\d{7,14}|1\d{2}|116\d{3}", phone):
            raise ValueError(f"malformed phone number {phone!r}: write +32… without spaces, or a short number like 112")
        return phone

    @model_validator(mode="after")
    def _shown_is_the_same_number(self) -> Self:
        digits = re.sub(r"\D", "", self.number)
        if digits not in (self.phone, self.phone.removeprefix("+"), re.sub(r"^\+32", "0", self.phone)):
            raise ValueError(f"shown number {self.shown!r} is not the phone number {self.phone!r}")
        return self

    @field_validator("web")
    @classmethod
    def _is_a_host(cls, web: Mapping[Locale, str] | None) -> Mapping[Locale, str] | None:
        for host in (web or {}).values():
            if not re.fullmatch(r"[\w-]+(\.[\w-]+)+(/[\w./-]*)?", host):
                raise ValueError(f"{host!r} is not the name of a site: write it without https://")
        return web

    @property
    def number(self) -> str:
        """The number in groups, as people read and say it."""
        return self.shown or self.phone

    @property
    def tel(self) -> str:
        """The address that makes a telephone call it."""
        return f"tel:{self.phone}"


class Duration(Fact):
    """A period of the law; `at_most` when the law sets a limit and not a length."""

    number: Annotated[int, Field(gt=0)]
    unit: Literal["day", "month", "year"]
    at_most: bool = False


class Day(Fact):
    """A date that the text names."""

    date: date


class Count(Fact):
    """Another number that the text names."""

    number: Annotated[int, Field(gt=0)]


class Law(Fact):
    """A law's name, and the form of it that follows “article 258 …”."""

    name: Localised
    of: Localised


class Article(Fact):
    """An article of a law, with the number it had before it was renumbered."""

    number: str
    law: Name
    formerly: str | None = None
    formerly_law: Name | None = None


class Paper(Fact):
    """A document of the procedure, by its official name."""

    name: Localised


class SignFact(Fact):
    """A sign: the list it belongs to, how it comes to light, and whether it concerns minors."""

    group: Name
    weight: Literal["seen", "asked", "documented"]
    minor: bool = False


class QuestionFact(Fact):
    """A sample question: the talk it belongs to."""

    setting: Literal["social", "medical"]


class SignGroup(Value):
    """A list of signs: the form of exploitation or the workplace it is about, or neither when it holds everywhere."""

    line: int
    form: Name | None = None
    workplace: Name | None = None
    everywhere: bool = False

    @model_validator(mode="after")
    def _is_about_one_thing(self) -> Self:
        if sum(map(bool, (self.form, self.workplace, self.everywhere))) != 1:
            raise ValueError("write one of form, workplace and everywhere")
        return self


class Term(Fact):
    """An official term in every language, its abbreviation where there is one, and whether the German was confirmed.

    `plain` are everyday words that a text may use in its place, once the reader knows what is meant.
    """

    term: Localised
    short: Mapping[Locale, str] = {}
    plain: Mapping[Locale, tuple[str, ...]] = {}
    confirmed: bool = False

    def readings(self, locale: Locale) -> tuple[str, ...]:
        """The term, its abbreviation and its plain words in that language."""
        short = (self.short[locale],) if locale in self.short else ()
        return (self.term[locale], *short, *self.plain.get(locale, ()))


class SearchWords(Value):
    """Words a reader may type, per locale, that mean one thing: they find the pages with any of them, and `pages`."""

    line: int
    words: Mapping[Locale, Annotated[tuple[str, ...], Field(min_length=1)]]
    pages: tuple[str, ...] = ()

    @field_validator("words")
    @classmethod
    def _is_said_in_every_locale(cls, words: Mapping[Locale, tuple[str, ...]]) -> Mapping[Locale, tuple[str, ...]]:
        if missing := [locale.value for locale in Locale if locale not in words]:
            raise ValueError(f"missing translation: {', '.join(missing)}")
        return words


class Card(Fact):
    """A sentence shown to the person: when it is said, and a word to the reader on when to show it."""

    group: Literal["first-minute", "rights", "next", "practical"]
    note: Localised | None = None


class District(Fact):
    """A judicial district: its names, its languages of justice, the centre usually called, its place on the grid.

    `shelter` is where minors of that district usually find accommodation.
    """

    name: Localised
    languages: tuple[Locale, ...]
    centre: Name
    shelter: Name | None = None
    place: tuple[int, int]


Person = Literal["adult", "minor", "alone", "missing"]
Where = Literal["belgium", "netherlands", "luxembourg", "abroad"]
PERSONS, WHERES = get_args(Person), get_args(Where)
CENTRE, SHELTER = "centre", "shelter"
"""In a rule of calls: the centre usually called in the district, and where its minors find accommodation."""


class CallRule(Fact):
    """Who to call, in order, in the situations it fits; a condition that is left out fits all.

    The rules are a table: the first that fits answers. `local`: the country's own emergency number, which the guide
    does not hold, comes before all of them.
    """

    danger: bool | None = None
    persons: tuple[Person, ...] = ()
    where: tuple[Where, ...] = ()
    roles: tuple[Name, ...] = ()
    local: bool = False
    call: Annotated[tuple[Name, ...], Field(min_length=2)]


class Series(Fact):
    """Values of one definition: per year, or per form of exploitation."""

    unit: Literal["persons", "reports", "offences", "percent"]
    years: Mapping[int, int] = {}
    shares: Mapping[Name, int] = {}

    @model_validator(mode="after")
    def _has_one_axis(self) -> Self:
        if bool(self.years) == bool(self.shares):
            raise ValueError("write either years or shares")
        return self


class NextAction(Value):
    """One thing to do at an outcome: whom to call and which paper belongs to it, if any."""

    id: Name
    call: Name | None = None
    document: Name | None = None


class NextPlace(Fact):
    """A place of “next step”: a question, whose answers lead on, or an outcome with its actions in order.

    The sources are those of the rule: why this is asked, or why this is to be done.
    """

    answers: Mapping[Name, Name] = {}
    calls: tuple[Name, ...] = ()
    actions: tuple[NextAction, ...] = ()
    see: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_question_or_outcome(self) -> Self:
        if bool(self.answers) == bool(self.actions):
            raise ValueError("write either answers (a question) or actions (an outcome)")
        if self.calls and not self.answers:
            raise ValueError("calls are for questions; an action has a call of its own")
        if self.see and not self.actions:
            raise ValueError("see is for outcomes")
        return self


class SourceFact(Value):
    """A document the guide rests on, and how much of it was seen."""

    line: int
    kind: Literal["law", "policy", "guidance", "report", "web", "derived"]
    title: Localised
    seen: Literal["read", "opening", "summary", "derived"]
    date: str | None = None
    publisher: str | None = None
    web: str | None = None


class Facts(Value):
    """All facts by name, one mapping per file of `content/facts/`."""

    contacts: Mapping[Name, Contact] = {}
    durations: Mapping[Name, Duration] = {}
    dates: Mapping[Name, Day] = {}
    counts: Mapping[Name, Count] = {}
    laws: Mapping[Name, Law] = {}
    articles: Mapping[Name, Article] = {}
    documents: Mapping[Name, Paper] = {}
    signs: Mapping[Name, SignFact] = {}
    questions: Mapping[Name, QuestionFact] = {}
    glossary: Mapping[Name, Term] = {}
    districts: Mapping[Name, District] = {}
    calls: Mapping[Name, CallRule] = {}
    figures: Mapping[Name, Series] = {}
    sign_groups: Mapping[Name, SignGroup] = {}
    search_words: Mapping[Name, SearchWords] = {}
    next: Mapping[Name, NextPlace] = {}
    sources: Mapping[Name, SourceFact] = {}
    cards: Mapping[Name, Card] = {}

    def dated(self) -> Iterator[tuple[str, str, Fact]]:
        """Every fact that has a source and a review date: its file's stem, its name, itself."""
        for kind in type(self).model_fields:
            if kind not in ("sources", "sign_groups", "search_words"):
                for name, fact in getattr(self, kind).items():
                    yield kind, name, fact

    @cached_property
    def named(self) -> Mapping[str, Fact]:
        """Every fact that a text may name."""
        return {name: fact for _, name, fact in self.dated() if type(fact) in FACT_PARTS}


# What may follow a fact's name, as in {{reflection.number}}; without it the whole fact is written.
FACT_PARTS: Mapping[type[Fact], tuple[str, ...]] = {
    Contact: ("name",),
    Duration: ("number",),
    Day: ("year",),
    Count: ("number",),
    Law: (),
    Article: ("number", "formerly"),
    Paper: (),
}


# ── Pages ──────────────────────────────────────────────────────────────────────────────────────────────────


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
    """A role card: what this reader does now, does not do, and sees."""

    kind: ClassVar[str] = "role"
    nav: Annotated[str, StringConstraints(max_length=22)]
    now: Annotated[tuple[NowLine, ...], Field(min_length=2, max_length=5)]
    do_not: Annotated[tuple[Line, ...], Field(min_length=2, max_length=4)]
    signs: Annotated[tuple[Name, ...], Field(min_length=5, max_length=9)]
    next: Annotated[tuple[NextLink, ...], Field(min_length=1)]
    steps: Name | None = None
    contacts: Annotated[tuple[Name, ...], Field(min_length=1)]


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


class Talk(Page):
    """A part of the guide to the talk."""

    kind: ClassVar[str] = "talk"
    do: tuple[Line, ...] = ()
    do_not: tuple[Line, ...] = ()
    say: tuple[Line, ...] = ()
    do_not_say: tuple[Line, ...] = ()
    questions: Mapping[Name, Question] = {}


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


class ContactPage(Page):
    """A contact in words; its slug is the name of the contact in the facts."""

    kind: ClassVar[str] = "contact"
    purpose: Line
    say: Line


class Chart(Value):
    """A series in words: what it shows, what is counted, and what to beware of."""

    title: Line
    definition: Line
    note: Line


class Topic(Page):
    """Background in prose, with the papers, terms, charts or districts of the facts where the page is about them."""

    kind: ClassVar[str] = "topic"
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


class Ask(Page):
    """A question of “next step”: its title asks, its summary says why; the words of its answers."""

    kind: ClassVar[str] = "ask"
    answers: Annotated[Mapping[Name, Line], Field(min_length=2)]


class Outcome(Page):
    """Where the questions of “next step” end: what to do, in the order of the facts."""

    kind: ClassVar[str] = "outcome"
    actions: Annotated[Mapping[Name, Line], Field(min_length=1)]


# The folder a file lies in decides what it is; files beside the folders are named here.
KINDS: Mapping[str, type[Page]] = {
    "roles": Role,
    "signs": SignList,
    "talk": Talk,
    "steps": Steps,
    "contacts": ContactPage,
    "cases": Topic,
    "topics": Topic,
    "about": About,
    "news": News,
    "next": Ask,  # or Outcome, when it has actions
}
NOT_SURE = "not-sure"
CARDS = "cards"  # a section without pages of its own: its languages lie in content/cards/
HOME, SEARCH, NOT_FOUND = "home", "search", "not-found"

# What the frame around every page leads to: the bottom bar, the footer, the lists of sources, the emergency bar.
FRAME_SECTIONS = ("signs", "talk", "steps", "contacts")
FRAME_PATHS = (
    *(HOME, SEARCH, NOT_FOUND, *FRAME_SECTIONS),
    *("about", "about/offline", "about/sources", "about/validation", "about/privacy", "about/accessibility"),
)
DANGER, ADVICE = "emergency", "hotline"
CONTACTS = "contacts"


# ── Cards ──────────────────────────────────────────────────────────────────────────────────────────────────


class CardLanguage(Value):
    """The cards in one language of the persons: `content/cards/<tag>.yaml`, what it says and how sure we are of it.

    `back_translation` is English made from the sentences alone, so that an editor sees what they really say;
    `doubts` are what a native reader should look at first. Unpublished languages are drafts that no reader gets.
    """

    file: str
    lines: Mapping[str, int]
    tag: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
    own: Annotated[str, StringConstraints(min_length=2)]
    names: Localised
    also: tuple[str, ...] = ()
    direction: Literal["ltr", "rtl"]
    script: str
    voices: tuple[str, ...] = ()
    translator: Literal["machine", "person"]
    reviewed_by: str | None = None
    reviewed_on: date | None = None
    published: bool = True
    sentences: Mapping[Name, str]
    back_translation: Mapping[Name, str]
    doubts: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _review_has_a_name_and_a_day(self) -> Self:
        if (self.reviewed_by is None) != (self.reviewed_on is None):
            raise ValueError("write both reviewed_by and reviewed_on, or none of them")
        return self

    @property
    def url(self) -> str:
        """The address of its page, the same for readers of every locale."""
        return f"/cards/{self.tag}/"

    @property
    def lang(self) -> str:
        """Its language tag for browsers: with the script where the tag alone leaves it open."""
        return f"{self.tag}-{self.script}" if self.tag in ("zh", "sr", "pa") else self.tag

    def line_of(self, *key: str) -> int:
        """The line of a value in its file, or of what it would stand in."""
        return self.lines.get(".".join(key)) or self.lines.get(key[0], 1)


# ── The guide ──────────────────────────────────────────────────────────────────────────────────────────────


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

    def has_section(self, slug: str) -> bool:
        """Whether the outline has a section of that name."""
        return any(section.slug == slug for section in self.outline.sections)

    def section_pages(self, locale: Locale, slug: str) -> tuple[Page, ...]:
        """The pages of a section in the order of the outline."""
        order = next(section for section in self.outline.sections if section.slug == slug)
        return tuple(self.page(locale, f"{slug}/{page}") for page in order.pages)


def page_url(locale: Locale, path: str) -> str:
    """The address of the page with that path."""
    return f"/{locale}/" if path == HOME else f"/{locale}/{path}/"


def texts_in(value: object) -> Iterator[Text]:
    """Every text inside a value, however deep."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts_in(getattr(value, name))
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from texts_in(item)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from texts_in(item)
