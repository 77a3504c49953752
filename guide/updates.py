"""Two states of a file in, what turns the one into the other out; and the same for all files of a part.

An *update* carries what changed of a part since the edition before, so that a phone which has that edition fetches
some hundred bytes where a page, or the whole search index, is changed in one place. `static/sw.js` applies it, and
keeps a result only if it has the hash of the list; so an update can be wrong, but never do wrong.

Its file is JSON: `list` holds the changes from the old list to the new one, `entries` maps the hash of each changed
file to the hash of the old one and the changes. *Changes* are a row of pieces: a text to insert, or
[start, length] of old bytes to copy.
"""

from collections.abc import Iterator, Sequence

Changes = list[str | list[int]]

GRAM = 12
"""Bytes that must be alike for a copy to be worth its two numbers; from 6 to 20 the size hardly changes."""


def changes(old: bytes, new: bytes) -> Changes:
    """The shortest row of pieces we can find quickly; both must be UTF-8, and no inserted text cuts a character."""
    places = _places(old)
    pieces: Changes = []
    begin = at = shift = 0  # `begin`: what is not told yet; `shift`: from the new to the old, in the last copy
    while at < len(new):
        start = _place(old, new, at, at + shift, places)
        if start is None:
            at += 1
            continue
        start, at, length = _widest(old, new, start, at, begin)
        if length < GRAM:
            at += max(length, 1)
            continue
        if at > begin:
            pieces.append(new[begin:at].decode())
        pieces.append([start, length])
        begin = at = at + length
        shift = start + length - begin
    if begin < len(new):
        pieces.append(new[begin:].decode())
    return pieces


def apply(old: bytes, pieces: Sequence[str | Sequence[int]]) -> bytes:
    """The new bytes."""
    return b"".join(
        piece.encode() if isinstance(piece, str) else old[piece[0] : piece[0] + piece[1]] for piece in pieces
    )


def _places(data: bytes) -> dict[bytes, int]:
    """Where each gram stands; the first place of those that stand more than once."""
    return {data[at : at + GRAM]: at for at in range(len(data) - GRAM, -1, -1)}


def _place(old: bytes, new: bytes, at: int, expected: int, places: dict[bytes, int]) -> int | None:
    """Where old bytes like those at a place of the new begin: as far on as in the last copy, or anywhere."""
    gram = new[at : at + GRAM]
    if expected >= 0 and len(gram) == GRAM and old[expected : expected + GRAM] == gram:
        return expected
    return places.get(gram)


def _widest(old: bytes, new: bytes, start: int, at: int, begin: int) -> tuple[int, int, int]:
    """The copy widened to both sides, as far as `begin`, and cut to whole characters: old place, new place, length."""
    while start > 0 and at > begin and old[start - 1] == new[at - 1]:
        start, at = start - 1, at - 1
    length = _alike(old, new, start, at)
    while length and _is_inside(new, at):
        start, at, length = start + 1, at + 1, length - 1
    while length and _is_inside(new, at + length):
        length -= 1
    return start, at, length


def _alike(old: bytes, new: bytes, start: int, at: int) -> int:
    """How many bytes are alike from there."""
    most = min(len(old) - start, len(new) - at)
    length = 0
    for step in _steps(most):
        while length + step <= most and old[start + length : start + length + step] == new[at + length :][:step]:
            length += step
    return length


def _steps(most: int) -> Iterator[int]:
    step = 1 << max(most.bit_length() - 1, 0)
    while step:
        yield step
        step >>= 1


def _is_inside(data: bytes, at: int) -> bool:
    """Whether a character goes on there."""
    return at < len(data) and data[at] & 0xC0 == 0x80
