"""Guide in, problems out: one short function per rule that authors must respect.

Does no input or output; today's date is an argument.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from ..errors import Problem
from ..model import Guide
from . import calls, cards, next_step, pages, practice, texts, tree
from .common import fact_file

WARN_BEFORE = timedelta(days=60)

Rule = Callable[[Guide], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    tree.translations_are_complete,
    tree.outline_names_every_page,
    tree.titles_are_unique,
    texts.fact_names_are_unique,
    texts.facts_name_known_sources,
    texts.texts_name_known_facts,
    texts.texts_hold_no_digits,
    texts.titles_are_plain_words,
    texts.links_lead_somewhere,
    texts.anchors_are_unique,
    texts.markup_is_plain,
    pages.pages_name_known_things,
    pages.lists_are_whole,
    pages.contacts_leave_a_name_free,
    pages.sign_lists_have_a_group,
    pages.questions_stand_on_their_page,
    pages.there_is_a_district,
    pages.shares_are_of_known_forms,
    calls.calls_are_decided,
    pages.translations_have_the_same_parts,
    next_step.questions_lead_to_outcomes,
    next_step.outcomes_help,
    next_step.next_pages_follow_the_facts,
    tree.dates_are_not_ahead,
    texts.keywords_are_words,
    texts.search_words_lead_somewhere,
    pages.role_cards_are_short,
    pages.contact_lines_are_short,
    tree.frame_has_what_it_needs,
    cards.cards_are_whole,
    cards.cards_are_in_their_script,
    cards.cards_agree_with_the_source,
    cards.cards_name_what_can_be_shown,
    practice.practice_names_known_things,
    practice.conversations_end,
    practice.practice_pages_follow_the_facts,
)


def check_guide(guide: Guide) -> list[Problem]:
    """Every problem of the guide, sorted by file and line."""
    return sorted({problem for rule in RULES for problem in rule(guide)})


def overdue_reviews(guide: Guide, today: date) -> list[Problem]:
    """What must be read or compared with its source again, within sixty days or already. No reason to stop."""
    found = []
    for page in guide.all_pages():
        if page.review_by - WARN_BEFORE <= today:
            found.append(Problem(page.file, 1, f"to be reviewed by {page.review_by}", "Read it and set both dates."))
    for kind, name, fact in guide.facts.dated():
        if fact.review_by - WARN_BEFORE <= today:
            what = f'"{name}" is to be compared with its source by {fact.review_by}'
            found.append(Problem(fact_file(kind), fact.line, what))
    return sorted(found)
