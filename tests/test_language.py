import shutil
from pathlib import Path

import pytest

from guide import Guide, Locale, create_app, load_guide, plain_reader, readability, unused_terms, word_counts
from guide.language import Plain

from .conftest import ROOT, SMALL


@pytest.fixture
def plain(small_guide: Guide) -> Plain:
    return plain_reader(create_app(small_guide, ROOT / "static", "https://guide.example"), small_guide)


def test_sentences_and_words_are_counted_with_their_facts(small_guide: Guide, plain: Plain) -> None:
    rows = {row.locale: row for row in readability(small_guide, ["steps"], plain)}
    assert set(rows) == set(Locale)
    assert rows[Locale.NL].sentences == 8
    assert rows[Locale.NL].longest == 9


def test_words_of_a_page_are_counted_in_every_locale(small_guide: Guide, plain: Plain) -> None:
    counts = {row.path: row for row in word_counts(small_guide, plain)}
    assert counts["signs/general"].is_even
    assert counts["home"].words[Locale.NL] == 10


def test_a_page_much_longer_than_its_translations_is_uneven(tmp_path: Path) -> None:
    content = Path(shutil.copytree(SMALL, tmp_path / "content"))
    page = content / "fr/steps/police.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nBeaucoup de mots en plus. " * 9, encoding="utf-8")
    guide, _ = load_guide(content)
    plain = plain_reader(create_app(guide, ROOT / "static", "https://guide.example"), guide)
    uneven = {row.path for row in word_counts(guide, plain) if not row.is_even}
    assert "steps/police" in uneven and "signs/general" not in uneven


def test_an_official_term_that_a_translation_does_not_use_is_noted(tmp_path: Path) -> None:
    content = Path(shutil.copytree(SMALL, tmp_path / "content"))
    words = ("Bel de voogden.", "Appelez les tuteurs.", "Rufen Sie den Betreuer an.", "Call the guardian.")
    for locale, text in zip(Locale, words, strict=True):
        page = content / locale / "home.md"
        page.write_text(page.read_text(encoding="utf-8") + text + "\n", encoding="utf-8")
    guide, _ = load_guide(content)
    plain = plain_reader(create_app(guide, ROOT / "static", "https://guide.example"), guide)
    (note,) = unused_terms(guide, plain)
    assert str(note).startswith('content/de/home.md:1: "voogd" stands in the Dutch, "Vormund" does not stand here.')


def test_a_plain_word_that_the_glossary_allows_is_no_reason_for_a_note(tmp_path: Path) -> None:
    content = Path(shutil.copytree(SMALL, tmp_path / "content"))
    facts = content / "facts/glossary.yaml"
    text = facts.read_text(encoding="utf-8")
    assert "guardian:\n  term:" in text
    facts.write_text(text.replace("guardian:\n", "guardian:\n  plain: {de: [Betreuer]}\n"), encoding="utf-8")
    words = ("Bel de voogden.", "Appelez les tuteurs.", "Rufen Sie den Betreuer an.", "Call the guardian.")
    for locale, word in zip(Locale, words, strict=True):
        page = content / locale / "home.md"
        page.write_text(page.read_text(encoding="utf-8") + word + "\n", encoding="utf-8")
    guide, _ = load_guide(content)
    plain = plain_reader(create_app(guide, ROOT / "static", "https://guide.example"), guide)
    assert list(unused_terms(guide, plain)) == []
