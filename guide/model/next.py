"""“Next step”: its questions and outcomes, as facts that hold in every language and as pages that put them in words."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from .base import Fact, Line, Name, Value
from .pages import Page


class NextAction(Value):
    """One thing to do at an outcome: whom to call and which paper belongs to it, if any."""

    id: Name
    call: Name | None = None
    document: Name | None = None


class NextPlace(Fact):
    """A place of “next step”: a question, whose answers lead on, or an outcome with its actions in order.

    The sources are those of the rule: why this is asked, or why this is to be done.
    """

    answers: Mapping[Name, Name] = {}
    calls: tuple[Name, ...] = ()
    actions: tuple[NextAction, ...] = ()
    see: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_question_or_outcome(self) -> Self:
        if bool(self.answers) == bool(self.actions):
            raise ValueError("write either answers (a question) or actions (an outcome)")
        if self.calls and not self.answers:
            raise ValueError("calls are for questions; an action has a call of its own")
        if self.see and not self.actions:
            raise ValueError("see is for outcomes")
        return self


class Ask(Page):
    """A question of “next step”: its title asks, its summary says why; the words of its answers."""

    kind: ClassVar[str] = "ask"
    answers: Annotated[Mapping[Name, Line], Field(min_length=2)]


class Outcome(Page):
    """Where the questions of “next step” end: what to do, in the order of the facts."""

    kind: ClassVar[str] = "outcome"
    actions: Annotated[Mapping[Name, Line], Field(min_length=1)]
