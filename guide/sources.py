"""Files in, plain values out: YAML and front matter, every text carrying the line it stands on.

The only room of the compiler that opens files of `content/`; `content` says which.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

try:  # The parser written in C is eight times faster; every wheel of PyYAML has it, a build without libyaml has not.
    from yaml import CSafeLoader as FastLoader
except ImportError:
    from yaml import SafeLoader as FastLoader  # type: ignore[assignment]

from .errors import Problem
from .model import FACT_CLOSE, FACT_OPEN

Key = tuple[str | int, ...]


class LocatedText(str):
    """A string of a file that knows its line."""

    line: int

    def __new__(cls, text: str, line: int) -> "LocatedText":  # noqa: D102
        located = super().__new__(cls, text)
        located.line = line
        return located


@dataclass(frozen=True, slots=True)
class Document:
    """A file of the guide: its values, the line of each, and, for Markdown, the text below the front matter."""

    file: str
    values: Mapping[str, Any]
    lines: Mapping[Key, int]
    body: LocatedText

    def line_of(self, key: Key) -> int:
        """The line of the value at that key, or of the nearest thing around it."""
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key, 1)


class UnreadableFile(Exception):
    """A file is not what it should be; carries the problems."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(str(problem) for problem in problems))


def markdown_files(folder: Path) -> Iterator[Path]:
    """Every Markdown file below the folder, in one order on every machine, without hidden ones."""
    return (path for path in sorted(folder.rglob("*.md")) if not is_hidden(path, folder))


def is_hidden(path: Path, root: Path) -> bool:
    """Whether a name below the root begins with a dot, as those do that macOS (._x) and editors (.#x) put there."""
    return any(part.startswith(".") for part in path.relative_to(root).parts)


def read_markdown(path: Path, root: Path) -> Document:
    """Front matter and body of a Markdown file. Raises UnreadableFile."""
    file, text = _read(path, root)
    match = re.match(r"---\n(.*?\n)---[ ]*(?:\n|\Z)", text, re.DOTALL)
    if not match:
        raise UnreadableFile(
            Problem(file, 1, "no front matter", "The file begins with a line ---, its fields, and a line ---.")
        )
    if FACT_OPEN in text or FACT_CLOSE in text:
        raise UnreadableFile(Problem(file, 1, "a hidden character (U+E000 or U+E001)", "Type the text anew."))
    values, lines = _parse_yaml(match[1], file, first_line=2)
    body_line = text.count("\n", 0, match.end()) + 1
    return Document(file, values, lines, LocatedText(text[match.end() :], body_line))


def read_yaml(path: Path, root: Path) -> Document:
    """The values of a YAML file. Raises UnreadableFile."""
    file, text = _read(path, root)
    values, lines = _parse_yaml(text, file, first_line=1)
    return Document(file, values, lines, LocatedText("", 1))


def _read(path: Path, root: Path) -> tuple[str, str]:
    file = f"content/{path.relative_to(root).as_posix()}"
    try:
        return file, path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UnreadableFile(Problem(file, 1, "the file is missing")) from None
    except IsADirectoryError:
        raise UnreadableFile(Problem(file, 1, "this is a folder with the name of a file", "Rename it.")) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes().count(b"\n", 0, error.start) + 1
        raise UnreadableFile(Problem(file, line, "the text is not UTF-8", "Save it as UTF-8.")) from None


def _parse_yaml(text: str, file: str, *, first_line: int) -> tuple[dict[str, Any], dict[Key, int]]:
    try:
        for event in yaml.parse(text, Loader=_Loader):
            if getattr(event, "anchor", None) or (getattr(event, "tag", None) or "!") != "!":
                line = first_line + (event.start_mark.line if event.start_mark else 0)
                hint = "Write the value out; a text that begins with & * or ! stands between double quotes."
                raise UnreadableFile(Problem(file, line, "YAML anchors, aliases and tags are not used here", hint))
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        hint = "A text that holds ': ' or begins with { [ * & ! or a quote must stand between double quotes."
        raise UnreadableFile(Problem(file, line, f"not valid YAML: {error.problem}", hint)) from None
    except yaml.YAMLError as error:
        raise UnreadableFile(
            Problem(file, first_line, f"not valid YAML: {str(error).splitlines()[0]}", "A hidden character?")
        ) from None
    if not isinstance(node, yaml.MappingNode):
        raise UnreadableFile(Problem(file, first_line, "fields expected, each as name: value"))
    builder = _Builder(file, first_line)
    values = builder.mapping(node, ())
    if builder.problems:
        raise UnreadableFile(*builder.problems)
    return values, builder.lines


class _Loader(FastLoader):
    """YAML without its surprises: `no` and `on` are words, 12:30 is not a number."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 (PyYAML's interface)


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^(?:0|[1-9][0-9]{0,8})$"), list("0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|)$"), ["n", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:timestamp", re.compile(r"^\d{4}-\d{2}-\d{2}$"), list("0123456789"))


class _Builder:
    """Values and their lines out of a YAML tree, and a problem for every key that stands twice."""

    def __init__(self, file: str, first_line: int) -> None:
        self.file = file
        self.first_line = first_line
        self.lines: dict[Key, int] = {}
        self.problems: list[Problem] = []

    def build(self, node: yaml.Node, key: Key) -> object:
        self.lines.setdefault(key, self._line(node))
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, key)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*key, index)) for index, item in enumerate(node.value)]
        return self._scalar(node)

    def mapping(self, node: yaml.MappingNode, key: Key) -> dict[str, object]:
        values: dict[str, object] = {}
        for key_node, value_node in node.value:
            name = str(key_node.value)
            if name in values:
                what = f'"{name}" stands twice'
                self.problems.append(Problem(self.file, self._line(key_node), what, "Keep one of the two."))
            self.lines[(*key, name)] = self._line(key_node)
            values[name] = self.build(value_node, (*key, name))
        return values

    def _scalar(self, node: yaml.Node) -> object:
        match node.tag.rpartition(":")[2]:
            case "bool":
                return node.value == "true"
            case "int":
                return int(node.value)
            case "null":
                return None
            case "timestamp":
                return self._date(node)
        # The text of a block scalar begins on the line below its mark.
        below = 1 if getattr(node, "style", None) in ("|", ">") else 0
        return LocatedText(node.value, self._line(node) + below)

    def _date(self, node: yaml.Node) -> date | None:
        try:
            return date.fromisoformat(node.value)
        except ValueError:
            self.problems.append(Problem(self.file, self._line(node), f"there is no day {node.value}"))
            return None

    def _line(self, node: yaml.Node) -> int:
        return self.first_line + int(node.start_mark.line)
