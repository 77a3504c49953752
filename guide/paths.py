"""The places of “next step” in, every way through them out, and the document that shows them all.

Does no input or output.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from .model import NOT_SURE, Guide


class Place(Protocol):
    """A question, a turn or an end: where each answer leads."""

    @property
    def answers(self) -> Mapping[str, str]:
        """The place behind each answer; none at an end."""


Places = Mapping[str, Place]


class Path(NamedTuple):
    """A way through the questions: each question with the answer given, and the place where it ends."""

    answers: tuple[tuple[str, str], ...]
    end: str


def all_paths(places: Places) -> Iterator[Path]:
    """Every way from the first question; a way ends at an outcome, at an unknown place, or where it would go round."""
    if places:
        yield from _paths_from(next(iter(places)), (), places)


def _paths_from(name: str, answers: tuple[tuple[str, str], ...], places: Places) -> Iterator[Path]:
    place = places.get(name)
    if place is None or not place.answers or name in (question for question, _ in answers):
        yield Path(answers, name)
        return
    for answer, target in place.answers.items():
        yield from _paths_from(target, (*answers, (name, answer)), places)


def places_reached(places: Places) -> frozenset[str]:
    """Every place some way comes by, the first question included."""
    reached: set[str] = set()
    waiting = [next(iter(places))] if places else []
    while waiting:
        name = waiting.pop()
        if name in places and name not in reached:
            reached.add(name)
            waiting += places[name].answers.values()
    return frozenset(reached)


def document(guide: Guide) -> str:
    """docs/next-step.md: the questions as a diagram, and every path with its outcome."""
    places = guide.facts.next
    paths = sorted(all_paths(places), key=lambda path: len(path.answers))
    longest = max((len(path.answers) for path in paths), default=0)
    rows = [
        f"| {number} | {' → '.join(f'{question}: *{answer}*' for question, answer in path.answers)} | **{path.end}** |"
        for number, path in enumerate(paths, 1)
    ]
    return "\n".join(
        [
            "# The next step, drawn",
            "",
            "Written by `python build.py paths > docs/next-step.md` from `content/facts/next.yaml`; a test compares.",
            f"{_count(places)}, {len(paths)} paths, at most {longest} questions on a path. Dashed: *{NOT_SURE}*.",
            "",
            "```mermaid",
            "flowchart TD",
            *_diagram(places),
            "```",
            "",
            "| | Answers | Outcome |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def _count(places: Places) -> str:
    questions = sum(1 for place in places.values() if place.answers)
    return f"{questions} questions, {len(places) - questions} outcomes"


def _diagram(places: Places) -> Iterator[str]:
    for name, place in places.items():
        yield f'  {name}{{"{name}"}}' if place.answers else f'  {name}(["{name}"])'
    for name, place in places.items():
        for answer, target in place.answers.items():
            yield f"  {name} -.->|{answer}| {target}" if answer == NOT_SURE else f"  {name} -->|{answer}| {target}"
