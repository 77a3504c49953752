"""Which kind of page a file of `content/<locale>/` is."""

from collections.abc import Mapping

from .contacts import ContactPage
from .next import Ask, Outcome
from .pages import About, News, Page, Role, SignList, Steps, Talk, Topic
from .practice import ChecksPage, ConversationPage, Learn, ScenePage

# The folder a file lies in decides what it is; files beside the folders are named here.
KINDS: Mapping[str, type[Page]] = {
    "roles": Role,
    "signs": SignList,
    "talk": Talk,
    "steps": Steps,
    "contacts": ContactPage,
    "cases": Topic,
    "topics": Topic,
    "about": About,
    "news": News,
    "next": Ask,  # or Outcome, when it has actions
    "learn": Learn,  # or a scene, a conversation or checks, by the field that only these have
}
FIELDS: Mapping[tuple[str, str], type[Page]] = {
    ("next", "actions"): Outcome,
    ("learn", "moments"): ScenePage,
    ("learn", "turns"): ConversationPage,
    ("learn", "questions"): ChecksPage,
}
"""A page of that folder with that field is of another kind than the rest of it."""
NOT_SOUGHT: tuple[type[Page], ...] = (Ask, Outcome, Learn, ScenePage, ConversationPage, ChecksPage)
"""Pages that the search does not lead to, beside its own: stories and questions would hide the rules."""
