import pytest

from guide import Locale
from guide.analysis import empty_words, fold, forms, stem, words


def test_capitals_accents_and_soft_hyphens_make_no_difference() -> None:
    assert fold("RÉFLEXION") == fold("reflexion") == "reflexion"
    assert fold("Zu\u00adhälter") == "zuhalter"
    assert (fold("Straße"), fold("Œuvre")) == ("strasse", "oeuvre")


def test_words_are_letters_and_digits_and_a_single_letter_is_none() -> None:
    assert words("L’annexe 15, A-kaart; artikel 61/2") == ["annexe", "15", "kaart", "artikel", "61", "2"]


def test_vowels_that_are_written_as_marks_do_not_break_a_word() -> None:
    assert words("বাংলা, हिन्दी, ਪੰਜਾਬੀ") == ["বল", "हनद", "ਪਜਬ"]
    assert forms("हिन्दी") == [("हनद", "हिन्दी")]


def test_forms_keep_what_was_written_for_the_stem() -> None:
    assert forms("Zuhälter, l’été") == [("zuhalter", "zuhälter"), ("ete", "été")]


@pytest.mark.parametrize(
    ("locale", "alike"),
    [
        (Locale.NL, ["paspoort", "paspoorten"]),
        (Locale.NL, ["lopen", "loopt", "gelopen"]),
        (Locale.FR, ["impayé", "impayés"]),
        (Locale.DE, ["zuhälter", "zuhältern"]),
        (Locale.EN, ["trafficking", "trafficked", "traffickers"]),
    ],
)
def test_inflected_forms_share_their_stem(locale: Locale, alike: list[str]) -> None:
    assert len({stem(word, locale) for word in alike}) == 1


@pytest.mark.parametrize("locale", list(Locale))
def test_empty_words_are_folded_words(locale: Locale) -> None:
    assert [fold(word) for word in empty_words(locale)] == list(empty_words(locale))
