"""The cards for the person: `content/cards/` as values."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import (
    StringConstraints,
    model_validator,
)

from .base import Localised, Name, Value


class CardLanguage(Value):
    """The cards in one language of the persons: `content/cards/<tag>.yaml`, what it says and how sure we are of it.

    `back_translation` is the translator's own English of what the sentences say; `second_reading` is what another
    reader took them to say, who saw the sentences alone, in random order. Both let an editor judge what cannot be read.
    `doubts` are what a native reader should look at first. Unpublished languages are drafts that no reader gets.
    """

    file: str
    lines: Mapping[str, int]
    tag: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
    own: Annotated[str, StringConstraints(min_length=2)]
    names: Localised
    also: tuple[str, ...] = ()
    direction: Literal["ltr", "rtl"]
    script: str
    voices: tuple[str, ...] = ()
    translator: Literal["machine", "person"]
    reviewed_by: str | None = None
    reviewed_on: date | None = None
    published: bool = True
    sentences: Mapping[Name, str]
    back_translation: Mapping[Name, str]
    second_reading: Mapping[Name, str] = {}
    doubts: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _review_has_a_name_and_a_day(self) -> Self:
        if (self.reviewed_by is None) != (self.reviewed_on is None):
            raise ValueError("write both reviewed_by and reviewed_on, or none of them")
        return self

    @property
    def url(self) -> str:
        """The address of its page, the same for readers of every locale."""
        return f"/cards/{self.tag}/"

    @property
    def lang(self) -> str:
        """Its language tag for browsers: with the script where the tag alone leaves it open."""
        return f"{self.tag}-{self.script}" if self.tag in ("zh", "sr", "pa") else self.tag

    def line_of(self, *key: str) -> int:
        """The line of a value in its file, or of what it would stand in."""
        return self.lines.get(".".join(key)) or self.lines.get(key[0], 1)
