"""What is true in every language: `content/facts/` as values."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from ..locales import Locale
from .base import Fact, Localised, Name, Value
from .contacts import CallRule, Contact
from .next import NextPlace
from .practice import Check, Conversation, Scene


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

    @field_validator("term", "short")
    @classmethod
    def _says_something(cls, words: Mapping[Locale, str]) -> Mapping[Locale, str]:
        for locale, written in words.items():
            if not all(any(char.isalnum() for char in term) for term in written.split(",")):
                raise ValueError(f"empty term in {locale}: write words between the commas, or leave it out")
        return words

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


class Plan(Fact):
    """A plan in time: its phases in order, and how many minutes each takes."""

    phases: Annotated[Mapping[Name, Annotated[int, Field(gt=0)]], Field(min_length=2)]

    @property
    def minutes(self) -> int:
        """How long all of it takes."""
        return sum(self.phases.values())

    def spans(self) -> Iterator[tuple[str, int, int]]:
        """Each phase with the minute it begins and the minute it ends."""
        begin = 0
        for name, minutes in self.phases.items():
            yield name, begin, begin + minutes
            begin += minutes


OTHER = "other"
"""Among the shares of a series: all forms of exploitation that it does not name."""


class Series(Fact):
    """Values of one definition: per year, or per form of exploitation (a term of the glossary, or `other`)."""

    unit: Literal["persons", "reports", "offences", "percent"]
    years: Mapping[int, int] = {}
    shares: Mapping[Name, int] = {}

    @model_validator(mode="after")
    def _has_one_axis(self) -> Self:
        if bool(self.years) == bool(self.shares):
            raise ValueError("write either years or shares")
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
    plans: Mapping[Name, Plan] = {}
    scenes: Mapping[Name, Scene] = {}
    conversations: Mapping[Name, Conversation] = {}
    checks: Mapping[Name, Check] = {}
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
