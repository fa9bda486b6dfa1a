"""Hypothesis strategies: filled-in official forms, and the layouts and noise in which crawlers hand them on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from hypothesis import strategies as st

from loaders.document import Number
from loaders.forms import Block, Comparison, Edition, Form, Kind, Label, Row, Shape, cell_path
from loaders.text.folding import fold

_PASSES = 6
_CENTS = 0.6  # share of the amounts that are no whole number
_FULL_WIDTH = {code: code + 0xFEE0 for code in map(ord, "0123456789()|:,/-")}


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line of a table: its label cells, from the outermost group, and the text of its value cells."""

    labels: tuple[str, ...]
    cells: tuple[str, ...]


@st.composite
def grids(draw: st.DrawFn, form: Form, edition: Edition, *, largest: int = 400) -> dict[str, Number]:
    """A figure for each cell of an edition, all sums of the form holding."""
    # one number decides a whole grid: hundreds of drawn ones would be more than Hypothesis takes
    return grid(form, edition, Random(draw(st.integers(0, 2**32))), largest=largest)  # noqa: S311  (no secret)


def grid(form: Form, edition: Edition, rng: Random, *, largest: int = 400) -> dict[str, Number]:
    """The same without Hypothesis."""
    values: dict[str, Number] = {}
    for cell in form.cells_of(edition):
        if cell.kind is Kind.CHANGE:
            values[cell.path] = rng.randint(-largest, largest)
        elif cell.kind is Kind.MONEY and rng.random() < _CENTS:
            values[cell.path] = rng.randint(1, 10**6) / 100
        else:
            values[cell.path] = rng.choice((0, rng.randint(0, 9), rng.randint(0, largest)))
    return balanced(form, edition, values)


def balanced(form: Form, edition: Edition, values: Mapping[str, Number]) -> dict[str, Number]:
    """The figures with totals, and where two sides must meet a first operand, made to fit."""
    filled = dict(values)
    equations = [item for item in edition.equations(form.id) if item.comparison is Comparison.EQ]
    for _ in range(_PASSES):
        for equation in equations:
            if len(equation.right) == 1:
                filled[equation.right[0]] = sum(filled[path] for path in equation.left)
                continue
            total, others = sum(filled[path] for path in equation.right), equation.left[1:]
            if sum(filled[path] for path in others) > total:
                filled.update(dict.fromkeys(others, 0))
            filled[equation.left[0]] = total - sum(filled[path] for path in others)
    assert all(sum(filled[p] for p in item.left) == sum(filled[p] for p in item.right) for item in equations)
    return filled


def lines_of(form: Form, edition: Edition, texts: Mapping[str, str]) -> list[Line]:
    """The lines of an edition as printed; a line without cells is a heading or part of a header."""
    lines = [Line((form.label.zh,), ())]
    for block in edition.blocks:
        lines += [Line((block.anchor.zh,), ())] if block.anchor else []
        lines += _strip(form, block, texts) if block.shape is Shape.STRIP else _matrix(form, block, texts)
    return lines


def _matrix(form: Form, block: Block, texts: Mapping[str, str]) -> list[Line]:
    lines = [Line(tuple(label.zh for label in (*block.headers, *(column.label for column in block.columns))), ())]
    shown: tuple[Label, ...] = ()
    for row in block.rows:
        if row.printed:
            new = [group.zh for place, group in enumerate(row.groups, 1) if shown[:place] != row.groups[:place]]
            lines.append(Line((*new, row.ordinal + row.label.zh), _cells(form, block, row, texts)))
            shown = row.groups
    return lines


def _strip(form: Form, block: Block, texts: Mapping[str, str]) -> list[Line]:
    return [
        Line(tuple(label.zh for label in block.headers), ()),
        Line(tuple(row.label.zh for row in block.rows), ()),
        Line(tuple(column.label.zh for _ in block.rows for column in block.columns), ()),
        Line((), tuple(text for row in block.rows for text in _cells(form, block, row, texts))),
    ]


def _cells(form: Form, block: Block, row: Row, texts: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(texts[cell_path(form.id, row, column)] for column in block.columns)


def printed(values: Mapping[str, Number]) -> dict[str, str]:
    """The figures as texts."""
    return {path: str(value) for path, value in values.items()}


def _bars(lines: list[Line]) -> str:
    return "".join(" | ".join((*line.labels, *line.cells)) + " |\n" for line in lines)


def _markdown(lines: list[Line]) -> str:
    rows = ["| " + " | ".join((*line.labels, *line.cells)) + " |\n" for line in lines if line.labels or line.cells]
    return rows[0] + "| --- | --- |\n" + "".join(rows[1:])


def _padded(lines: list[Line]) -> str:
    """One cell a line, ended by a bar; rows filled up to one width by bars without a cell."""
    width = max(len(line.labels) + len(line.cells) for line in lines if line.cells)
    return "".join(
        "".join(f"{cell} |\n" for cell in (*line.labels, *line.cells))
        + "|" * (width - len(line.labels) - len(line.cells) if line.cells and line.labels else 0)
        + "\n"
        for line in lines
    )


def _cell_a_line(lines: list[Line]) -> str:
    return "".join(f"{cell} |\n" for line in lines for cell in (*line.labels, *line.cells))


def _tabs(lines: list[Line]) -> str:
    return "".join("\t".join((*line.labels, *line.cells)) + "\n" for line in lines)


def _paragraphs(lines: list[Line]) -> str:
    # an empty cell is one newline more: nothing, instead of a text and the empty line behind it
    return (
        "".join((cell + "\n\n") if cell else "\n" for line in lines for cell in (*line.labels, *line.cells))
        + "完毕了\n"
    )


def _rows_of_words(lines: list[Line]) -> str:
    return "".join(" ".join((*line.labels, *line.cells)) + "\n" for line in lines)


def _words(lines: list[Line]) -> str:
    return "".join(f"{cell}\n" for line in lines for cell in (*line.labels, *line.cells))


def _glued(lines: list[Line]) -> str:
    return "".join("".join((*line.labels, *line.cells)) for line in lines) + "以上是全部数据\n"


Layout = Callable[[list[Line]], str]
FIRM: dict[str, Layout] = {
    "bars": _bars,
    "markdown": _markdown,
    "padded": _padded,
    "cell a line": _cell_a_line,
    "tabs": _tabs,
    "paragraphs": _paragraphs,
}
"""Layouts in which an empty cell leaves a trace."""

LOOSE: dict[str, Layout] = {"rows of words": _rows_of_words, "one word a line": _words}
"""Layouts in which it leaves none."""

GLUED: Layout = _glued
"""The layout without any separator."""


@st.composite
def noise(draw: st.DrawFn, text: str) -> str:
    """The text with blanks, invisible characters and widths changed where no figure and no row depends on them."""
    seed = Random(draw(st.integers(0, 2**32)))  # noqa: S311  (no secret)
    changed = []
    for index, char in enumerate(text):
        after = text[index + 1 : index + 2]
        roll = seed.random()
        if roll < 0.05 and ord(char) in _FULL_WIDTH:
            char = chr(_FULL_WIDTH[ord(char)])  # noqa: PLW2901
        changed.append(char)
        if roll > 0.97 and char.isalpha() and after.isalpha():
            changed.append(seed.choice(" \u00a0\u3000\u200b\ufeff"))
        elif roll > 0.95 and char == " ":
            changed.append(seed.choice(" \u00a0\u3000"))
    assert len(fold("".join(changed))) == len(changed)
    return "".join(changed)
