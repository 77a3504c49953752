"""Practice: scenes, conversations and checks, as facts that hold in every language and as pages of their words."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from .base import Fact, Line, Name, Value
from .pages import Page, Phase


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


# ── The same in words ──────────────────────────────────────────────────────────────────────────────────────


class Learn(Page):
    """A page about practice itself: a plan for a session, the confirmation, or the way for trainers."""

    kind: ClassVar[str] = "learn"
    shows: Literal["trainer", "confirmation"] | None = None
    plan: Name | None = None
    phases: Mapping[Name, Phase] = {}


class Choice(Value):
    """What a reader may say, and what there is to say about it."""

    say: Line
    why: Line


class SceneMoment(Value):
    """A moment of a scene in words: the story, the choices, what was there, what else it could have meant."""

    text: Line
    choices: Mapping[Name, Choice]
    was: Line
    also: Line | None = None


class ScenePage(Page):
    """A scene in words; the body is for who leads a group."""

    kind: ClassVar[str] = "scene"
    moments: Mapping[Name, SceneMoment]
    now: Annotated[tuple[Line, ...], Field(min_length=1)]
    discuss: tuple[Line, ...] = ()


class TurnWords(Value):
    """A turn of a conversation in words: what one sees and hears, the choices; at an end, what to do now."""

    scene: Line
    choices: Mapping[Name, Choice] = {}
    now: tuple[Line, ...] = ()


class ConversationPage(Page):
    """A conversation in words; the body is for who leads a group."""

    kind: ClassVar[str] = "conversation"
    turns: Mapping[Name, TurnWords]
    discuss: tuple[Line, ...] = ()


class Option(Value):
    """An answer to a check, and the reason why it is right or not."""

    text: Line
    why: Line


class CheckWords(Value):
    """A check in words."""

    ask: Line
    options: Mapping[Name, Option]


class ChecksPage(Page):
    """The checks on one subject."""

    kind: ClassVar[str] = "checks"
    questions: Annotated[Mapping[Name, CheckWords], Field(min_length=1)]
