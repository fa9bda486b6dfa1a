"""Numbers that Word writes before paragraphs: 一、 (一) 1. stand in no paragraph's text, only in the list's definition.

An unknown number format is written in figures.
"""

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from loaders.vocabulary.characters import (
    DIGITS,
    EARTHLY_BRANCHES,
    FORMAL_DIGITS,
    FORMAL_TENS,
    HEAVENLY_STEMS,
    TENS,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LAST_CIRCLED = 20
_ALPHABET = 26
_TEN = 10
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number is written, and from where it counts."""

    format: str
    text: str
    start: int
    legal: bool


class Numbering:
    """The lists of a document; counts on as its paragraphs are asked for in order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._abstract: dict[str, str] = {}
        self._levels: dict[str, dict[int, Level]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._styles = _style_numbers(styles) if styles is not None else {}
        if numbering is not None:
            self._read(numbering)

    def number_of(self, paragraph: etree._Element) -> str:
        """The number printed before a paragraph; empty where it has none or a bullet."""
        list_id, depth = self._place(paragraph)
        abstract = self._abstract.get(list_id, "")
        levels = self._levels.get(list_id) or self._levels.get("@" + abstract, {})
        level = levels.get(depth)
        if level is None:
            return ""
        counters = self._counters.setdefault(abstract, {})
        restart = self._restarts.get(list_id, {}).pop(depth, None)
        counters[depth] = restart if restart is not None else counters.get(depth, level.start - 1) + 1
        for deeper in [other for other in counters if other > depth]:
            del counters[deeper]
        return _text(level, levels, counters)

    def _place(self, paragraph: etree._Element) -> tuple[str, int]:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return "", 0
        style = _value(properties.find(f"{W}pStyle"))
        list_id, depth = self._styles.get(style, ("", 0))
        own = properties.find(f"{W}numPr")
        if own is not None:
            list_id = _value(own.find(f"{W}numId")) or list_id
            depth = _number(own.find(f"{W}ilvl"), depth)
        return list_id, depth

    def _read(self, numbering: etree._Element) -> None:
        for abstract in numbering.iterchildren(f"{W}abstractNum"):
            key = abstract.get(f"{W}abstractNumId", "")
            self._levels["@" + key] = {_depth(lvl): _level(lvl) for lvl in abstract.iterchildren(f"{W}lvl")}
        for num in numbering.iterchildren(f"{W}num"):
            key = num.get(f"{W}numId", "")
            self._abstract[key] = _value(num.find(f"{W}abstractNumId"))
            self._override(key, num)

    def _override(self, key: str, num: etree._Element) -> None:
        levels = dict(self._levels.get("@" + self._abstract[key], {}))
        for override in num.iterchildren(f"{W}lvlOverride"):
            start = override.find(f"{W}startOverride")
            if start is not None:
                self._restarts.setdefault(key, {})[_depth(override)] = _number(start, 1)
            for lvl in override.iterchildren(f"{W}lvl"):
                levels[_depth(lvl)] = _level(lvl)
        self._levels[key] = levels


def _style_numbers(styles: etree._Element) -> dict[str, tuple[str, int]]:
    """Style -> list and depth, inherited along basedOn."""
    own: dict[str, tuple[str, int]] = {}
    base: dict[str, str] = {}
    for style in styles.iterchildren(f"{W}style"):
        key = style.get(f"{W}styleId", "")
        base[key] = _value(style.find(f"{W}basedOn"))
        place = style.find(f"{W}pPr/{W}numPr")
        if place is not None and place.find(f"{W}numId") is not None:
            own[key] = (_value(place.find(f"{W}numId")), _number(place.find(f"{W}ilvl"), 0))
    result = {}
    for key in base:
        seen, current = set(), key
        while current and current not in own and current not in seen:
            seen.add(current)
            current = base.get(current, "")
        if current in own:
            result[key] = own[current]
    return result


def _value(element: etree._Element | None) -> str:
    return element.get(f"{W}val", "") if element is not None else ""


def _number(element: etree._Element | None, default: int) -> int:
    value = _value(element)
    return int(value) if value.isdecimal() else default


def _depth(element: etree._Element) -> int:
    value = element.get(f"{W}ilvl", "0")
    return int(value) if value.isdecimal() else 0


def _level(lvl: etree._Element) -> Level:
    return Level(
        format=_value(lvl.find(f"{W}numFmt")) or "decimal",
        text=_value(lvl.find(f"{W}lvlText")),
        start=_number(lvl.find(f"{W}start"), 1),
        legal=lvl.find(f"{W}isLgl") is not None,
    )


def _text(level: Level, levels: dict[int, Level], counters: dict[int, int]) -> str:
    if level.format in {"bullet", "none"}:
        return ""
    text = level.text
    for depth, other in levels.items():
        place = f"%{depth + 1}"
        if place in text:
            written = "decimal" if level.legal else other.format
            text = text.replace(place, _written(counters.get(depth, other.start), written))
    return text


def _written(number: int, style: str) -> str:
    write = _WRITERS.get(style, str)
    return write(number) if number > 0 else str(number)


def _counting(digits: str, tens: tuple[str, ...]) -> Callable[[int], str]:
    def write(number: int) -> str:
        if number >= _TEN ** len(tens):
            return str(number)
        parts, text = str(number), ""
        for index, digit in enumerate(parts):
            value, power = int(digit), len(parts) - index - 1
            if value:
                text += digits[value] + tens[power]
            elif text and not text.endswith(digits[0]) and int(parts[index:]):
                text += digits[0]
        # 一十二 is written 十二
        return text.removeprefix(digits[1]) if tens is TENS and text.startswith(digits[1] + tens[1]) else text

    return write


def _cycle(characters: str) -> Callable[[int], str]:
    return lambda number: characters[(number - 1) % len(characters)]


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if number <= _LAST_CIRCLED else str(number)


def _full_width(number: int) -> str:
    return str(number).translate({ord("0") + digit: 0xFF10 + digit for digit in range(_TEN)})


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % _ALPHABET) * ((number - 1) // _ALPHABET + 1)


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        while number >= value:
            text, number = text + sign, number - value
    return text


_WRITERS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "japaneseCounting",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
            "ideographDigital",
            "japaneseDigitalTenThousand",
            "koreanCounting",
        ),
        _counting(DIGITS, TENS),
    ),
    "chineseLegalSimplified": _counting(FORMAL_DIGITS, FORMAL_TENS),
    "ideographLegalTraditional": _counting(FORMAL_DIGITS, FORMAL_TENS),
    "ideographTraditional": _cycle(HEAVENLY_STEMS),
    "ideographZodiac": _cycle(EARTHLY_BRANCHES),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}
