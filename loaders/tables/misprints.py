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
    seen: set[tuple[int, int]] = set()
    for start in (
        *_places(text, key[:half]),
        *(place - half + n for place in _places(text, key[half:]) for n in _SHIFT),
    ):
        for end in (start + len(key) + n for n in _SHIFT):
            if start >= 0 and end <= len(text) and (start, end) not in seen:
                seen.add((start, end))
                if is_misprint(text[start:end], key) and not _is_another(text[start:end], key, official):
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
    wrong = {*text} ^ {*key}
    return text != key and _one_apart(text, key) and all(map(str.isalpha, wrong)) and not TURNING_LETTERS & wrong


def _is_another(text: str, key: str, official: Mapping[str, frozenset[str]]) -> bool:
    """Whether it is, or may as well be, a label of something else."""
    return any(
        not names & official[key] and (text == other or _one_apart(text, other) or _one_apart(key, other))
        for other, names in official.items()
        if abs(len(other) - len(text)) <= 2  # noqa: PLR2004  (one letter less or more than either)
    )


def _one_apart(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    start = next((place for place, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[start + (len(short) == len(long)) :] == long[start + 1 :]
