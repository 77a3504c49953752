"""A situation in, the contacts to call out, in order, and the rule that says so.

Does no input or output and knows no clock: which contacts are closed now is an argument. The element <who-to-call>
gives the same answers in the browser, from the list of decisions on its page.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import NamedTuple
from zoneinfo import ZoneInfo

from .model import CENTRE, PERSONS, SHELTER, WHERES, CallRule, Contact, Facts, Person, Where

BRUSSELS = ZoneInfo("Europe/Brussels")


class Situation(NamedTuple):
    """Who asks, where the person is (a district or a country), who the person is, and whether there is danger now."""

    role: str
    place: str
    person: Person
    danger: bool


class Answer(NamedTuple):
    """The name of the rule that fits, and the contacts in the order in which to call them."""

    rule: str
    contacts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """A row of the decisions as readers see them: one rule, the places in which it names these contacts."""

    name: str
    rule: CallRule
    places: tuple[str, ...]
    contacts: tuple[str, ...]

    def fits(self, situation: Situation) -> bool:
        """Whether the row answers that situation, unless an earlier one does."""
        return situation.place in self.places and _fits(self.rule, situation)


def places_of(facts: Facts) -> tuple[str, ...]:
    """Every place a reader may choose: the judicial districts, then the countries."""
    return (*facts.districts, *(where for where in WHERES if where != "belgium"))


def situations(facts: Facts, roles: Collection[str]) -> Iterator[Situation]:
    """Every combination of role, place, person and danger."""
    for role, place, person, danger in product(roles, places_of(facts), PERSONS, (False, True)):
        yield Situation(role, place, person, danger)


def decisions(facts: Facts) -> tuple[Decision, ...]:
    """The rules in their order, each once per list of contacts that it gives in different places."""
    rows = []
    for name, rule in facts.calls.items():
        places: dict[tuple[str, ...], list[str]] = {}
        for place in places_of(facts):
            if not rule.where or _where(facts, place) in rule.where:
                places.setdefault(_named(facts, rule, place), []).append(place)
        rows += [Decision(name, rule, tuple(found), contacts) for contacts, found in places.items()]
    return tuple(rows)


def find_answer(
    rows: Collection[Decision], situation: Situation, closed: Collection[str] = frozenset()
) -> Answer | None:
    """Who to call, those that are closed now after the others; None when no rule fits."""
    for row in rows:
        if row.fits(situation):
            return Answer(row.name, tuple(sorted(row.contacts, key=lambda name: name in closed)))
    return None


def closed_at(contacts: Mapping[str, Contact], moment: datetime) -> frozenset[str]:
    """The names of the contacts whose hours are known and do not hold that moment."""
    return frozenset(name for name, contact in contacts.items() if is_open(contact, moment) is False)


def is_open(contact: Contact, moment: datetime) -> bool | None:
    """Whether somebody answers at that moment by the hours in the facts; None when these are not known.

    Public holidays are not known to the facts. `moment` must know its time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("the moment must know its time zone")
    if isinstance(contact.hours, str):
        return True if contact.hours == "always" else None
    there = moment.astimezone(BRUSSELS)
    return any(there.isoweekday() in each.days and each.opens <= there.time() < each.closes for each in contact.hours)


def _fits(rule: CallRule, situation: Situation) -> bool:
    return (
        (rule.danger is None or rule.danger == situation.danger)
        and (not rule.persons or situation.person in rule.persons)
        and (not rule.roles or situation.role in rule.roles)
    )


def _where(facts: Facts, place: str) -> Where:
    return "belgium" if place in facts.districts else next(where for where in WHERES if where == place)


def _named(facts: Facts, rule: CallRule, place: str) -> tuple[str, ...]:
    """The rule's contacts in that place, each once; a district without a usual one has none in its place."""
    district = facts.districts.get(place)
    usual = {CENTRE: district.centre, SHELTER: district.shelter} if district else {CENTRE: None, SHELTER: None}
    return tuple(dict.fromkeys(name for each in rule.call if (name := usual.get(each, each))))


# ── For review ─────────────────────────────────────────────────────────────────────────────────────────────


def review_table(facts: Facts, roles: Collection[str]) -> str:
    """Every situation and its answer as a Markdown document, situations with the same answer in one row."""
    rows = decisions(facts)
    office = frozenset(name for name, contact in facts.contacts.items() if not isinstance(contact.hours, str))
    same: dict[tuple[bool, str, Answer, Answer], dict[str, list[str]]] = {}
    for situation in situations(facts, roles):
        found, later = find_answer(rows, situation), find_answer(rows, situation, office)
        if found is None or later is None:
            raise LookupError(f"no rule fits {situation}")
        by_role = same.setdefault((situation.danger, situation.person, found, later), {})
        by_role.setdefault(situation.role, []).append(situation.place)
    lines = [_REVIEW_HEAD]
    for (danger, person, found, later), by_role in same.items():
        by_places: dict[tuple[str, ...], list[str]] = {}
        for role, where in by_role.items():
            by_places.setdefault(tuple(where), []).append(role)
        for places, who in by_places.items():
            cells = (
                "yes" if danger else "no",
                person,
                _all_or(places, (*facts.districts,), "all districts"),
                _all_or(who, (*roles,), "all roles"),
                found.rule + (" (local number first)" if facts.calls[found.rule].local else ""),
                " → ".join(found.contacts),
                "the same" if later == found else " → ".join(later.contacts),
            )
            lines.append(f"| {' | '.join(cells)} |\n")
    return "".join(lines)


def _all_or(names: Collection[str], everything: Collection[str], words: str) -> str:
    rest = [name for name in names if name not in everything]
    return ", ".join([words, *rest] if set(everything) <= set(names) else names)


_REVIEW_HEAD = """# Who to call

Written by `build.py calls` from `content/facts/calls.yaml`; a test compares it with what the code answers. For review:
read a row as “in danger or not, this person, in these places, asked by these roles: call in this order”. *Closed* is
the order outside the hours of the contacts that have office hours. `adult`; `minor`: under age, or in doubt; `alone`: a
foreign minor without parents or guardian; `missing`: a minor who has disappeared.

| Danger | Person | Place | Role | Rule | Open | Closed |
|---|---|---|---|---|---|---|
"""
