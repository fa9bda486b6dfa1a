"""Labels with one wrong letter: what may be taken for a misprint of an official label, and what is another label.

A misprint leaves out, doubles or replaces one letter of a label of some length, none that turns its meaning round.
"""

from collections.abc import Iterator, Mapping

from loaders.vocabulary.cells import TURNING_LETTERS

# In shorter labels one letter is half of the meaning: 规章, 行政许可
_FEWEST_LETTERS = 5


def misprints(text: str, key: str, official: Mapping[str, frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Where in a text without blanks a key may stand with one wrong letter; `official` says what each label names.

    One of the two halves of the key must be there to the letter.
    """
    if len(key) < _FEWEST_LETTERS:
        return
    half = len(key) // 2
    begun = {(start, start + len(key) + n) for start in _places(text, key[:half]) for n in _SHIFT}
    ends = [place - half + len(key) for place in _places(text, key[half:])]
    for start, end in sorted(begun | {(end - len(key) + n, end) for end in ends for n in _SHIFT}):
        printed = text[start:end]
        if start >= 0 and end <= len(text) and is_misprint(printed, key) and not _is_another(printed, key, official):
            yield start, end


_SHIFT = (-1, 0, 1)


def _places(text: str, part: str) -> Iterator[int]:
    start = text.find(part)
    while start >= 0:
        yield start
        start = text.find(part, start + 1)


def is_misprint(text: str, key: str) -> bool:
    """Whether a text differs from a key in one letter that does not turn its meaning round.

    >>> is_misprint("本年新制作数最", "本年新制作数量"), is_misprint("不同意公开答复数", "同意公开答复数")
    (True, False)
    """
    if text == key or not _one_apart(text, key):
        return False
    wrong = {*text} ^ {*key}
    return all(map(str.isalpha, wrong)) and not TURNING_LETTERS & wrong


def _is_another(text: str, key: str, official: Mapping[str, frozenset[str]]) -> bool:
    """Whether it is, or may as well be, a label of something else."""
    # What is one letter apart from either has the same two letters at one end: comparing ends spares most labels
    heads, tails = (text[:2], key[:2]), (text[-2:], key[-2:])
    return any(
        (_one_apart(text, other) or _one_apart(key, other)) and not names & official[key]
        for other, names in official.items()
        if other.startswith(heads) or other.endswith(tails)
    )


def _one_apart(one: str, other: str) -> bool:
    """Whether two texts are alike but for one letter at most."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(long) - len(short) > 1:
        return False
    start = _alike(short, long)
    return short[start + (len(short) == len(long)) :] == long[start + 1 :]


def _alike(short: str, long: str) -> int:
    """How many letters at the beginning are the same."""
    for place, (one, other) in enumerate(zip(short, long, strict=False)):
        if one != other:
            return place
    return len(short)
