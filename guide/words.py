"""Facts, dates, hours and names written in the reader's language.

The functions that use interface words ask Flask-Babel for the language of the page that is being rendered; the
others are told the locale.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date

from babel import Locale as LanguageNames
from babel.dates import format_date, format_time, get_day_names
from babel.numbers import format_decimal
from flask_babel import gettext, ngettext
from markupsafe import Markup, escape

from . import analysis, vcards
from .locales import Locale
from .model import (
    FACT,
    FACT_CLOSE,
    FACT_OPEN,
    OTHER,
    Article,
    CardLanguage,
    Contact,
    ContactPage,
    Count,
    Day,
    Duration,
    Guide,
    Law,
    OpenHours,
    Paper,
    Text,
)

_LABEL = re.compile(r'(?<= data-label=")[^"]*')
_MARKED_FACT = re.compile(f"{FACT_OPEN}([a-z0-9.-]+){FACT_CLOSE}")


def html_text(text: Text, *, guide: Guide, locale: Locale) -> Markup:
    """The HTML of a text with every fact written out in that language, and abbreviations explained."""
    return Markup(_explained(_with_facts(text.html, guide, locale, as_html=True), guide, locale))


def plain_text(text: Text, *, guide: Guide, locale: Locale) -> str:
    """The words of a text with every fact written out in that language."""
    return analysis.without_tags(_with_facts(text.html, guide, locale, as_html=False))


def card_html(text: str, *, guide: Guide, locale: Locale | None = None) -> Markup:
    """A sentence of a card: its numbers keep together and their order, also where the text runs from right to left."""

    def written(match: re.Match[str]) -> str:
        name, _, part = match[1].partition(".")
        fact = guide.facts.named[name]
        if isinstance(fact, Contact):
            number = escape(fact.number.replace(" ", "\u00a0"))
            return f'<a class="tel" href="{fact.tel}"><bdi dir="ltr">{number}</bdi></a>'
        return str(escape(_WRITERS[type(fact)](fact, part, name, guide, locale or Locale.NL)))

    html = FACT.sub(written, str(escape(text)))
    return Markup(set_spaces(f">{html}<", locale)[1:-1] if locale else html)


def by_name(languages: Iterable[CardLanguage], locale: Locale) -> list[CardLanguage]:
    """Languages as a reader looks for them: the guide's own, then from A to Z in the reader's language."""

    def place(language: CardLanguage) -> tuple[int, str]:
        own = [each.value for each in Locale]
        name = unicodedata.normalize("NFKD", language.names[locale]).casefold()
        return (own.index(language.tag) if language.tag in own else len(own), re.sub(r"[^\w\s]", "", name))

    return sorted(languages, key=place)


def _with_facts(html: str, guide: Guide, locale: Locale, *, as_html: bool) -> str:
    named = guide.facts.named
    if as_html:  # the label of a table's cell is an attribute, which holds no link
        html = _LABEL.sub(lambda match: _with_facts(match[0], guide, locale, as_html=False), html)

    def written(match: re.Match[str]) -> str:
        name, _, part = match[1].partition(".")
        fact = named[name]
        if isinstance(fact, Contact) and not part and as_html:
            return f'<a class="tel" href="{fact.tel}">{escape(fact.number)}</a>'
        return str(escape(_WRITERS[type(fact)](fact, part, name, guide, locale)))

    return _MARKED_FACT.sub(written, html)


def _explained(html: str, guide: Guide, locale: Locale) -> str:
    """The first of each abbreviation of the glossary in a text says, as a tooltip, what it stands for."""
    for term in guide.facts.glossary.values():
        short = term.short.get(locale)
        if short and short in html:
            tooltip = f'<abbr title="{escape(term.term[locale])}">{short}</abbr>'
            html = re.sub(rf"(?<![\w-]){re.escape(short)}(?![\w-])(?=[^<>]*(?:<|$))", tooltip, html, count=1)
    return html


def _write_duration(fact: Duration) -> str:
    # Not CLDR's unit patterns: Babel 2.18 has none for days in Dutch and writes "45 duration-day".
    match fact.unit:
        case "day":
            return str(ngettext("%(num)s day", "%(num)s days", fact.number))
        case "month":
            return str(ngettext("%(num)s month", "%(num)s months", fact.number))
        case "year":
            return str(ngettext("%(num)s year", "%(num)s years", fact.number))


def write_limit(fact: Duration) -> str:
    """A period, with “at most” when the law sets a limit."""
    period = _write_duration(fact)
    return str(gettext("at most %(period)s", period=period)) if fact.at_most else period


def _write_article(fact: Article, part: str, guide: Guide, locale: Locale) -> str:
    if part:
        return str(getattr(fact, part))
    laws = guide.facts.laws
    now: str = gettext("article %(number)s %(of_law)s", number=fact.number, of_law=laws[fact.law].of[locale])
    if not fact.formerly:
        return now
    old = gettext("article %(number)s", number=fact.formerly)
    if fact.formerly_law:
        of_law = laws[fact.formerly_law].of[locale]
        old = gettext("article %(number)s %(of_law)s", number=fact.formerly, of_law=of_law)
    return str(gettext("%(now)s, formerly %(old)s", now=now, old=old))


_WRITERS: dict[type, Callable[..., str]] = {
    Contact: lambda fact, part, name, guide, locale: (
        guide.page(locale, f"contacts/{name}").title if part else fact.number
    ),
    Duration: lambda fact, part, name, guide, locale: str(fact.number) if part else _write_duration(fact),
    Day: lambda fact, part, name, guide, locale: str(fact.date.year) if part else write_day(fact.date, locale),
    Count: lambda fact, part, name, guide, locale: str(fact.number),
    Law: lambda fact, part, name, guide, locale: fact.name[locale],
    Article: lambda fact, part, name, guide, locale: _write_article(fact, part, guide, locale),
    Paper: lambda fact, part, name, guide, locale: fact.name[locale],
}


def write_day(day: date, locale: Locale) -> str:
    """A date in words."""
    written = format_date(day, "long", locale=locale.conventions)
    return re.sub(r"^1 ", "1er ", written) if locale is Locale.FR else written  # CLDR has no “1er”


def write_source_date(text: str, locale: Locale) -> str:
    """The day of a source in words, or its month, or what else is known of it as it stands."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return write_day(date.fromisoformat(text), locale)
    if re.fullmatch(r"\d{4}-\d\d", text):
        return format_date(date.fromisoformat(f"{text}-01"), "MMMM y", locale=locale.conventions)
    return text


def write_language(code: str, locale: Locale) -> str:
    """The name of a language by its code, such as nl."""
    return str(LanguageNames(locale).languages[code])


def write_hours(hours: str | tuple[OpenHours, ...], locale: Locale) -> str:
    """When somebody answers."""
    if not isinstance(hours, str):
        return "; ".join(_open_hours(each, locale) for each in hours)
    words: dict[str, str] = {
        "always": gettext("Day and night, every day"),
        "unknown": gettext("Hours not confirmed"),
    }
    return words[hours]


def _open_hours(hours: OpenHours, locale: Locale) -> str:
    names = get_day_names("wide", locale=locale.conventions)
    days = [names[day - 1] for day in hours.days]
    in_a_row = list(hours.days) == list(range(hours.days[0], hours.days[-1] + 1))
    if len(days) > 2 and in_a_row:
        shown = gettext("%(first)s to %(last)s", first=days[0], last=days[-1])
    else:
        shown = ", ".join(days)
    opens, closes = (format_time(each, "short", locale=locale.conventions) for each in (hours.opens, hours.closes))
    return f"{shown}, {opens}–{closes}"


def write_opening(hours: str | tuple[OpenHours, ...]) -> str:
    """Hours as scripts read them: days of the week, opening, closing, “12345 09:00 17:00”; or “always”, “unknown”."""
    if isinstance(hours, str):
        return hours
    return ";".join(f"{''.join(map(str, each.days))} {each.opens:%H:%M} {each.closes:%H:%M}" for each in hours)


def write_person(person: str) -> str:
    """Who the person is, as far as it matters for a call."""
    words: dict[str, str] = {
        "adult": gettext("An adult"),
        "minor": gettext("A minor, or you are not sure"),
        "alone": gettext("A foreign minor without parents or guardian"),
        "missing": gettext("A minor who has disappeared"),
    }
    return words[person]


def write_country(where: str) -> str:
    """A place outside the judicial districts."""
    words: dict[str, str] = {
        "netherlands": gettext("The Netherlands"),
        "luxembourg": gettext("The Grand Duchy of Luxembourg"),
        "abroad": gettext("Another country"),
    }
    return words[where]


def contact_card(guide: Guide, name: str, locale: Locale) -> bytes:
    """A contact as a card for the address book, with its purpose, its hours and the day it was compared."""
    contact, page = guide.facts.contacts[name], guide.page(locale, f"contacts/{name}")
    if not isinstance(page, ContactPage):
        raise TypeError(f"{page.file} is no contact")
    compared = gettext("Compared with published sources")
    note = (
        f"{plain_text(page.purpose, guide=guide, locale=locale)}\n"
        f"{write_hours(contact.hours, locale)}\n{compared}: {write_day(contact.checked_on, locale)}"
    )
    return vcards.vcard(contact, name=page.title, note=note, web=contact.web[locale] if contact.web else None)


def write_weight(weight: str) -> str:
    """How a sign comes to light."""
    words: dict[str, str] = {
        "seen": gettext("You see it"),
        "asked": gettext("It comes out in a talk"),
        "documented": gettext("It is in a file or on paper"),
    }
    return words[weight]


def write_unit(unit: str) -> str:
    """What a series counts."""
    words: dict[str, str] = {
        "persons": gettext("persons"),
        "reports": gettext("reports"),
        "offences": gettext("registered offences"),
        "percent": gettext("per cent"),
    }
    return words[unit]


def write_form(guide: Guide, form: str, locale: Locale) -> str:
    """The name of a form of exploitation."""
    return str(gettext("other forms")) if form == OTHER else guide.facts.glossary[form].term[locale]


def write_number(number: int, locale: Locale) -> str:
    """A number with its groups of three."""
    return format_decimal(number, locale=locale.conventions)


def set_spaces(html: str, locale: Locale) -> str:
    """In French no line begins with a colon or ends with an opening quote: those spaces do not break."""
    if locale is not Locale.FR:
        return html
    return re.sub(r">[^<]+<", lambda text: re.sub(r" (?=[:;?!»])|(?<=«) ", "\u00a0", text[0]), html)
