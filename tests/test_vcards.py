"""The cards for the address book, read back as a telephone would."""

import re
from datetime import date
from pathlib import Path

import pytest

from guide import Locale
from guide.model import Contact
from guide.vcards import vcard
from tests.conftest import real_guide

Card = dict[str, list[str]]


def read_cards(data: bytes) -> list[Card]:
    """Unfolded, split and unescaped; properties by name without their parameters."""
    assert b"\n" not in data.replace(b"\r\n", b"") and b"\r" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert all(raw.decode("utf-8") is not None for raw in data.split(b"\r\n")), "a character is cut in two"
    cards: list[Card] = []
    for line in data.replace(b"\r\n ", b"").decode("utf-8").split("\r\n")[:-1]:
        name, _, value = line.partition(":")
        if line == "BEGIN:VCARD":
            cards.append({})
        parts = re.split(r"(?<!\\);", value)
        cards[-1][name.partition(";")[0]] = [re.sub(r"\\(.)", _unescape, part) for part in parts]
    return cards


def _unescape(match: re.Match[str]) -> str:
    return "\n" if match[1] in "nN" else match[1]


def contact(**changed: object) -> Contact:
    values = {
        "line": 1,
        "group": "centres",
        "phone": "+3232011690",
        "hours": "always",
        "sources": ("law",),
        "checked_on": date(2026, 1, 2),
        "review_by": date(2027, 1, 2),
    }
    return Contact.model_validate(values | changed)


def test_what_would_end_a_value_is_escaped_and_comes_back() -> None:
    note = "Één; twee, drie \\ vier\nvijf " + "à" * 200
    name = "A; B, C \\ D: E"
    (card,) = read_cards(vcard(contact(), name=name, note=note, web="example.org"))
    assert card["FN"] == [name] and card["N"] == [name, "", "", "", ""]
    assert card["NOTE"] == [note]
    assert card["TEL"] == ["+3232011690"]
    assert card["URL"] == ["https://example.org"]
    assert (card["BEGIN"], card["VERSION"], card["END"]) == (["VCARD"], ["3.0"], ["VCARD"])


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("Leguit 4", "2000 Antwerpen"), ["", "", "Leguit 4", "Antwerpen", "", "2000", ""]),
        (("Postbus; 1, x",), ["", "", "Postbus; 1, x", "", "", "", ""]),
    ],
)
def test_an_address_is_street_town_and_code(lines: tuple[str, ...], expected: list[str]) -> None:
    (card,) = read_cards(vcard(contact(address=lines), name="x", note="x", web=None))
    assert card["ADR"] == expected


@pytest.mark.parametrize("locale", list(Locale))
def test_every_contact_of_the_guide_has_its_card_and_all_are_in_one(locale: Locale, dist: Path) -> None:
    guide = real_guide()
    folder = dist / locale / "contacts"
    cards = read_cards((folder / "all.vcf").read_bytes())
    assert [card["TEL"] for card in cards] == [[each.phone] for each in guide.facts.contacts.values()]
    for (name, each), card in zip(guide.facts.contacts.items(), cards, strict=True):
        assert read_cards((folder / f"{name}.vcf").read_bytes()) == [card]
        assert card["FN"] == [guide.page(locale, f"contacts/{name}").title]
        assert card.get("EMAIL", [None]) == [each.email]
        assert f'href="/{locale}/contacts/{name}.vcf"' in (folder / name / "index.html").read_text(encoding="utf-8")
    assert f'href="/{locale}/contacts/all.vcf"' in (folder / "index.html").read_text(encoding="utf-8")


def test_cards_are_stored_with_their_language(dist: Path) -> None:
    for locale in Locale:
        (listing,) = (path for path in (dist / "offline").glob(f"{locale}.*.json"))
        text = listing.read_text(encoding="utf-8")
        assert f'"/{locale}/contacts/all.vcf"' in text and f'"/{locale}/contacts/payoke.vcf"' in text
        assert "text/vcard; charset=utf-8" in text
