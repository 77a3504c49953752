"""What the index promises; what a reader finds with it is in `tests/browser/test_search.py`."""

import json
from pathlib import Path

import pytest

from guide import Guide, Locale, create_app, load_guide, plain_reader
from guide.search import search_documents, word_index
from guide.search.documents import KEYWORD, sought_pages

from .conftest import ROOT, real_guide


def index_of(guide: Guide, locale: Locale) -> str:
    app = create_app(guide, ROOT / "static", "https://guide.example")
    return app.test_client().get(f"/{locale}/search.json").text


def test_documents_are_plain_words_with_their_facts(small_guide: Guide) -> None:
    plain = plain_reader(create_app(small_guide, ROOT / "static", "https://guide.example"), small_guide)
    documents = search_documents(small_guide, Locale.DE, lambda text: plain(text, Locale.DE))
    steps = next(page for page in documents if page.path == "steps/police")
    texts = " ".join(field.text for field in steps.fields)
    assert "45 Tage" in texts and "<" not in texts


def texts_of(guide: Guide, path: str) -> dict[float, str]:
    """The words of a page as the search gets them, by what they count."""
    (document,) = (each for each in search_documents(guide, Locale.NL, lambda text: text.source) if each.path == path)
    return {
        weight: "|".join(field.text for field in document.fields if field.weight == weight)
        for weight in {field.weight for field in document.fields}
    }


def test_the_cards_are_found_by_every_name_of_their_languages() -> None:
    guide = real_guide()
    words = texts_of(guide, "cards")[KEYWORD].split("|")
    for language in guide.shown_cards():
        assert {language.own, language.names[Locale.NL], *language.also} <= set(words)
    drafts = [language for language in guide.cards.values() if not language.published]
    assert not {language.names[Locale.NL] for language in drafts} & set(words)


def test_every_text_that_a_page_shows_is_in_its_document() -> None:
    guide = real_guide()
    for page in sought_pages(guide, Locale.NL):
        found = "|".join(texts_of(guide, page.path).values())
        for text in page.texts():
            assert text.source in found, (page.path, text.source)


@pytest.mark.parametrize("locale", list(Locale))
def test_the_index_names_every_page_once_and_holds_no_sentence(small_guide: Guide, locale: Locale) -> None:
    index = json.loads(index_of(small_guide, locale))
    expected = [path for path in small_guide.outline.paths() if path != "search" and not path.startswith("next/")]
    assert [page[0] for page in index["pages"]] == expected
    assert ["tel:+3278055800", "078 055 800"] in [page[2:] for page in index["pages"]]
    assert small_guide.page(locale, "home").summary.source not in json.dumps(index, ensure_ascii=False)


def test_the_same_guide_makes_the_same_bytes(small_guide: Guide) -> None:
    assert index_of(small_guide, Locale.DE) == index_of(small_guide, Locale.DE)


def test_search_words_lead_to_their_pages(small_content: Path) -> None:
    words = small_content / "facts" / "search-words.yaml"
    words.write_text(words.read_text(encoding="utf-8").replace("ondervraging", "kruisverhoor"), encoding="utf-8")
    guide, problems = load_guide(small_content)
    assert problems == []
    assert "kruisverhoor" in index_of(guide, Locale.NL)
    assert "kruisverhoor" not in index_of(guide, Locale.FR)


def test_the_index_from_a_to_z_has_pages_and_the_terms_of_every_language() -> None:
    guide = real_guide()
    letters = word_index(guide, Locale.NL)
    entries = {entry.text: entry for group in letters.values() for entry in group}
    assert entries["Payoke"].url == "/nl/contacts/payoke/"
    assert entries["Service des Tutelles"].locale == Locale.FR
    assert entries["Service des Tutelles"].url == "/nl/topics/glossary/#guardianship-service"
    assert any(text.startswith("OCMW") for text in entries)
    assert list(letters) == sorted(letters)
