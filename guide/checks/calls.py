"""The rule on who to call: every situation is answered."""

from collections.abc import Iterator

from ..calls import decisions, find_answer, situations
from ..errors import Problem
from ..locales import Locale
from ..model import (
    CENTRE,
    CONTACTS,
    SHELTER,
    Guide,
    Section,
)
from .common import fact_file, known, role_names, same


def calls_are_decided(guide: Guide) -> Iterator[Problem]:
    """Each situation has one ordered list of at least two contacts that exist, and each rule a use and a reason."""
    facts, file = guide.facts, fact_file("calls")
    roles = role_names(guide)
    shelters = [(district.shelter, district.line) for district in facts.districts.values()]
    for shelter, line in shelters:
        yield from known(shelter, facts.contacts, "contact", fact_file("districts"), line)
    for rule in facts.calls.values():
        for contact in rule.call:
            yield from known(contact, (*facts.contacts, CENTRE, SHELTER), "contact", file, rule.line)
        for role in rule.roles:
            yield from known(role, roles, "role", file, rule.line)
    for locale in Locale:
        page = guide.pages[locale].get(CONTACTS)
        if isinstance(page, Section):
            yield from same(facts.calls, page.reasons, "reason", page, "reasons")
            for name in page.says:
                yield from known(name, facts.calls, "rule of calls", page.file, page.line_of("says"))
            for role in page.channels:
                yield from known(role, roles, "role", page.file, page.line_of("channels"))
    rows = decisions(facts)
    used = set()
    for situation in situations(facts, roles):
        answer = find_answer(rows, situation)
        words = f"{situation.role}, {situation.place}, {situation.person}, danger: {str(situation.danger).lower()}"
        if answer is None:
            yield Problem(file, 1, f"no rule fits: {words}", "End the table with a rule without conditions.")
            return
        used.add(answer.rule)
        if len(answer.contacts) < 2:
            hint = "Name another one for when nobody answers."
            yield Problem(file, facts.calls[answer.rule].line, f"only one contact: {words}", hint)
            return
        first = facts.contacts.get(answer.contacts[0])
        if first and first.hours == "unknown":
            what = f'"{answer.contacts[0]}" comes first, and its hours are unknown'
            yield Problem(file, facts.calls[answer.rule].line, what, "Put one first whose hours are known.")
            return
    for name, rule in facts.calls.items():
        if roles and name not in used:
            what = f'the rule "{name}" never answers'
            yield Problem(file, rule.line, what, "Earlier rules fit everything it fits; move it up, or take it out.")
