"""What follows from printed figures and stands beside them: blank totals, sums that no form prints, zeros in words.

Printed figures are never altered. A figure is implied only where every figure that it follows from is printed, or
follows itself by a short chain of sums, where no sum that holds one of them fails, and where no other sum says
otherwise. A blank is no zero, but where the printed parts of a printed total make it up, there is nothing left for
the others: counts are not negative.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from loaders.checks.facts import Report, total
from loaders.checks.links import stated_zeros
from loaders.document import (
    CONCEPT,
    KNOWN,
    CellStatus,
    Document,
    FigureStatus,
    ImpliedFigure,
    Number,
    put,
    to_document,
)
from loaders.forms import FORMS, Comparison, Equation, Form
from loaders.forms.concepts import Concept, Sum, impliable, ways_in
from loaders.forms.model import Kind
from loaders.forms.roles import Stated

_LONGEST_CHAIN = 4
"""So many sums may build on each other: nothing in a column, so nothing in its cells, so row totals, so their total."""
_PRINTED = frozenset({None, CellStatus.REPORTED, CellStatus.PLACED})
# Words or figures in a total say something that a sum must not speak over (test: test_words_in_a_total_stand)
_OPEN = frozenset({None, CellStatus.BLANK, CellStatus.NOT_APPLICABLE, CellStatus.MISSING})


def with_implied(document: Document, forms: Sequence[Form] = FORMS) -> Document:
    """The document with its implied figures: `known` and `concept` to be read quickly, `implications` as evidence."""
    return with_implied_by(Report(document, forms), document)


def with_implied_by(report: Report, document: Document) -> Document:
    """A document of these facts with what they imply.

    What is `known` repeats the printed figures: groups over all reports then read one path, which takes half the time
    of two.
    """
    kept: Document = {KNOWN: {}, CONCEPT: {}}
    found = _implied(report)
    for figure in found:
        if figure.status is FigureStatus.PRINTED:
            put(kept, figure.path, figure.value)
        if figure.value is not None:
            put(kept[KNOWN], figure.path, figure.value)
    asked = impliable(tuple(report.forms))
    for path, value in report.values.items():
        if value is not None and path in asked:
            put(kept[KNOWN], path, value)
    # first, because a pipeline looks for a key from the start of a document
    return {**kept, **document, **kept, "implications": to_document(found)}


def implied_figures(document: Document, forms: Sequence[Form] = FORMS) -> list[ImpliedFigure]:
    """Every figure that the report implies or states without printing it, and every concept it tells."""
    return _implied(Report(document, forms))


def _implied(report: Report) -> list[ImpliedFigure]:
    zeros = _Zeros(report, stated_zeros(report))
    figures = _Sums(report).figures()
    for zero in zeros.of_cells():
        figures[zero.path] = _agreed(figures.get(zero.path), zero)
    told = _Known(report, figures)
    ways = ways_in(report.word("template") or "", tuple(report.forms))
    concepts = (_concept(concept, way, told, zeros) for concept, way in ways)
    return [*figures.values(), *(concept for concept in concepts if concept is not None)]


class _Told(NamedTuple):
    """A figure with what it is made of: how often each printed cell is added, and the sums it took."""

    value: Number
    cells: Mapping[str, int]
    rules: tuple[str, ...] = ()

    def figure(self, path: str, status: FigureStatus) -> ImpliedFigure:
        added = tuple(cell for cell, times in self.cells.items() if times > 0)
        taken = tuple(cell for cell, times in self.cells.items() if times < 0)
        return ImpliedFigure(path, self.value, status, self.rules, added, taken)


@dataclass(frozen=True)
class _Sums:
    """The sums of the editions found, and what follows by them."""

    report: Report

    @cached_property
    def _equations(self) -> list[Equation]:
        return [equation for form, edition in self.report.editions for equation in edition.equations(form.id)]

    @cached_property
    def printed(self) -> dict[str, _Told]:
        """The printed figures that stand in a sum."""
        paths = dict.fromkeys(chain.from_iterable(equation.paths for equation in self._equations))
        figures = ((path, _figure(self.report, path)) for path in paths)
        return {path: _Told(value, {path: 1}) for path, value in figures if value is not None}

    @cached_property
    def _failing(self) -> list[Equation]:
        return [equation for equation in self._equations if _fails(equation, self.printed)]

    @cached_property
    def _doubtful(self) -> frozenset[str]:
        """The printed cells of sums that fail: what follows from one of them is anyone's guess."""
        return frozenset(path for equation in self._failing for path in equation.paths)

    def figures(self) -> dict[str, ImpliedFigure]:
        """What follows, by its path; what contradicts itself has no value."""
        refused: set[str] = set()
        while True:
            known, wrong = self._followed(refused)
            if not wrong:
                break
            refused |= wrong
        implied = ((path, told) for path, told in known.items() if path not in self.printed)
        without = sorted((refused | self._doubted(known)) - known.keys())
        figures = {path: told.figure(path, FigureStatus.IMPLIED) for path, told in implied}
        return figures | {path: _contradicted(path) for path in without}

    def _followed(self, refused: AbstractSet[str]) -> tuple[dict[str, _Told], set[str]]:
        """All that is known without what is refused, and what of it must be refused as well."""
        known = dict(self.printed)
        for _ in range(_LONGEST_CHAIN):
            following = dict(self._following(known, refused))
            if wrong := {path for path, told in following.items() if told is None}:
                return known, wrong
            if not following:
                break
            known |= {path: told for path, told in following.items() if told is not None}
        if len(known) == len(self.printed):
            return known, set()
        failing = (equation for equation in self._open if _fails(equation, known))
        return known, {path for equation in failing for path in equation.paths} & (known.keys() - self.printed.keys())

    @cached_property
    def _open(self) -> list[Equation]:
        """The sums that lack a printed figure."""
        return [equation for equation in self._equations if not equation.operands <= self.printed.keys()]

    def _following(self, known: Mapping[str, _Told], refused: AbstractSet[str]) -> Iterator[tuple[str, _Told | None]]:
        """What one more sum tells, None where it is less than nothing; the first sum that tells it is taken."""
        done = set(refused)
        for equation in self._sound:
            lacking = self._lacking(equation, known)
            if not lacking or not done.isdisjoint(lacking):
                continue
            if len(lacking) == 1 and lacking[0] in equation.solved:
                done.update(lacking)
                yield lacking[0], _solved(equation, lacking[0], known)
            elif _is_used_up(equation, lacking, known):
                done.update(lacking)
                yield from ((path, _nothing_left(equation, known)) for path in lacking)

    def _doubted(self, known: Mapping[str, _Told]) -> set[str]:
        """What only a cell of a failing sum would tell."""
        doubtful = (one for one in self._usable if not self._doubtful.isdisjoint(one.operands))
        lacking = ((equation, self._lacking(equation, known)) for equation in doubtful)
        return {paths[0] for equation, paths in lacking if len(paths) == 1 and paths[0] in equation.solved}

    def _lacking(self, equation: Equation, known: Mapping[str, _Told]) -> list[str]:
        """What a sum lacks; nothing where that says something that a sum must not speak over."""
        lacking = [path for path in equation.paths if path not in known]
        return lacking if all(map(self._may_follow, lacking)) else []

    @cached_property
    def _usable(self) -> list[Equation]:
        """The sums that a figure may follow by: of those that balance, none where one of their like fails."""
        broken = {equation.rule for equation in self._failing if equation.balances}
        return [equation for equation in self._open if equation.rule not in broken]

    @cached_property
    def _sound(self) -> list[Equation]:
        """Those of them that share no cell with a sum that fails."""
        return [equation for equation in self._usable if self._doubtful.isdisjoint(equation.operands)]

    def _may_follow(self, path: str) -> bool:
        return self.report.status(path) in _OPEN and self.report.declared[path].kind is Kind.COUNT


def _figure(report: Report, path: str) -> Number | None:
    return report.figure(path) if report.status(path) in _PRINTED else None


def _fails(equation: Equation, known: Mapping[str, _Told]) -> bool:
    if not equation.operands <= known.keys():
        return False
    left, right = (total([known[path].value for path in side]) for side in (equation.left, equation.right))
    return left > right if equation.comparison is Comparison.LE else left != right


def _solved(equation: Equation, path: str, known: Mapping[str, _Told]) -> _Told | None:
    """The one figure that an equation lacks, None where it would be less than nothing."""
    sign = -1 if path in equation.left else 1
    sides = ((equation.left, sign), (equation.right, -sign))
    return _added([(other, times) for side, times in sides for other in side if other != path], known, equation.rule)


def _is_used_up(equation: Equation, lacking: Sequence[str], known: Mapping[str, _Told]) -> bool:
    """Whether the parts that are known make up the whole total, so that counts are nothing where they are not."""
    if len(equation.solved) != 1 or equation.solved[0] in lacking:
        return False
    parts = [known[path].value for path in equation.left if path in known]
    return min(parts, default=0) >= 0 and total(parts) == known[equation.solved[0]].value


def _nothing_left(equation: Equation, known: Mapping[str, _Told]) -> _Told:
    """What is left of a total whose known parts make it up, with all that says so."""
    terms = [(equation.solved[0], 1), *((path, -1) for path in equation.left if path in known)]
    rules = [rule for path, _ in terms for rule in known[path].rules]
    return _Told(0, _cells(terms, known), tuple(dict.fromkeys((*rules, equation.rule))))


def _added(terms: Sequence[tuple[str, int]], known: Mapping[str, _Told], rule: str) -> _Told | None:
    """The sum of known figures, each taken so many times; an implied zero adds nothing but its rules."""
    value = total([times * known[path].value for path, times in terms])
    adding = [(path, times) for path, times in terms if known[path].value or not known[path].rules]
    rules = [rule for path, _ in terms for rule in known[path].rules]
    return None if value < 0 else _Told(value, _cells(adding, known), tuple(dict.fromkeys((*rules, rule))))


def _cells(terms: Sequence[tuple[str, int]], known: Mapping[str, _Told]) -> Mapping[str, int]:
    """The printed cells that figures are made of, and how often each is added."""
    cells: Counter[str] = Counter()
    for path, times in terms:
        for cell, count in known[path].cells.items():
            cells[cell] += times * count
    return cells


def _contradicted(path: str) -> ImpliedFigure:
    return ImpliedFigure(path, None, FigureStatus.CONTRADICTED, (), ())


def _agreed(implied: ImpliedFigure | None, zero: ImpliedFigure) -> ImpliedFigure:
    """What is said of a figure that sums and words both tell."""
    if implied is None:
        return zero
    return implied if implied.value == zero.value else _contradicted(zero.path)


@dataclass(frozen=True)
class _Zeros:
    """The zeros that the narrative states in words, by what is stated, with the figures of the narrative that do."""

    report: Report
    stated: Mapping[str, Sequence[int]]

    def of_cells(self) -> Iterator[ImpliedFigure]:
        """The cells of the tables found that have no figure and of which zero is stated."""
        for role in self.report.roles(Stated):
            if role.statement in self.stated and len(role.cells) == 1 and self._is_open(role.cells[0]):
                yield self.of(role.statement, role.cells[0], role.cells)

    def of(self, statement: str, path: str, cells: Sequence[str]) -> ImpliedFigure:
        """The zero at a path; contradicted where a table prints more than zero of the same."""
        if any(map(self._is_contradicted, cells)):
            return _contradicted(path)
        said = tuple(f"statistics.{index}" for index in self.stated[statement])
        return ImpliedFigure(path, 0, FigureStatus.STATED, (), said)

    def _is_open(self, path: str) -> bool:
        return self.report.printed(path) and self.report.figure(path) is None and self.report.status(path) in _OPEN

    def _is_contradicted(self, cell: str) -> bool:
        """Whether a figure beside the cell, or the cell itself, is more than zero."""
        row = self.report.under(cell.rpartition(".")[0])
        return any((self.report.figure(one.path) or 0) > 0 for one in row)


@dataclass(frozen=True, slots=True)
class _Known:
    """What a report prints, implies and states."""

    report: Report
    figures: Mapping[str, ImpliedFigure]

    def of(self, path: str) -> _Told | None:
        """One figure, printed or not."""
        value, implied = _figure(self.report, path), self.figures.get(path)
        if value is not None:
            return _Told(value, {path: 1})
        if implied is None or implied.value is None:
            return None
        return _Told(
            implied.value, {**dict.fromkeys(implied.cells, 1), **dict.fromkeys(implied.less, -1)}, implied.rules
        )

    def counted(self, concept: Concept, way: Sum) -> ImpliedFigure | None:
        """A concept by the cells of the edition, None where one of them is not known.

        It is their sum by definition, whether or not other sums of them hold, as a ratio of them is.
        """
        found = {path: self.of(path) for path in way.paths}
        known = {path: told for path, told in found.items() if told is not None}
        if len(known) < len(found):
            unlike = any(path in self.figures for path in found.keys() - known.keys())
            return _contradicted(concept.path) if unlike else None
        if way.is_printed:
            return self._single(concept, way.cells[0], known)
        terms = [(path, 1) for path in way.cells] + [(path, -1) for path in way.less]
        told = _added(terms, known, concept.id)
        return _contradicted(concept.path) if told is None else told.figure(concept.path, FigureStatus.IMPLIED)

    def _single(self, concept: Concept, cell: str, known: Mapping[str, _Told]) -> ImpliedFigure:
        """A concept that one cell says: with the cell's own status."""
        implied = self.figures.get(cell)
        status = FigureStatus.PRINTED if implied is None else implied.status
        return known[cell].figure(concept.path, status)


def _concept(concept: Concept, way: Sum | None, known: _Known, zeros: _Zeros) -> ImpliedFigure | None:
    """A concept as the tables and the narrative tell it; what is printed stands, whatever the narrative says."""
    told = None if way is None else known.counted(concept, way)
    if concept.statement not in zeros.stated or (told and told.status in (FigureStatus.PRINTED, FigureStatus.STATED)):
        return told
    return _agreed(told, zeros.of(concept.statement, concept.path, () if way is None else way.paths))
