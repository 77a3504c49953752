import shutil
from pathlib import Path

from guide.catalogues import CATALOGUES, check_catalogues, update_catalogues


def spoil(folder: Path, old: str, new: str) -> list[str]:
    path = folder / "fr/LC_MESSAGES/messages.po"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return [str(problem) for problem in check_catalogues(folder)]


def copy(folder: Path) -> Path:
    return Path(shutil.copytree(CATALOGUES, folder / "translations"))


def test_every_message_is_translated_in_every_locale() -> None:
    assert check_catalogues() == []


def test_an_untranslated_message_is_a_problem(tmp_path: Path) -> None:
    (problem,) = spoil(copy(tmp_path), 'msgstr "Chercher"', 'msgstr ""')
    assert problem.startswith("guide/templates/base.html:")
    assert '"Search" has no translation in fr' in problem


def test_a_missing_message_is_a_problem(tmp_path: Path) -> None:
    problems = spoil(copy(tmp_path), 'msgid "Search"', 'msgid "Serch"')
    assert any('"Search" has no translation in fr' in problem for problem in problems)
    assert any('"Serch" is no longer used' in problem for problem in problems)


def test_a_lost_placeholder_is_a_problem(tmp_path: Path) -> None:
    (problem,) = spoil(copy(tmp_path), 'msgstr "Résultats : {count}"', 'msgstr "Résultats"')
    assert "has other placeholders" in problem


def test_bringing_them_up_to_date_approves_nothing(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    told = spoil(folder, 'msgid "Search"\n', '#, fuzzy\nmsgid "Search"\n')
    update_catalogues(folder)
    assert check_catalogues(folder)[0].what == '"Search" is fuzzy'
    assert len(told) == len(check_catalogues(folder)) == 1


def test_bringing_them_up_to_date_changes_nothing_that_is(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    update_catalogues(folder)
    for path in CATALOGUES.glob("*/LC_MESSAGES/messages.po"):
        assert (folder / path.relative_to(CATALOGUES)).read_text(encoding="utf-8") == path.read_text(encoding="utf-8")
