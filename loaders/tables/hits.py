"""Where the declared labels of a form stand in a folded text.

Tolerance is added here, once, and never in the declaration: blanks and line ends inside a label, quotes and commas
that come and go, guidance in brackets behind it, the printed ordinal before it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from loaders.tables.misprints import misprints
from loaders.tables.plan import IGNORED, OTHER, Key, Plan, Spelling
from loaders.text.folding import ZERO_WIDTH
from loaders.text.squeezed import squeezed
from loaders.vocabulary.cells import ORDINALS

_BEFORE = re.compile(rf"{ORDINALS}[\s\"{ZERO_WIDTH}]*\Z")
_LONGEST_ORDINAL = 12
_FULL_STOP = "。"
# 80 on each side of a letter: 部分公开 is explained at length, and its row is lost where guidance may have 8
# (sample: city-housing-bureau-2020, county-government-2019; golden: 000, 001, pingtan-2019). An ordinal in brackets is
# the next row's: (一) 予以公开 behind a label costs its row (sample: town-government-2021; golden: 002)
_GUIDANCE = re.compile(rf"[\s\"{ZERO_WIDTH}]*(?!{ORDINALS})\([^()|]{{0,80}}[^\W\d_][^()|]{{0,80}}\)")


@dataclass(frozen=True, slots=True)
class Hit:
    """A declared label found in the text, from its ordinal to the guidance behind it; `rows` are those it may name.

    A label inside a longer word names no row. `numbered` says that an ordinal is printed before it.
    """

    spelling: Spelling
    start: int
    end: int
    rows: tuple[tuple[int, int], ...]
    numbered: bool = False


class Haystack:
    """A text without its blanks, with the way back to every offset; each spelling is looked up once."""

    def __init__(self, masked: str) -> None:
        self._text = masked
        self._squeezed = squeezed(masked, ignored=IGNORED)
        self._known: dict[str, list[int]] = {}
        self._misprinted: dict[str, list[tuple[int, int]]] = {}
        self._found: dict[int, tuple[Plan, list[Hit]]] = {}  # by the identity of the plan, which is kept with them

    def find(self, plan: Plan, *, fewest: float = 0) -> list[Hit]:
        """Every label of the plan, leftmost and longest first, never overlapping.

        None if the whole text names fewer rows and columns than asked for.
        """
        named = {name for spelling in plan.spellings if self._occurrences(spelling.key) for name in spelling.names}
        if sum(kind != OTHER for kind, _, _ in named) < fewest:
            return []
        if id(plan) not in self._found:
            self._found[id(plan)] = (plan, self._labels(plan, named))
        return self._found[id(plan)][1]

    def _labels(self, plan: Plan, named: set[Key]) -> list[Hit]:
        found = [
            (start, -len(spelling.key), number)
            for number, spelling in enumerate(plan.spellings)
            for start in self._occurrences(spelling.key)
        ]
        found += self._misprints(plan, named, found)
        hits: list[Hit] = []
        taken = 0
        for start, size, number in sorted(found):
            if start >= taken and (hit := self._hit(plan.spellings[number], start, start - size, hits)):
                taken = start - size
                hits.append(hit)
        return hits

    def _misprints(self, plan: Plan, named: set[Key], found: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
        """Labels with a wrong letter that stand by themselves, of rows and columns that are not named to the letter.

        A shorter spelling may stand inside: 本年新收 in its full label, of which a letter is wrong.
        """
        longest: dict[tuple[Key, ...], int] = {}
        for _, size, number in found:
            names = plan.spellings[number].names
            longest[names] = max(longest.get(names, 0), -size)
        return [
            (start, start - end, number)
            for number, spelling in enumerate(plan.spellings)
            if longest.get(spelling.names, 0) < len(spelling.key)
            and any(kind != OTHER for kind, _, _ in spelling.names)
            for start, end in self._alone(spelling.key, plan)
            if self._may_be_misprinted(plan, spelling, named, [item for item in found if _overlaps(item, start, end)])
        ]

    def _may_be_misprinted(
        self, plan: Plan, spelling: Spelling, named: set[Key], inside: list[tuple[int, int, int]]
    ) -> bool:
        shorter = all(plan.spellings[number].names == spelling.names for _, _, number in inside)
        return shorter and bool(inside) != named.isdisjoint(spelling.names)

    def _alone(self, key: str, plan: Plan) -> list[tuple[int, int]]:
        if key not in self._misprinted:
            self._misprinted[key] = [
                (start, end)
                for start, end in misprints(self._squeezed.text, key, plan.official)
                for first, last in [self._squeezed.bounds(start, end)]
                if not self._text[max(0, first - 1) : first].isalpha() and not self._text[last : last + 1].isalpha()
            ]
        return self._misprinted[key]

    def _occurrences(self, key: str) -> list[int]:
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = []
            start = self._squeezed.text.find(key)
            while start >= 0:
                known.append(start)
                start = self._squeezed.text.find(key, start + len(key))
        return known

    def _hit(self, spelling: Spelling, start: int, end: int, before: list[Hit]) -> Hit | None:
        """The label at a place, None inside the guidance behind the label before."""
        after = before[-1].end if before else 0
        first, last = self._squeezed.bounds(start, end)
        # 其他 is a row's name, and stands in the guidance of 部分公开, which would lose its cells
        # (test: test_a_label_in_the_guidance_of_another_is_no_label; sample: county-government-2019; golden: 000, 001)
        if first < after:
            return None
        # "7四、" is a cell and an ordinal: left to the cells, the ordinal spoils the last figure of the row before
        # (sample: district-government-2023, town-government-2021; golden: pingtan-2019, pingtan-2021, pingtan-2024)
        ordinal = _BEFORE.search(self._text, max(after, first - _LONGEST_ORDINAL), first)
        first = ordinal.start() if ordinal else first
        if self._text.startswith('"', last):
            last += 1
        guidance = _GUIDANCE.match(self._text, last)
        last = guidance.end() if guidance else last
        # 其他损耗数量 is another row than 损耗数量 (test: test_a_label_inside_a_longer_word_names_no_row)
        inside = after < first and self._text[first - 1].isalpha()
        return Hit(spelling, first, last, () if inside else spelling.rows, ordinal is not None)


def _overlaps(item: tuple[int, int, int], start: int, end: int) -> bool:
    first, size, _ = item
    return first < end and start < first - size


def without_header_words(hits: list[Hit]) -> list[Hit]:
    """The hits, of which those that name a column, too, name no row where they alone have no ordinal.

    Where no label has one, they name none beside a column's name.
    """
    # 总计 names a row and a column: its header would claim the row of all outcomes, which alone has (七) before it
    # (sample: town-government-2021; golden: 002)
    sure = [hit.numbered for hit in hits if hit.rows and not hit.spelling.columns]
    if sum(sure) * 2 <= len(sure):
        # Right before the first row it would cast doubt on that one's cells
        # (test: test_header_words_beside_a_column_name_no_row_where_labels_have_no_ordinals)
        beside = {id(hit) for some in (hits, hits[::-1]) for hit in _behind_columns(some)}
        return [_no_row(hit) if id(hit) in beside else hit for hit in hits]
    return [hit if hit.numbered else _no_row(hit) for hit in hits]


def _behind_columns(hits: list[Hit]) -> Iterator[Hit]:
    header = False
    for hit in hits:
        header = bool(hit.spelling.columns) and (header or not hit.spelling.rows)
        if header:
            yield hit


def _no_row(hit: Hit) -> Hit:
    return replace(hit, rows=()) if hit.rows and hit.spelling.columns else hit


def without_prose(masked: str, hits: list[Hit]) -> list[Hit]:
    """The hits behind the prose above a table, if all rows and columns that it names are named again below.

    Prose ends with the last full stop before they are, else with the first label of the header.
    """
    # Rows that prose names right above the table would be anchored there, without cells
    # (test: test_rows_named_above_the_header_are_prose_if_they_stand_below_it_again; golden: changtu-2021)
    stops = [place for place in range(1, len(hits)) if _FULL_STOP in masked[hits[place - 1].end : hits[place].start]]
    header = next((place for place, hit in enumerate(hits) if not hit.spelling.rows), 0)
    return next((hits[place:] for place in (*reversed(stops), header) if _named_again(hits, place)), hits)


def _named_again(hits: list[Hit], place: int) -> bool:
    above, below = (
        {name for hit in part for name in (*hit.rows, *hit.spelling.columns)} for part in (hits[:place], hits[place:])
    )
    return above <= below
