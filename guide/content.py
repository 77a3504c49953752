"""`content/` in, Guide out, with a problem for everything that is not what it should be."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from .errors import GuideProblems, Problem
from .locales import Locale
from .markup import Renderer
from .model import (
    CARDS,
    FIELDS,
    HOME,
    KINDS,
    Article,
    CallRule,
    Card,
    CardLanguage,
    Check,
    Contact,
    Conversation,
    Count,
    Day,
    District,
    Duration,
    Facts,
    Guide,
    Home,
    Law,
    NextPlace,
    Outline,
    Page,
    Paper,
    Plan,
    QuestionFact,
    Scene,
    SearchWords,
    Section,
    Series,
    SignFact,
    SignGroup,
    SourceFact,
    Term,
    Text,
    page_url,
)
from .sources import Document, UnreadableFile, is_hidden, markdown_files, read_markdown, read_yaml

FACT_FILES: Mapping[str, type[BaseModel]] = {
    "contacts": Contact,
    "durations": Duration,
    "dates": Day,
    "counts": Count,
    "laws": Law,
    "articles": Article,
    "documents": Paper,
    "signs": SignFact,
    "questions": QuestionFact,
    "glossary": Term,
    "districts": District,
    "calls": CallRule,
    "figures": Series,
    "sign-groups": SignGroup,
    "search-words": SearchWords,
    "next": NextPlace,
    "sources": SourceFact,
}
# Of parts that a guide may do without.
MORE_FACT_FILES: Mapping[str, type[BaseModel]] = {
    CARDS: Card,
    "plans": Plan,
    "scenes": Scene,
    "conversations": Conversation,
    "checks": Check,
}


Model = TypeVar("Model", bound=BaseModel)


class Loaded(NamedTuple):
    """The guide as far as it could be read, and the problems of the files that could not."""

    guide: Guide
    problems: list[Problem]


def load_guide(folder: Path) -> Loaded:
    """The guide in that folder. Raises GuideProblems when even its outline or its facts cannot be read."""
    problems: list[Problem] = []
    outline = _load_outline(folder, problems)
    facts = _load_facts(folder, problems)
    cards = _load_cards(folder, problems)
    _refuse_strangers(folder, problems)
    if outline is None:
        raise GuideProblems(problems)
    pages: dict[Locale, dict[str, Page]] = {}
    unread: set[tuple[Locale, str]] = set()
    for locale in Locale:
        pages[locale] = {}
        for path in markdown_files(folder / locale):
            page_path = path.relative_to(folder / locale).with_suffix("").as_posix()
            try:
                pages[locale][page_path] = _load_page(path, folder, locale, page_path, outline)
            except UnreadableFile as error:
                problems += error.problems
                unread.add((locale, page_path))
    if facts is None:
        raise GuideProblems(problems)
    return Loaded(Guide(outline, facts, pages, frozenset(unread), cards), problems)


def _refuse_strangers(folder: Path, problems: list[Problem]) -> None:
    """A problem for every file that nothing would read, since its author believes it is in the guide."""
    read = {"guide.yaml", *(f"facts/{name}.yaml" for name in (*FACT_FILES, *MORE_FACT_FILES))}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        is_page = name.split("/")[0] in set(Locale) and path.suffix == ".md"
        is_card = path.parent == folder / CARDS and path.suffix == ".yaml"
        if path.is_file() and not is_page and not is_card and name not in read and not is_hidden(path, folder):
            hint = "Pages are <locale>/….md, facts are: " + ", ".join(sorted(read - {"guide.yaml"})) + "."
            problems.append(Problem(f"content/{name}", 1, "nothing reads this file", hint))


def _load_outline(folder: Path, problems: list[Problem]) -> Outline | None:
    try:
        document = read_yaml(folder / "guide.yaml", folder)
        return _validated(Outline, document.values, document)
    except UnreadableFile as error:
        problems += error.problems
        return None


def _load_facts(folder: Path, problems: list[Problem]) -> Facts | None:
    files: dict[str, dict[str, BaseModel]] = {}
    more = {name: kind for name, kind in MORE_FACT_FILES.items() if (folder / "facts" / f"{name}.yaml").exists()}
    for name, kind in {**FACT_FILES, **more}.items():
        files[name] = {}
        try:
            document = read_yaml(folder / "facts" / f"{name}.yaml", folder)
        except UnreadableFile as error:
            problems += error.problems
            continue
        for fact, values in document.values.items():
            if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", fact):
                hint = "Small letters, digits and hyphens."
                problems.append(Problem(document.file, document.line_of((fact,)), f'"{fact}" cannot be a name', hint))
                continue
            try:
                files[name][fact] = _validated(kind, _with_line(values, document, fact), document, (fact,))
            except UnreadableFile as error:
                problems += error.problems
    if problems:
        return None
    return Facts.model_validate({name.replace("-", "_"): facts for name, facts in files.items()})


def _load_cards(folder: Path, problems: list[Problem]) -> dict[str, CardLanguage]:
    languages: dict[str, CardLanguage] = {}
    for path in sorted((folder / CARDS).glob("*.yaml")):
        if is_hidden(path, folder):
            continue
        try:
            document = read_yaml(path, folder)
            lines = {".".join(map(str, key)): line for key, line in document.lines.items()}
            values = {**document.values, "tag": path.stem, "file": document.file, "lines": lines}
            languages[path.stem] = _validated(CardLanguage, values, document)
        except UnreadableFile as error:
            problems += error.problems
    return languages


def _with_line(values: object, document: Document, fact: str) -> object:
    return {**values, "line": document.line_of((fact,))} if isinstance(values, dict) else values


def _load_page(path: Path, folder: Path, locale: Locale, page_path: str, outline: Outline) -> Page:
    document = read_markdown(path, folder)
    values = {
        **document.values,
        "locale": locale,
        "path": page_path,
        "file": document.file,
        "lines": {key: document.line_of((key,)) for key in document.values},
        "body": document.body,
    }
    return _validated(_kind_of(page_path, document, outline), values, document, context=_renderers(locale))


def _kind_of(path: str, document: Document, outline: Outline) -> type[Page]:
    folder, _, slug = path.rpartition("/")
    if folder:
        if folder not in KINDS:
            hint = f"Pages lie in one of: {', '.join(KINDS)}."
            raise UnreadableFile(Problem(document.file, 1, f'unknown kind of page "{folder}"', hint))
        special = (kind for (of, field), kind in FIELDS.items() if of == folder and field in document.values)
        return next(special, KINDS[folder])
    if slug == HOME:
        return Home
    return Section if slug in {section.slug for section in outline.sections} else Page


@cache
def _renderers(locale: Locale) -> Mapping[str, Callable[[str], Text]]:
    """What makes texts of the fields of a page that hold words (model/base.py)."""
    renderer = Renderer(lambda path: page_url(locale, path.strip("/") or HOME))

    def located(render: Callable[[str, int], Text], text: str) -> Text:
        return render(str(text), getattr(text, "line", 1))

    return {"line": partial(located, renderer.line), "block": partial(located, renderer.block)}


def _validated(
    kind: type[Model],
    values: object,
    document: Document,
    at: tuple[str, ...] = (),
    context: Mapping[str, Any] | None = None,
) -> Model:
    try:
        return kind.model_validate(values, context=context)
    except ValidationError as error:
        raise UnreadableFile(*_problems_of(error, kind, document, at)) from None


def _problems_of(
    error: ValidationError, kind: type[BaseModel], document: Document, at: tuple[str, ...]
) -> Iterable[Problem]:
    for detail in error.errors(include_url=False):
        place = tuple(part for part in detail["loc"] if not str(part).startswith("["))  # [key], [times]: no place
        field = ".".join(str(part) for part in (*at, *place))
        line = document.line_of((*at, *place))
        match detail["type"]:
            case "extra_forbidden":
                known = sorted(set(kind.model_fields) - {"locale", "path", "file", "body", "line", "lines", "tag"})
                hint = f"Known here: {', '.join(known)}." if len(place) == 1 else "Remove it or mend its spelling."
                yield Problem(document.file, line, f'unknown key "{field}"', hint)
            case "missing":
                yield Problem(document.file, line, f'"{field}" is missing', "Every such entry needs it.")
            case _:
                what = detail["msg"].removeprefix("Value error, ")
                named = f'"{field}": ' if field else ""
                yield Problem(document.file, line, f"{named}{what[:1].lower()}{what[1:]}")
