"""What the rules share: walking the texts, and telling an unknown name with the nearest known one."""

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from ..errors import Problem
from ..model import (
    Guide,
    Page,
    Text,
)


def texts_of(guide: Guide) -> Iterator[tuple[Page, Text]]:
    """Every text of the guide, with its page."""
    for page in guide.all_pages():
        for text in page.texts():
            yield page, text


def fact_file(kind: str) -> str:
    """The file in which the facts of that kind stand."""
    return f"content/facts/{kind}.yaml"


def known(name: str | None, names: Collection[str], kind: str, file: str, line: int) -> Iterator[Problem]:
    """A problem when a name is none of the names there are; None is no name."""
    if name is not None and name not in names:
        yield Problem(file, line, f'unknown {kind} "{name}"', nearest(name, names))


def nearest(name: str, names: Collection[str]) -> str:
    """A question whether the most similar name was meant; empty when none is similar."""
    near = get_close_matches(name, names, n=1)
    return f'Did you mean "{near[0]}"?' if near else ""


def same(expected: Collection[str], found: Collection[str], kind: str, page: Page, field: str) -> Iterator[Problem]:
    """A problem for each name that a field of a page lacks, or has and should not."""
    line = page.line_of(field)
    for name in sorted(set(expected) - set(found)):
        yield Problem(page.file, line, f'{kind} "{name}" is missing', "The facts name it.")
    for name in sorted(set(found) - set(expected)):
        hint = nearest(name, expected) or "Add it to the facts first."
        yield Problem(page.file, line, f'unknown {kind} "{name}"', hint)


def role_names(guide: Guide) -> list[str]:
    """The role cards in the order of the outline, whether or not their files could be read."""
    return [path.removeprefix("roles/") for path in guide.outline.paths() if path.startswith("roles/")]
