"""Interface words: the messages of the templates against the catalogues, and the catalogues made ready for gettext.

Messages are English sentences in the templates; each locale, English included, has a catalogue of its own.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from .errors import Problem
from .locales import Locale

Message = str | tuple[str, ...]  # a sentence, or its singular and plural

HERE = Path(__file__).parent
CATALOGUES = HERE / "translations"
_METHODS = [
    ("templates/**.html", "jinja2.ext:babel_extract"),
    ("templates/**.webmanifest", "jinja2.ext:babel_extract"),
    ("*.py", "python"),
]
_OPTIONS = {"templates/**.html": {"silent": "false"}, "templates/**.webmanifest": {"silent": "false"}}
# A catalogue's header holds dates; one fixed day keeps the files the same until a word changes.
_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)


def check_catalogues(folder: Path = CATALOGUES) -> list[Problem]:
    """A problem for every message that a locale does not have, has empty or fuzzy, or has without need."""
    used = messages_used()
    return sorted(problem for locale in Locale for problem in _check(locale, folder, used))


def messages_used() -> dict[Message, tuple[str, int]]:
    """Every message of templates and code, with the file and line where it stands first."""
    found: dict[Message, tuple[str, int]] = {}
    for file, line, message, _, _ in extract_from_dir(HERE, _METHODS, _OPTIONS, directory_filter=_is_ours):
        found.setdefault(message if isinstance(message, str) else tuple(message[:2]), (f"guide/{file}", line))
    return found


def compile_catalogues(target: Path, folder: Path = CATALOGUES) -> None:
    """Write the catalogues for gettext below the target folder."""
    for locale in Locale:
        place = target / locale / "LC_MESSAGES"
        place.mkdir(parents=True)
        with (place / "messages.mo").open("wb") as file:
            write_mo(file, _read(locale, folder))


def update_catalogues(folder: Path = CATALOGUES) -> None:
    """Add the messages that are used and missing, drop those no longer used; translations stay, with their marks."""
    used = messages_used()
    for locale in Locale:
        old = _read(locale, folder) if _path(locale, folder).exists() else Catalog(locale=locale)
        new = Catalog(
            locale=locale,
            header_comment="# Words of the interface; the words of the pages are in content/.",
            project="field-guide",
            version="1",
            msgid_bugs_address="",
            last_translator="",
            language_team=locale.own_name,
            creation_date=_NO_DATE,
            revision_date=_NO_DATE,
            fuzzy=False,
        )
        for message, (file, _) in used.items():
            known = old.get(message if isinstance(message, str) else message[0])
            string = known.string if known else (message if locale is Locale.EN else "")
            flags = known.flags if known else ()  # what was marked fuzzy is still to be checked
            new.add(message, string, locations=[(file, None)], flags=flags)  # type: ignore[list-item]
        _path(locale, folder).parent.mkdir(parents=True, exist_ok=True)
        with _path(locale, folder).open("wb") as out:
            write_po(out, new, omit_header=False, sort_output=True, include_lineno=False, width=0)


def _check(locale: Locale, folder: Path, used: dict[Message, tuple[str, int]]) -> Iterator[Problem]:
    file = f"guide/translations/{locale}/LC_MESSAGES/messages.po"
    catalogue = _read(locale, folder)
    for message, (where, line) in used.items():
        entry = catalogue.get(_forms(message)[0])
        if entry is None or not all(_forms(entry.string)):
            hint = f"Run “build.py messages”, then fill it in {file}."
            yield Problem(where, line, f'"{_forms(message)[0]}" has no translation in {locale}', hint)
        elif entry.fuzzy:
            yield Problem(file, entry.lineno or 1, f'"{message}" is fuzzy', "Check it and take the mark away.")
        elif any(set(_placeholders(form)) != set(_placeholders(_forms(message)[0])) for form in _forms(entry.string)):
            yield Problem(file, entry.lineno or 1, f'"{message}" has other placeholders', "Keep every %(name)s.")
    known = {_forms(message)[0] for message in used}
    for entry in catalogue:
        if entry.id and _forms(entry.id)[0] not in known:
            hint = "Run “build.py messages”."
            yield Problem(file, entry.lineno or 1, f'"{_forms(entry.id)[0]}" is no longer used', hint)


def _forms(message: Message | list[str] | None) -> tuple[str, ...]:
    """Singular and plural, or the one form there is."""
    return (message,) if isinstance(message, str) else tuple(message or ())


def _placeholders(message: str) -> list[str]:
    return re.findall(r"%\((\w+)\)s|\{(\w+)\}", message)


def _read(locale: Locale, folder: Path) -> Catalog:
    with _path(locale, folder).open("rb") as file:
        return read_po(file, locale=locale)


def _path(locale: Locale, folder: Path) -> Path:
    return folder / locale / "LC_MESSAGES" / "messages.po"


def _is_ours(folder: str) -> bool:
    return not Path(folder).name.startswith((".", "_"))
