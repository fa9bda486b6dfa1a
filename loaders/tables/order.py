"""The order in which a table prints its columns, and rows that lie side by side: what its header says of it.

A stacked header is printed in lines: the columns under a spanning label stand behind all that stands beside it. Where
the header says another order than the form, it is followed if nothing else can be meant; else the sums must decide.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from loaders.forms import Shape
from loaders.tables.hits import Hit
from loaders.tables.plan import OTHER, Places
from loaders.tables.stretches import TableStretch
from loaders.tables.strips import strip_run

_HEADER_WORDS = 12  # letters between two labels of one header: what is left of a torn one


@dataclass(frozen=True, slots=True)
class Order:
    """What the header of a block says: the declared places of its rows and columns as they may be printed.

    `orders` are those that the header can mean, where it disagrees with the form; none of them if it cannot be told
    what it means. `firm` says that it can mean only one; `agrees` that it names all columns in the order of the form.
    """

    block: int
    orders: tuple[tuple[Places, Places], ...] = ()
    disagrees: bool = False
    firm: bool = False
    agrees: bool = False


def orders_of(masked: str, stretch: TableStretch) -> Iterator[Order]:
    """What the header says of each block of several columns or of rows side by side."""
    before: dict[tuple[str, ...], Order] = {}
    for index, block in enumerate(stretch.plan.edition.blocks):
        if len(block.columns) == 1:
            continue
        strip = block.shape is Shape.STRIP
        order = _strip_order(stretch, index) if strip else _matrix_order(masked, stretch, index)
        # A header printed once for several blocks (test: test_a_header_printed_once_orders_the_blocks_below_it)
        key = tuple(column.label.zh for column in block.columns)
        if order is None and (known := before.get(key)):
            rows = tuple(range(len(block.rows)))
            order = replace(known, block=index, orders=tuple((rows, columns) for _, columns in known.orders))
        yield order or Order(index)
        before |= {key: order} if order else {}


def _matrix_order(masked: str, stretch: TableStretch, block: int) -> Order | None:
    columns = len(stretch.plan.edition.blocks[block].columns)
    header = _without_torn(_header(masked, stretch, block), block, columns)
    rows = tuple(range(len(stretch.plan.edition.blocks[block].rows)))
    flat = [place for hit in header for place in _columns(hit, block)]
    if len(flat) < 2:  # noqa: PLR2004  (one column has no order)
        return None
    spanning = _spanning(header, block)
    if _holds(range(columns), flat) or any(_is_sorted(item) for item in _stacked(flat, spanning)):
        return Order(block, agrees=set(flat) == set(range(columns)))
    if sorted(flat) != list(range(columns)) or _is_named_above(stretch, header[0], block):
        return Order(block, disagrees=not _is_sorted(flat))
    lines = _lines(masked, header, block)
    if lines == 1 and not spanning:
        return Order(block, ((rows, tuple(flat)),), disagrees=True, firm=True)
    if lines > 1 and stretch.layout.separator:
        by_lines = _by_lines(masked, header, block)
        if _is_sorted(by_lines) or not _explicable(by_lines):
            return Order(block, ((rows, by_lines),), disagrees=not _is_sorted(by_lines), firm=True)
    candidates = dict.fromkeys([tuple(flat), *map(tuple, _stacked(flat, spanning))])
    firm = len(candidates) == 1 and stretch.layout.counts_blanks and not _explicable(flat)
    return Order(block, tuple((rows, item) for item in candidates), disagrees=True, firm=firm)


def _is_named_above(stretch: TableStretch, first: Hit, block: int) -> bool:
    """Whether a column is named apart from the header, between it and the row above: then the header is torn."""
    # (test: test_a_header_that_other_words_tear_apart_is_not_followed)
    for hit in reversed([hit for hit in stretch.hits if hit.end <= first.start]):
        if _columns(hit, block):
            return True
        if hit.rows:
            return False
    return False


def _header(masked: str, stretch: TableStretch, block: int) -> list[Hit]:
    """The labels right above the first row of a block, below a header."""
    hits = stretch.hits
    for place, hit in enumerate(hits):
        if not hit.spelling.columns and any(row[0] == block for row in hit.rows):
            header = _right_before(masked, hits[: place + 1])
            if any(_columns(label, block) for label in header):
                return header
    return []


def _right_before(masked: str, hits: Sequence[Hit]) -> list[Hit]:
    """The labels before the last one with neither figures nor sentences between."""
    place = len(hits) - 1
    while place and _close(masked[hits[place - 1].end : hits[place].start]):
        place -= 1
    return list(hits[place:-1])


def _close(between: str) -> bool:
    return sum(map(str.isalpha, between)) <= _HEADER_WORDS and not any(map(str.isdecimal, between))


def _without_torn(header: list[Hit], block: int, columns: int) -> list[Hit]:
    """The labels, where columns are missing without those that are but a part of one: the other part is elsewhere."""
    # 商业 and 企业 on two lines, 结果 and 维持 likewise (golden: xuwen-sifa, shanghai-bangongting-2025)
    named = Counter(place for hit in header for place in _columns(hit, block))
    if len(named) == columns and len(set(named.values())) == 1:
        return header
    return [hit for hit in header if not (_columns(hit, block) and _is_part(hit))]


def _is_part(hit: Hit) -> bool:
    key = hit.spelling.key
    return key in hit.spelling.wording and key != hit.spelling.wording


def _columns(hit: Hit, block: int) -> list[int]:
    return [place for _, index, place in hit.spelling.columns if index == block]


def _spanning(header: Sequence[Hit], block: int) -> list[int]:
    """Where labels that span columns stand in a header: how many columns it names before each of them."""
    found, before = [], 0
    for hit in header:
        if columns := _columns(hit, block):
            before += len(columns)
        elif any(kind == OTHER for kind, _, _ in hit.spelling.names):
            found.append(before)
    return [place for place in found if place]


def _stacked(flat: Sequence[int], spanning: Sequence[int]) -> Iterator[list[int]]:
    """The orders that a header of two lines can mean: what stands below a label comes before what stands behind it."""
    for place in spanning:
        for cut in range(place + 1, len(flat)):
            yield [*flat[:place], *flat[cut:], *flat[place:cut]]


def _explicable(flat: Sequence[int]) -> bool:
    """Whether the order of the form is meant if a spanning label is lost."""
    return any(_is_sorted(item) for item in _stacked(flat, range(1, len(flat))))


def _lines(masked: str, header: Sequence[Hit], block: int) -> int:
    """On how many lines the names of the columns stand."""
    columns = [hit for hit in header if _columns(hit, block)]
    return 1 + masked.count("\n", columns[0].start, columns[-1].end)


def _by_lines(masked: str, header: Sequence[Hit], block: int) -> Places:
    """The order that a header means whose lines are kept: below a label stand the columns of the next line."""
    order: list[int] = []
    inserting = 0
    for number in sorted({masked.count("\n", 0, hit.start) for hit in header}):
        line = [hit for hit in header if masked.count("\n", 0, hit.start) == number]
        named = [place for hit in line for place in _columns(hit, block)]
        order[inserting:inserting] = named
        spanning = _spanning_on(line, block)
        inserting = inserting + spanning if spanning is not None else len(order)
    return tuple(order)


def _spanning_on(line: Sequence[Hit], block: int) -> int | None:
    """How many columns a line names before the label that spans those of the next line; None if none does."""
    before = 0
    for hit in line:
        if columns := _columns(hit, block):
            before += len(columns)
        elif before and any(kind == OTHER for kind, _, _ in hit.spelling.names):
            return before
    return None


def _strip_order(stretch: TableStretch, block: int) -> Order | None:
    known = stretch.plan.edition.blocks[block]
    columns, rows = tuple(range(len(known.columns))), tuple(range(len(known.rows)))
    run = strip_run(stretch.plan, block, stretch.runs, stretch.hits)
    # (七)总计 closes the table above (sample: county-government-2019, county-government-2020; golden: 000)
    above = [hit for hit in stretch.hits if run and hit.end <= run.end and not hit.numbered]
    header = _without_torn(above, block, len(columns))
    named = [place for hit in header for place in _columns(hit, block)]
    groups = [row for hit in header for index, row in hit.rows if index == block]
    printed = _strip_columns(named, columns, len(rows))
    beside = rows if _holds(rows, groups) or _is_sorted(groups) else tuple(groups)
    if printed == columns and beside == rows:
        return Order(block, agrees=_holds(columns * len(rows), named) and _holds(rows, groups))
    # A note below the header may name a row whose label is torn (damage: drop_newline)
    whole = len(named) == len(columns) * len(rows)
    if printed is None or not whole or sorted(beside) != list(rows):
        return Order(block, disagrees=True)
    return Order(block, ((beside, printed),), disagrees=True, firm=stretch.layout.counts_blanks)


def _strip_columns(named: Sequence[int], columns: Places, rows: int) -> Places | None:
    """The order of the columns, which a strip names once for each row; None if they differ from row to row."""
    parts = {tuple(named[start : start + len(columns)]) for start in range(0, len(named), len(columns))}
    if parts and all(sorted(part) == list(columns) for part in parts):
        return parts.pop() if len(parts) == 1 else None
    falls = sum(after < before for before, after in pairwise(named))
    return columns if falls < rows or _holds(columns * rows, named) else None


def _is_sorted(places: Sequence[int]) -> bool:
    return all(before <= after for before, after in pairwise(places))


def _holds(order: Sequence[int], places: Sequence[int]) -> bool:
    """Whether the places stand in this order somewhere among others: a header is often printed twice in part."""
    rest = iter(places)
    return all(place in rest for place in order)
