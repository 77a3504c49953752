"""Rules on kinds of page: they name what exists, hold the whole of a list, and are alike in every locale."""

import re
from collections.abc import Iterator
from datetime import date

from ..errors import Problem
from ..locales import SOURCE
from ..model import (
    ALL_CONTACTS,
    OTHER,
    About,
    ContactPage,
    ConversationPage,
    Guide,
    News,
    Page,
    Role,
    ScenePage,
    Section,
    SignList,
    Steps,
    Talk,
    Topic,
)
from .common import fact_file, known, same

OF_ITS_LANGUAGE = {"locale", "file", "lines", "title", "nav", "keywords", "reviewed_on", "review_by", "validated_on"}
"""Fields without texts that may differ between the languages of a page."""
NOW_WORDS = 15
"""Words a line of a role card may have (the reader holds the phone in one hand and looks at something else)."""


def pages_name_known_things(guide: Guide) -> Iterator[Problem]:
    """Sources, contacts, signs, steps, papers and periods that a page names exist."""
    facts = guide.facts
    for page in guide.all_pages():
        for source in page.sources:
            yield from known(source, facts.sources, "source", page.file, page.line_of("sources"))
        if isinstance(page, Role):
            steps = {path.removeprefix("steps/") for path in guide.pages[page.locale] if path.startswith("steps/")}
            for line in page.now:
                yield from known(line.call, facts.contacts, "contact", page.file, line.text.line)
            for contact in page.contacts:
                yield from known(contact, facts.contacts, "contact", page.file, page.line_of("contacts"))
            for sign in page.signs:
                yield from known(sign, facts.signs, "sign", page.file, page.line_of("signs"))
            yield from known(page.steps, steps, "page in steps/", page.file, page.line_of("steps"))
        if isinstance(page, News):
            unread = (path for locale, path in guide.unread if locale == page.locale)
            paths = (*guide.pages[page.locale], *unread)
            roles = {path.removeprefix("roles/") for path in paths if path.startswith("roles/")}
            for role in page.roles:
                yield from known(role, roles, "role", page.file, page.line_of("roles"))
        if isinstance(page, Steps):
            for step in page.steps:
                line_number = step.title.line
                yield from known(step.document, facts.documents, "document", page.file, line_number)
                yield from known(step.duration, facts.durations, "duration", page.file, line_number)
                for source in step.sources:
                    yield from known(source, facts.sources, "source", page.file, line_number)


def lists_are_whole(guide: Guide) -> Iterator[Problem]:
    """Signs, questions, papers and contacts stand in every locale exactly as in the facts."""
    facts = guide.facts
    groups = {sign.group for sign in facts.signs.values()}
    for page in guide.all_pages():
        if isinstance(page, SignList):
            group = {name for name, sign in facts.signs.items() if sign.group == page.slug}
            yield from same(group, page.signs, "sign", page, "signs")
        if isinstance(page, Talk) and page.slug == "questions":
            yield from same(facts.questions, page.questions, "question", page, "questions")
        if isinstance(page, Talk) and page.plan:
            yield from known(page.plan, facts.plans, "plan", page.file, page.line_of("plan"))
            if page.plan in facts.plans:
                yield from same(facts.plans[page.plan].phases, page.phases, "phase", page, "phases")
        if isinstance(page, Topic):
            for slug, expected, found, kind in (
                ("documents", facts.documents, page.documents, "document"),
                ("glossary", facts.glossary, page.terms, "term"),
                ("figures", facts.figures, page.charts, "chart"),
            ):
                if page.slug == slug:
                    yield from same(expected, found, kind, page, f"{kind}s")
                else:
                    for name in found:
                        yield from known(name, expected, kind, page.file, page.line_of(f"{kind}s"))
        if isinstance(page, ContactPage):
            yield from known(page.slug, facts.contacts, "contact", page.file, 1)
    for fact in facts.signs.values():
        yield from known(fact.group, facts.sign_groups, "list", fact_file("signs"), fact.line)
    for district in facts.districts.values():
        yield from known(district.centre, facts.contacts, "contact", fact_file("districts"), district.line)
    for group_name in sorted(groups):
        if f"signs/{group_name}" not in guide.outline.paths():
            hint = f"Write signs/{group_name}.md and add it to guide.yaml."
            yield Problem(fact_file("signs"), 1, f'no list for the signs of "{group_name}"', hint)
    for name, contact in facts.contacts.items():
        if f"contacts/{name}" not in guide.outline.paths():
            hint = f"Write contacts/{name}.md and add it to guide.yaml."
            yield Problem(fact_file("contacts"), contact.line, f'no page for the contact "{name}"', hint)


def contacts_leave_a_name_free(guide: Guide) -> Iterator[Problem]:
    """The card with all contacts has an address beside those of each."""
    if contact := guide.facts.contacts.get(ALL_CONTACTS):
        hint = "The card with all contacts has that address; name it otherwise."
        yield Problem(fact_file("contacts"), contact.line, f'a contact named "{ALL_CONTACTS}"', hint)


def sign_lists_have_a_group(guide: Guide) -> Iterator[Problem]:
    """A list of signs is about something that the facts say, by which readers find it."""
    for page in guide.all_pages():
        if isinstance(page, SignList) and page.slug not in guide.facts.sign_groups:
            hint = f"Say in {fact_file('sign-groups')} what it is about."
            yield Problem(page.file, 1, f'the facts have no list of signs "{page.slug}"', hint)


def questions_stand_on_their_page(guide: Guide) -> Iterator[Problem]:
    """The sample questions of the facts stand on one page, all of them."""
    for page in guide.all_pages():
        if isinstance(page, Talk) and page.questions and page.slug != "questions":
            hint = "Move them to talk/questions.md."
            yield Problem(page.file, page.line_of("questions"), "sample questions on another page than theirs", hint)


def there_is_a_district(guide: Guide) -> Iterator[Problem]:
    """The map and the choice of a place have something to show."""
    if not guide.facts.districts:
        yield Problem(fact_file("districts"), 1, "no district", "The map and the rules of calls need at least one.")


def shares_are_of_known_forms(guide: Guide) -> Iterator[Problem]:
    """The shares of a series are of terms of the glossary, or of all others."""
    for series in guide.facts.figures.values():
        for form in series.shares:
            yield from known(form, (*guide.facts.glossary, OTHER), "term", fact_file("figures"), series.line)


def translations_have_the_same_parts(guide: Guide) -> Iterator[Problem]:
    """Steps, role cards and sources are the same in every locale; only the words differ."""
    for page in guide.all_pages():
        source = guide.pages[SOURCE].get(page.path)
        if source is None or source is page or type(source) is not type(page):
            continue
        for field, part, ours, theirs in _parts(page, source):
            if ours != theirs:
                what = f"{part} differ from {source.file}"
                hint = f"There: {_shown(theirs)}. Here: {_shown(ours)}."
                yield Problem(page.file, page.line_of(field), what, hint)


def _parts(page: Page, source: Page) -> Iterator[tuple[str, str, object, object]]:
    """The field it stands in, what it is, ours, and the source's."""
    for field in type(page).model_fields:
        ours, theirs = getattr(page, field), getattr(source, field)
        if field not in OF_ITS_LANGUAGE and _is_no_words(ours) and _is_no_words(theirs):
            yield field, field if isinstance(ours, tuple) else f"values of {field}", ours, theirs
    yield "body", "named anchors", _named_anchors(page), _named_anchors(source)
    if isinstance(page, Steps) and isinstance(source, Steps):
        yield "steps", "steps", _step_shape(page), _step_shape(source)
    if isinstance(page, Role) and isinstance(source, Role):
        yield "now", "calls", [line.call for line in page.now], [line.call for line in source.now]
        yield "now", "the numbers of lines", _role_shape(page), _role_shape(source)
    if isinstance(page, Section) and isinstance(source, Section):
        yield "says", "first sentences", sorted(page.says), sorted(source.says)
        yield "channels", "channels", sorted(page.channels), sorted(source.channels)
    if isinstance(page, Topic) and isinstance(source, Topic) and page.slug not in ("documents", "glossary", "figures"):
        yield "documents", "documents", sorted(page.documents), sorted(source.documents)
        yield "terms", "terms", sorted(page.terms), sorted(source.terms)
        yield "charts", "charts", sorted(page.charts), sorted(source.charts)
    if isinstance(page, About) and isinstance(source, About):
        yield "ways", "ways", list(page.ways), list(source.ways)
    if isinstance(page, ScenePage | ConversationPage) and isinstance(source, ScenePage | ConversationPage):
        yield "discuss", "moments or turns, and the numbers of lines", _practice_shape(page), _practice_shape(source)
    if isinstance(page, Talk) and isinstance(source, Talk):
        yield "do", "the numbers of lines", _talk_shape(page), _talk_shape(source)


def _is_no_words(value: object) -> bool:
    """Whether a value is what is the same in every locale: a name, a day, a yes or no, or several names."""
    if isinstance(value, tuple):
        return all(isinstance(item, str) for item in value)
    return value is None or isinstance(value, str | bool | date)


def _practice_shape(page: ScenePage | ConversationPage) -> object:
    ends = [len(page.now)] if isinstance(page, ScenePage) else [len(turn.now) for turn in page.turns.values()]
    parts = page.moments if isinstance(page, ScenePage) else page.turns
    return list(parts), len(page.discuss), ends


def _named_anchors(page: Page) -> list[str]:
    return re.findall(r"\{#([^}]*)\}", page.body.source)


def _step_shape(page: Steps) -> list[str]:
    return [
        " ".join(filter(None, (step.id, step.document, step.duration, f"({', '.join(step.sources)})")))
        for step in page.steps
    ]


def _role_shape(page: Role) -> tuple[int, ...]:
    return len(page.now), len(page.do_not), len(page.next)


def _talk_shape(page: Talk) -> tuple[int, ...]:
    said = tuple(len(phase.say) for phase in page.phases.values())
    return len(page.do), len(page.do_not), len(page.say), len(page.do_not_say), *said


def _shown(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "none"
    return str(value).lower() if value is None or isinstance(value, bool) else str(value)


def role_cards_are_short(guide: Guide) -> Iterator[Problem]:
    """A line of a role card has at most fifteen words."""
    for page in guide.all_pages():
        if isinstance(page, Role):
            for text in (*(line.text for line in page.now), *page.do_not):
                words = len(re.findall(r"\w[\w’'-]*", text.source))
                if words > NOW_WORDS:
                    what = f"{words} words in a line of a role card"
                    yield Problem(page.file, text.line, what, f"At most {NOW_WORDS}; make two lines of it.")


def contact_lines_are_short(guide: Guide) -> Iterator[Problem]:
    """The purpose of a contact fits beside its call button."""
    for page in guide.all_pages():
        if isinstance(page, ContactPage) and len(page.purpose.source) > 60:
            what = f"purpose of {len(page.purpose.source)} characters"
            yield Problem(page.file, page.purpose.line, what, "At most sixty.")
