"""What practice is made of in every language: scenes, conversations and checks, without their words."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from .base import Fact, Name, Value


class Moment(Value):
    """A moment of a scene: the signs that are there, and what a reader may say struck them.

    `sign`: it is one; `also`: it strikes, but says little; `no`: it says nothing, or is prejudice.
    """

    id: Name
    there: tuple[Name, ...] = ()
    choices: Annotated[Mapping[Name, Literal["sign", "also", "no"]], Field(min_length=2, max_length=4)]

    @model_validator(mode="after")
    def _signs_can_be_noticed(self) -> Self:
        if bool(self.there) != ("sign" in self.choices.values()):
            raise ValueError(f"moment {self.id}: a choice is a sign where signs are there, and only there")
        return self


class Scene(Fact):
    """A story in moments for some roles, whom to call at its end, and the pages that say more.

    `ends`: call (several signs), ask (a doubt) or nothing (nothing is wrong, and nobody is called).
    """

    roles: Annotated[tuple[Name, ...], Field(min_length=1)]
    ends: Literal["call", "ask", "nothing"]
    moments: Annotated[tuple[Moment, ...], Field(min_length=3, max_length=7)]
    call: Name | None = None
    see: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _calls_when_something_is_wrong(self) -> Self:
        if (self.call is None) != (self.ends == "nothing"):
            raise ValueError("write call: unless the scene ends in nothing")
        return self


class Turn(Value):
    """A turn of a conversation: what may be said, and to which turn it leads; or how it ends."""

    choices: Mapping[Name, Name] = {}
    ends: Literal["helped", "open", "lost"] | None = None

    @model_validator(mode="after")
    def _goes_on_or_ends(self) -> Self:
        if bool(self.choices) == bool(self.ends):
            raise ValueError("write either choices or ends")
        return self

    @property
    def answers(self) -> Mapping[Name, Name]:
        """Where each choice leads, as for the questions of “next step”."""
        return self.choices


class Conversation(Fact):
    """A conversation for some roles: its turns, the first one first."""

    roles: Annotated[tuple[Name, ...], Field(min_length=1)]
    turns: Annotated[Mapping[Name, Turn], Field(min_length=3)]
    see: tuple[str, ...] = ()


class Check(Fact):
    """A question on a rule: the page it stands on, its roles (everyone when none is named), which options are right.

    `traps` are the numbers of the mistakes in the fact base that it is about.
    """

    page: Name
    roles: tuple[Name, ...] = ()
    traps: tuple[int, ...] = ()
    options: Annotated[Mapping[Name, Literal["right", "wrong"]], Field(min_length=2, max_length=4)]
    see: str

    @model_validator(mode="after")
    def _has_a_right_option(self) -> Self:
        if "right" not in self.options.values():
            raise ValueError("no option is right")
        return self
