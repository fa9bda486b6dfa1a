"""Where a form stands in a text, in which edition and in which layout.

It stands where the labels of one edition stand closest together and have cells: prose that names the rows of a form is
told from its table by the cells it lacks.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from re import compile as pattern

from loaders.forms import Form
from loaders.tables.cells import TokenKind
from loaders.tables.hits import Haystack, Hit, without_header_words, without_prose
from loaders.tables.layouts import Layout, Run, layouts_for
from loaders.tables.mixed import mixed_edition
from loaders.tables.plan import COLUMN, ROW, Key, Plan, plan_for

# Letters between two labels of one table: torn labels and notes, but no prose; at 20 a table with labels torn out is
# cut in two (golden: shanghai-bangongting-2025)
_WORDS_APART = 80
_APART = 2_000  # characters of any kind; 200 cut a table of many blank cells (golden: shanghai-bangongting-2025)
_FEWEST_ROWS = 0.3  # share of the rows that must have cells: some tables have lost half of theirs (golden: xuwen-sifa)
_FEWEST_LABELS = 0.4  # share of the labels; 0.7 is more than a torn table has (golden: xuwen-sifa)
_MOST_ROWS = 0.5  # share of the rows that must be whole for a layout to be the right one without a look at others
_PART = 0.01  # what a row counts that has not all its cells
# Share of the labels down to the last row that must be there where the text breaks off behind it: the rows of a cut
# download are too few to be told by half of the form (golden: changtu-2021, jurong-zhujian-2022)
_FEWEST_BEFORE_A_CUT = 0.8
_FEWEST_AT_ALL = 5  # labels of such a table: prose may end with a few of them
_REST_OF_A_LABEL = 20  # letters in which a text may break off
_AS_GOOD = 0.9  # of two tables that fit about alike, the first: a file may hold several reports

# A unit has two letters at most; at one, 0.5万元 in the last cell is cut off
# (sample: city-housing-bureau-2020, county-government-2019; golden: 000, 001)
_NO_CELL = pattern(r"(?:(?<=\d)|(?<=\d ))\([^()|\n]{0,40}\)|(?P<words>[^\W\d_]{3,})")


_Fit = tuple[float, Plan, list[Hit]]
"""The share of its labels that a plan has in a stretch, the plan, and these labels."""


@dataclass(frozen=True, slots=True)
class TableStretch:
    """A stretch of text in which an edition's labels stand close together, read in the layout that fits best."""

    plan: Plan
    hits: list[Hit]
    layout: Layout
    runs: list[Run]
    fit: float
    again: int | None = None  # where the same table is printed once more

    @property
    def start(self) -> int:
        """Where its first label stands."""
        return self.hits[0].start

    @property
    def end(self) -> int:
        """Where its last label ends."""
        return self.hits[-1].end

    @property
    def is_cut(self) -> bool:
        """Whether it is but the beginning of a table, at the end of the text."""
        return self.fit < _FEWEST_LABELS

    @property
    def headed(self) -> set[int]:
        """The blocks of which the text names a column."""
        return {block for hit in self.hits for _, block, _ in hit.spelling.columns}


def stretches_of(masked: str, forms: Sequence[Form]) -> list[TableStretch]:
    """Where each form is printed, in the order of the forms; of several reports in one text those of the first."""
    haystack = Haystack(masked)
    stretches: list[TableStretch] = []
    for form in forms:
        told = {stretch.plan.edition.id for stretch in stretches if not stretch.is_cut}
        stretches += filter(None, [stretch_of(masked, haystack, form, told)])
    # Requests of the first report, reviews of the second would be one document
    # (test: test_a_table_that_only_the_second_report_of_a_file_has_is_not_taken_for_the_first)
    return [stretch for stretch in stretches if not any(_of_the_next_report(stretch, other) for other in stretches)]


def _of_the_next_report(stretch: TableStretch, other: TableStretch) -> bool:
    """Whether a table printed once stands nearer to the second copy of another table than to the first."""
    if other.again is None or stretch.again is not None or stretch is other:
        return False
    return stretch.start > other.end and abs(other.again - stretch.end) < stretch.start - other.end


def stretch_of(masked: str, haystack: Haystack, form: Form, told: Collection[str] = ()) -> TableStretch | None:
    """Where the form is printed; of editions that fit alike the newest, for where they differ the labels tell.

    The first of several tables that fit alike is taken: a file may hold several reports. Where the text breaks off
    before the editions differ, it is one of those that the other tables are `told` to follow.
    """
    found = [list(_fits(masked, haystack, plan_for(form, edition))) for edition in reversed(form.editions)]
    found = sorted(filter(None, found), key=lambda fits: _rank(fits, told), reverse=True)
    enough = _AS_GOOD * _best_fit(found[0]) if found else 0.0
    for fits in found:
        good = [item for item in fits if item[0] >= enough]
        for fit, plan, cluster in good:
            stretch = _read(masked, plan, cluster, fit)
            if _has_cells(plan, stretch):
                later = [other[0].start for _, _, other in good if other[0].start > stretch.end]
                return _mixed(masked, haystack, form, replace(stretch, again=min(later, default=None)))
    return None


def _best_fit(fits: list[_Fit]) -> float:
    return max(fit for fit, _, _ in fits)


def _rank(fits: list[_Fit], told: Collection[str]) -> tuple[float, bool]:
    best = _best_fit(fits)
    return best, best < _FEWEST_LABELS and fits[0][1].edition.id in told


def _read(masked: str, plan: Plan, cluster: list[Hit], fit: float) -> TableStretch:
    hits = without_header_words(without_prose(masked, cluster))
    end = _end_of_cells(masked, hits[-1].end)
    layout, runs = _best_layout(masked, plan, hits, end)
    return TableStretch(plan, hits, layout, runs, fit)


def _mixed(masked: str, haystack: Haystack, form: Form, stretch: TableStretch) -> TableStretch:
    """The stretch with blocks of another edition, where the text has the header of that one's block and not its own."""
    edition = mixed_edition(form, stretch.plan.edition, lambda plan: _within(haystack.find(plan), stretch))
    if edition is None:
        return stretch
    return reread(masked, haystack, stretch, plan_for(form, edition))


def reread(masked: str, haystack: Haystack, stretch: TableStretch, plan: Plan) -> TableStretch:
    """The stretch read with another plan of its form."""
    found = _read(masked, plan, _within(haystack.find(plan), stretch), stretch.fit)
    return replace(found, again=stretch.again)


def _within(hits: list[Hit], stretch: TableStretch) -> list[Hit]:
    return [hit for hit in hits if stretch.start <= hit.start and hit.end <= stretch.end]


def _fits(masked: str, haystack: Haystack, plan: Plan) -> Iterator[_Fit]:
    """The stretches where enough labels of an edition stand together, with the share of its labels they have.

    One that the text breaks off in fits less than any whole one, however many of its labels it has.
    """
    for cluster in _clusters(masked, haystack.find(plan, fewest=min(_FEWEST_LABELS * plan.labels, _FEWEST_AT_ALL))):
        names = set(_names(cluster))
        if len(names) >= _FEWEST_LABELS * plan.labels:
            yield len(names) / plan.labels, plan, cluster
        elif len(names) >= _FEWEST_AT_ALL and _breaks_off(masked, cluster[-1].end):
            above = _labels_above(plan, cluster)
            if above and len(names & above) >= _FEWEST_BEFORE_A_CUT * len(above):
                yield _FEWEST_LABELS * _AS_GOOD * len(names & above) / len(above), plan, cluster


def _names(cluster: list[Hit]) -> Iterator[Key]:
    """The rows that labels name, and the columns: those of the block whose rows follow, for a header stands above."""
    # Prose that tells the words of another edition would make the table that edition's
    # (test: test_prose_with_the_words_of_another_edition_does_not_make_the_table_its)
    below: set[int] = set()
    with_rows = {block for hit in cluster if not hit.spelling.columns for block, _ in hit.rows}
    for hit in reversed(cluster):
        yield from ((ROW, *row) for row in hit.rows)
        yield from (name for name in hit.spelling.columns if not below or name[1] in below or name[1] not in with_rows)
        if hit.rows and not hit.spelling.columns:
            below = {block for block, _ in hit.rows}


def _breaks_off(masked: str, end: int) -> bool:
    """Whether nothing but cells, and perhaps the beginning of a label, follows until the text ends."""
    return sum(map(str.isalpha, masked[end:])) <= _REST_OF_A_LABEL


def _labels_above(plan: Plan, cluster: list[Hit]) -> set[Key]:
    """The rows and columns that an edition prints down to the last row that a cluster names for certain."""
    named = [min(hit.rows) for hit in cluster if hit.rows and not hit.spelling.columns]
    if not named or not plan.by_row:
        return set()
    last = named[-1]
    rows = {(ROW, record.block, record.row) for record in plan.records if record.printed}
    columns = {
        (COLUMN, index, place)
        for index, block in enumerate(plan.edition.blocks[: last[0] + 1])
        for place, column in enumerate(block.columns)
        if column.id
    }
    return {name for name in rows if name[1:] <= last} | columns


def _clusters(masked: str, hits: list[Hit]) -> Iterator[list[Hit]]:
    cluster: list[Hit] = []
    for hit in hits:
        if cluster and not _together(masked, cluster[-1].end, hit.start):
            yield cluster
            cluster = []
        cluster.append(hit)
    if cluster:
        yield cluster


def _together(masked: str, end: int, start: int) -> bool:
    return start - end <= _WORDS_APART or (start - end <= _APART and not _has_letters(masked, end, start))


def _has_letters(masked: str, start: int, end: int) -> bool:
    """Whether more letters stand there than within one table; where prose stands they are told by its beginning."""
    return next(islice(filter(str.isalpha, masked[start:end]), _WORDS_APART, None), None) is not None


def _end_of_cells(masked: str, end: int) -> int:
    """Where the cells behind the last label end: at the next words, but not on a line of cells parted by bars."""
    # 未统计 in a cell of the last row ends nothing (test: test_words_fill_a_cell_if_the_row_then_has_the_right_size)
    line = masked.find("\n", end)
    since = line if 0 <= masked.find("|", end) < line else end
    # A note behind a figure ends nothing (test: test_a_note_in_a_cell_of_the_last_line_is_no_end_of_the_table)
    return next((found.start() for found in _NO_CELL.finditer(masked, since) if found["words"]), len(masked))


def _best_layout(masked: str, plan: Plan, hits: list[Hit], end: int) -> tuple[Layout, list[Run]]:
    """The layout under which most rows come out whole; the likeliest one if it does well."""
    best: tuple[Layout, list[Run]] | None = None
    most = -1.0
    for layout in layouts_for(masked[hits[0].start : end]):
        runs = layout.runs(masked, hits, end)
        share = _whole_rows(plan, runs)
        if share > most:
            best, most = (layout, runs), share
        if most >= _MOST_ROWS:
            break
    assert best is not None  # noqa: S101  (the last layouts take everything)
    return best


def _whole_rows(plan: Plan, runs: list[Run]) -> float:
    rows = [
        (run, {len(plan.records[plan.by_row[row]].paths) for row in run.hit.rows if row in plan.by_row})
        for run in runs
        if run.hit and run.hit.rows
    ]
    whole = sum(any(_whole(run, size) for size in sizes) for run, sizes in rows)
    return (whole + _PART * len(rows)) / max(1, len(rows), _FEWEST_ROWS * len(plan.by_row)) / (1 + _PART)


def _whole(run: Run, size: int) -> bool:
    return len(run.cells) >= size and all(cell.kind is TokenKind.BLANK for cell in run.cells[size:])


def _has_cells(plan: Plan, stretch: TableStretch) -> bool:
    runs = stretch.runs
    if not plan.by_row:
        columns = len(plan.edition.blocks[0].columns)
        return any(most_cells(run) >= columns for run in runs)
    rows = {row for run in runs if run.hit for row in run.hit.rows}
    if stretch.is_cut:
        return len(rows) >= _FEWEST_ROWS * sum(kind == ROW for kind, _, _ in _labels_above(plan, stretch.hits))
    return len(rows) >= _FEWEST_ROWS * len(plan.by_row)


def most_cells(run: Run) -> int:
    """How many cells a run can have at most: digits without separators may be a cell each."""
    return max(len(run.cells), sum(len(cell.text) for cell in run.cells))
