"""Whom one can reach: the contacts, and the rules that say who to call."""

import re
from collections.abc import Mapping
from datetime import time
from typing import Annotated, ClassVar, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    field_validator,
    model_validator,
)

from ..locales import Locale
from .base import Fact, Line, Name, SameOrLocalised, Value
from .pages import Page


def _clock_time(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"(?:[01]\d|2[0-3]):[0-5]\d", value):
        raise ValueError('write a time from "00:00" to "23:59", between double quotes')
    return value


ClockTime = Annotated[time, BeforeValidator(_clock_time)]


class OpenHours(Value):
    """Days of the week (Monday is 1) and the times between which somebody answers, in Brussels time."""

    days: Annotated[tuple[Annotated[int, Field(ge=1, le=7)], ...], Field(min_length=1)]
    opens: ClockTime
    closes: ClockTime

    @model_validator(mode="after")
    def _closes_later_that_day(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError("closes must lie after opens; hours past midnight are two entries")
        return self


def _has_an_entry(hours: tuple[OpenHours, ...]) -> tuple[OpenHours, ...]:
    if not hours:
        raise ValueError("write days, opens and closes, or always, or unknown")
    return hours


# Told apart first, so that a mistake is reported once and not for each form that the hours may have.
Hours = Annotated[
    Annotated[Literal["always", "unknown"], Tag("[word]")]
    | Annotated[tuple[OpenHours, ...], AfterValidator(_has_an_entry), Tag("[times]")],
    Discriminator(lambda value: "[word]" if isinstance(value, str) else "[times]"),
]


class Contact(Fact):
    """An organisation one can reach: `phone` is dialled (international or short number), `shown` is read."""

    group: Literal["emergency", "national", "centres", "minors", "abroad"]
    phone: str
    shown: str = ""
    hours: Hours
    email: Annotated[str, StringConstraints(pattern=r"^[\w.+-]+@[\w-]+(\.[\w-]+)+$")] | None = None
    web: SameOrLocalised | None = None
    address: tuple[str, ...] = ()

    @field_validator("phone")
    @classmethod
    def _is_dialable(cls, phone: str) -> str:
        if not re.fullmatch(r"\+32\d{8,9}|\+(?!32)[1-9]\d{7,14}|1\d{2,3}|116\d{3}", phone):
            hint = "write +32… without spaces, or a short number like 112 or 1712"
            raise ValueError(f"malformed phone number {phone!r}: {hint}")
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


ALL_CONTACTS = "all"
"""The file with the card of every contact; no contact has that name."""


class ContactPage(Page):
    """A contact in words; its slug is the name of the contact in the facts."""

    kind: ClassVar[str] = "contact"
    purpose: Line
    say: Line


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
