"""A guide in, what a role can practise out: its way in three lengths, the counts, the mistakes and their checks.

Does no input or output.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .locales import Locale
from .model import LEARN, Guide

SHORT, MIDDLE, LONG = "practice-short", "practice-middle", "practice-long"
"""The plans in the facts for the three lengths of a way."""


class Way(NamedTuple):
    """What a role practises in one length: scenes and conversations by name, and how many checks on which pages."""

    plan: str
    scenes: tuple[str, ...]
    conversations: tuple[str, ...]
    checks: tuple[tuple[str, int], ...]


def ways_of(guide: Guide, role: str) -> tuple[Way, ...]:
    """The ways of a role, the shortest first; each holds the ones before it."""
    scenes = [name for name, scene in guide.facts.scenes.items() if role in scene.roles]
    conversations = tuple(name for name, each in guide.facts.conversations.items() if role in each.roles)
    checks = tuple(Counter(check.page for check in guide.facts.checks.values() if role in check.roles).items())
    # The plainest first: those that end in a call, then in a doubt, then in nothing.
    order = sorted(scenes, key=lambda name: ("call", "ask", "nothing").index(guide.facts.scenes[name].ends))
    return (
        Way(SHORT, tuple(order[:1]), (), checks[:1]),
        Way(MIDDLE, tuple(order[:2]), conversations[:1], checks[:3]),
        Way(LONG, tuple(order), conversations, checks),
    )


def counts(guide: Guide) -> Iterator[tuple[str, int, int, int]]:
    """Per role: scenes, conversations, checks that name it. The same in every language, since the check demands it."""
    for page in guide.section_pages(Locale.EN, "roles"):
        long = ways_of(guide, page.slug)[-1]
        yield page.slug, len(long.scenes), len(long.conversations), sum(number for _, number in long.checks)


def document(guide: Guide) -> str:
    """docs/practice.md: the counts per role and language, and for each mistake the checks about it."""
    languages = ", ".join(locale.value for locale in Locale)
    traps: dict[int, list[str]] = {}
    for name, check in guide.facts.checks.items():
        for trap in check.traps:
            traps.setdefault(trap, []).append(f"{name} ({check.page.removeprefix('check-')})")
    return "\n".join(
        [
            "# Practice",
            "",
            "Written by `build.py practice`; a test compares it with the content.",
            "",
            f"The same in {languages}: the check demands every page in every language, with the same parts.",
            "",
            "| Role | Scenes | Conversations | Checks that name it |",
            "|---|---|---|---|",
            *_rows(counts(guide)),
            "",
            f"In all: {len(guide.facts.scenes)} scenes, {len(guide.facts.conversations)} conversations,"
            f" {len(guide.facts.checks)} checks on {len(_check_pages(guide))} pages.",
            "",
            "## Mistakes that careless authors make, and the checks about them",
            "",
            "The numbers are those of the list of mistakes in the fact base that the content was written from.",
            "",
            "| Mistake | Checks |",
            "|---|---|",
            *_rows((trap, ", ".join(names)) for trap, names in sorted(traps.items())),
            "",
        ]
    )


def _check_pages(guide: Guide) -> Sequence[str]:
    return list(dict.fromkeys(f"{LEARN}/{check.page}" for check in guide.facts.checks.values()))


def _rows(rows: Iterator[tuple[object, ...]]) -> Iterator[str]:
    return (f"| {' | '.join(map(str, row))} |" for row in rows)
