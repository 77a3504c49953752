"""A contact in, a card for the telephone's address book out.

Version 3.0 (RFC 2426), since old telephones read no later one. Does no input or output; the words come in ready.
"""

import re
from collections.abc import Iterable

from .model import Contact

LONGEST = 75
"""Bytes a line may have before it is folded."""


def vcard(contact: Contact, *, name: str, note: str, web: str | None) -> bytes:
    """One card. `name` and `note` are in the reader's language, `web` is the site without https://."""
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"FN:{escape(name)}",
        f"N:{escape(name)};;;;",
        f"ORG:{escape(name)}",
        f"TEL;TYPE=WORK,VOICE,PREF:{contact.phone}",
    ]
    if contact.email:
        lines.append(f"EMAIL;TYPE=INTERNET:{escape(contact.email)}")
    if web:
        lines.append(f"URL:https://{web}")
    if contact.address:
        lines.append(_address(contact.address))
    lines += [f"NOTE:{escape(note)}", f"REV:{contact.checked_on.isoformat()}", "END:VCARD"]
    return b"".join(_folded(line) for line in lines)


def all_vcards(cards: Iterable[bytes]) -> bytes:
    """Several cards in one file."""
    return b"".join(cards)


def escape(text: str) -> str:
    """A text as a value: backslash, comma, semicolon and line break do not end it."""
    text = re.sub(r"([\\,;])", r"\\\1", text)
    return re.sub(r"\r\n|\r|\n", r"\\n", text)


def _address(lines: tuple[str, ...]) -> str:
    """Street, town and postal code where the last line has one; otherwise everything as the street."""
    town = re.fullmatch(r"(\d{4}) (.+)", lines[-1])
    street = ", ".join(lines[:-1] if town else lines)
    code, place = town.groups() if town else ("", "")
    return f"ADR;TYPE=WORK:;;{escape(street)};{escape(place)};;{code};"


def _folded(line: str) -> bytes:
    """The line with its end, in pieces of at most 75 bytes that cut no character."""
    pieces, piece, room = [], b"", LONGEST
    for character in line:
        encoded = character.encode()
        if len(piece) + len(encoded) > room:
            pieces.append(piece)
            piece, room = b"", LONGEST - 1  # the space that begins a continued line counts
        piece += encoded
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"
