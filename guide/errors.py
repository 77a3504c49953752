"""Problems, which an author can repair, and errors, which we must repair.

GuideError
├── GuideProblems    the content has problems; carries them all
├── AssetError       a style sheet or script is not what the bundle understands
├── FreezeError      an address did not answer as a page should
└── PackError        dist/ cannot be packed
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """Where it is, what is wrong, and what to do about it."""

    file: str
    line: int
    what: str
    hint: str = ""

    def __str__(self) -> str:
        hint = f" {self.hint}" if self.hint else ""
        return f"{self.file}:{self.line}: {self.what}.{hint}"


class GuideError(Exception):
    """Something stopped the build."""


class GuideProblems(GuideError):
    """The content has problems; nothing may be written from it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class AssetError(GuideError):
    """A style sheet or script is not what the bundle understands."""


class FreezeError(GuideError):
    """An address of the guide did not answer as a page should."""


class PackError(GuideError):
    """The frozen guide cannot be packed for the phone."""
