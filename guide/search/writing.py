"""Numbers and words in, short texts out, of which compression makes little (see the format in index)."""

from collections.abc import Iterable, Mapping, Sequence


def write_forms(names: Sequence[str]) -> str:
    """Each form as what it shares with the one before and the rest; the forms come in the order of the alphabet."""
    written, before = [], ""
    for name in names:
        shared = next((at for at, pair in enumerate(zip(before, name, strict=False)) if pair[0] != pair[1]), None)
        shared = min(len(before), len(name), 25) if shared is None else min(shared, 25)
        written.append(chr(65 + shared) + name[shared:])
        before = name
    return "".join(written)


def write_groups(stems: Sequence[str]) -> str:
    """Per form the group of its stem, counted back from the newest; 0 begins a new one."""
    numbers: dict[str, int] = {}
    written = []
    for stem in stems:
        if stem in numbers:
            written.append(_number(len(numbers) - numbers[stem]))
        else:
            numbers[stem] = len(numbers)
            written.append(_number(0))
    return "".join(written)


def write_pointers(groups: Iterable[Mapping[int, int]]) -> tuple[str, str]:
    """Per group the distances between its pages and a 0, and apart from them the level of each."""
    pointers, weights = [], []
    for group in groups:
        before = -1
        for at, level in group.items():
            pointers.append(_number(at - before))
            weights.append(_number(level))
            before = at
        pointers.append(_number(0))
    return "".join(pointers), "".join(weights)


def _number(value: int) -> str:
    code = 35 + value % 90
    return "~" * (value // 90) + chr(code + (code >= 92))  # not the backslash, which JSON doubles
