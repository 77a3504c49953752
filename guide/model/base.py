"""What the values of the guide are made of: words with their HTML, names, and checked, frozen fields."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, NamedTuple, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    model_validator,
)

from ..locales import Locale

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
    """A link of a text as its author wrote it, the line it stands on, and the facts that its words name."""

    target: str
    line: int
    facts: tuple[str, ...] = ()


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
