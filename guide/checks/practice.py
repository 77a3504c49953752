"""Rules on practice: what it names exists, its words fit the facts, every way ends."""

from collections.abc import Iterator

from ..errors import Problem
from ..model import LEARN, Check, ChecksPage, Conversation, ConversationPage, Guide, Learn, Scene, ScenePage
from ..paths import all_paths, places_reached
from .common import fact_file, known, role_names, same

DEEPEST = 6
"""Choices on the longest way through a conversation: more, and nobody plays it twice."""


def practice_names_known_things(guide: Guide) -> Iterator[Problem]:
    """Roles, signs, contacts and pages that practice names exist, and everything has its page."""
    facts, paths, roles = guide.facts, guide.outline.paths(), role_names(guide)
    for kind, items in (("scenes", facts.scenes), ("conversations", facts.conversations), ("checks", facts.checks)):
        for name, fact in items.items():
            file = fact_file(kind)
            for role in fact.roles:
                yield from known(role, roles, "role", file, fact.line)
            for path in (fact.see,) if isinstance(fact.see, str) else fact.see:
                yield from known(path, paths, "page", file, fact.line)
            page = fact.page if isinstance(fact, Check) else name
            yield from known(f"{LEARN}/{page}", paths, "page", file, fact.line)
    for scene in facts.scenes.values():
        yield from known(scene.call, facts.contacts, "contact", fact_file("scenes"), scene.line)
        for moment in scene.moments:
            for sign in moment.there:
                yield from known(sign, facts.signs, "sign", fact_file("scenes"), scene.line)


def conversations_end(guide: Guide) -> Iterator[Problem]:
    """Every choice leads to a turn, every turn is reached, nobody goes round or is kept too long."""
    file = fact_file("conversations")
    for name, conversation in guide.facts.conversations.items():
        turns = conversation.turns
        for turn in turns.values():
            for target in turn.choices.values():
                yield from known(target, turns, "turn", file, conversation.line)
        for lost in sorted(set(turns) - places_reached(turns)):
            yield Problem(
                file, conversation.line, f'{name}: no choice leads to "{lost}"', "Lead to it, or take it out."
            )
        for path in all_paths(turns):
            if path.end in dict(path.answers):
                yield Problem(file, conversation.line, f'{name} goes round at "{path.end}"', "A choice leads on.")
            elif len(path.answers) > DEEPEST:
                yield Problem(file, conversation.line, f'{name}: {len(path.answers)} choices to "{path.end}"', "Fewer.")


def practice_pages_follow_the_facts(guide: Guide) -> Iterator[Problem]:
    """The words of a page are for the moments, turns, checks and choices of the facts, no more and no fewer."""
    facts = guide.facts
    for page in guide.all_pages():
        match page:
            case ScenePage():
                yield from known(page.slug, facts.scenes, "scene", page.file, 1)
                yield from _moments(page, facts.scenes.get(page.slug))
            case ConversationPage():
                yield from known(page.slug, facts.conversations, "conversation", page.file, 1)
                yield from _turns(page, facts.conversations.get(page.slug))
            case ChecksPage():
                expected = {name: check for name, check in facts.checks.items() if check.page == page.slug}
                yield from same(expected, page.questions, "check", page, "questions")
                for name, check in expected.items():
                    if words := page.questions.get(name):
                        yield from same(check.options, words.options, "option", page, "questions")
            case Learn(plan=str(plan)):
                yield from known(plan, facts.plans, "plan", page.file, page.line_of("plan"))
                if plan in facts.plans:
                    yield from same(facts.plans[plan].phases, page.phases, "phase", page, "phases")


def _moments(page: ScenePage, scene: Scene | None) -> Iterator[Problem]:
    if scene is None:
        return
    yield from same([each.id for each in scene.moments], page.moments, "moment", page, "moments")
    for moment in scene.moments:
        if words := page.moments.get(moment.id):
            yield from same(moment.choices, words.choices, "choice", page, "moments")


def _turns(page: ConversationPage, conversation: Conversation | None) -> Iterator[Problem]:
    if conversation is None:
        return
    yield from same(conversation.turns, page.turns, "turn", page, "turns")
    for name, turn in conversation.turns.items():
        if words := page.turns.get(name):
            yield from same(turn.choices, words.choices, "choice", page, "turns")
            if bool(turn.ends) != bool(words.now):
                yield Problem(page.file, words.scene.line, f'turn "{name}": now is for ends, and ends need it')
