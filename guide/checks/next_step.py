"""Rules on “next step”: every answer lands, nobody goes round, every outcome helps."""

from collections import Counter
from collections.abc import Iterator

from ..errors import Problem
from ..model import (
    NOT_SURE,
    Ask,
    Guide,
    NextPlace,
    Outcome,
)
from ..paths import all_paths, places_reached
from .common import fact_file, known, same

MOST_QUESTIONS = 7
"""Questions a reader may be asked on the way to an outcome of “next step”."""


def questions_lead_to_outcomes(guide: Guide) -> Iterator[Problem]:
    """Every answer lands, every place is reached, nobody goes round or is asked too much, “not sure” is possible."""
    places, file = guide.facts.next, fact_file("next")
    reached = places_reached(places)
    for name, place in places.items():
        for target in place.answers.values():
            yield from known(target, places, "question or outcome", file, place.line)
        if place.answers and NOT_SURE not in place.answers:
            hint = f"Add {NOT_SURE}: and where it leads."
            yield Problem(file, place.line, f'"{name}" has no answer “{NOT_SURE}”', hint)
        if name not in reached:
            yield Problem(file, place.line, f'no answer leads to "{name}"', "Lead to it, or take it out.")
    if places and not next(iter(places.values())).answers:
        yield Problem(file, 1, "the first entry is no question", "The first entry is where the reader begins.")
    for path in all_paths(places):
        first = path.answers[0][0] if path.answers else path.end
        if path.end in dict(path.answers):
            way = " → ".join((*(question for question, _ in path.answers), path.end))
            yield Problem(
                file, places[path.end].line, f"the questions go round: {way}", "An answer leads on, not back."
            )
        elif len(path.answers) > MOST_QUESTIONS:
            what = f'{len(path.answers)} questions on the way to "{path.end}"'
            yield Problem(file, places[first].line, what, f"At most {MOST_QUESTIONS}; ask less, or end earlier.")


def outcomes_help(guide: Guide) -> Iterator[Problem]:
    """An outcome has somebody to call; contacts, papers and pages that it names exist."""
    facts, file = guide.facts, fact_file("next")
    for name, place in facts.next.items():
        for contact in (*place.calls, *(action.call for action in place.actions)):
            yield from known(contact, facts.contacts, "contact", file, place.line)
        for action in place.actions:
            yield from known(action.document, facts.documents, "document", file, place.line)
        for path in place.see:
            yield from known(path, guide.outline.paths(), "page", file, place.line)
        if place.actions and not any(action.call for action in place.actions):
            yield Problem(
                file, place.line, f'outcome "{name}" names nobody to call', "Give one of its actions a call:."
            )
        for action_id, times in Counter(action.id for action in place.actions).items():
            if times > 1:
                yield Problem(file, place.line, f'action "{action_id}" stands twice', "Name each one differently.")
        if f"next/{name}" not in guide.outline.paths():
            hint = f"Write next/{name}.md and add it to guide.yaml."
            yield Problem(file, place.line, f'no page for "{name}"', hint)


def next_pages_follow_the_facts(guide: Guide) -> Iterator[Problem]:
    """A page of next/ has the answers or actions of the facts, and cites the sources of the rule."""
    for page in guide.all_pages():
        if not isinstance(page, Ask | Outcome):
            continue
        place = guide.facts.next.get(page.slug)
        if place is None:
            yield from known(page.slug, guide.facts.next, "question or outcome", page.file, 1)
            continue
        yield from _same_words(page, place)
        for source in sorted(set(place.sources) - set(page.sources)):
            what = f'source "{source}" of the rule is not cited'
            yield Problem(page.file, page.line_of("sources"), what, "content/facts/next.yaml names it.")


def _same_words(page: Ask | Outcome, place: NextPlace) -> Iterator[Problem]:
    match page:
        case Ask() if place.answers:
            yield from same(place.answers, page.answers, "answer", page, "answers")
        case Outcome() if place.actions:
            yield from same([action.id for action in place.actions], page.actions, "action", page, "actions")
        case _:
            ours, theirs = ("actions", "answers") if place.answers else ("answers", "actions")
            yield Problem(page.file, page.line_of(ours), f"{ours} instead of {theirs}", "See content/facts/next.yaml.")
