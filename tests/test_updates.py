import random

import pytest

from guide.updates import apply, changes

WORDS = ["getuige", "förmliche", "café", "日本", "🚔", "<p>", "\n", "a", "0"]


def test_what_stayed_is_copied_and_what_is_new_is_told() -> None:
    old = b"The first sentence stays. The second goes. The third sentence stays too."
    new = b"The first sentence stays. Another comes instead! The third sentence stays too."
    pieces = changes(old, new)
    assert apply(old, pieces) == new
    assert sum(len(piece) for piece in pieces if isinstance(piece, str)) < 25


@pytest.mark.parametrize("seed", range(40))
def test_any_text_becomes_any_other(seed: int) -> None:
    chance = random.Random(seed)
    old = [chance.choice(WORDS) for _ in range(chance.randrange(400))]
    new = [word for word in old if chance.random() > 0.1]
    for _ in range(chance.randrange(20)):
        new.insert(chance.randrange(len(new) + 1), chance.choice(WORDS))
    if seed % 5 == 0:
        chance.shuffle(new)
    before, after = "".join(old).encode(), "".join(new).encode()
    pieces = changes(before, after)
    assert apply(before, pieces) == after
    assert all(isinstance(piece, str) or piece[1] > 0 for piece in pieces)


def test_one_change_in_a_long_file_is_short() -> None:
    old = "".join(f"line {number} of many\n" for number in range(20_000)).encode()
    new = old.replace(b"line 12345 of", "line 12345, changé, of".encode())
    assert sum(len(str(piece)) for piece in changes(old, new)) < 80
