"""What lists can be sorted by: keys read off the declared fields and off the figures of the forms."""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.fields import AGENCY, MENTION, REGION, REPORT, STATISTIC, Field, Held, Part, ValueKind, stored_values
from loaders.forms import Form
from loaders.forms.concepts import concepts_for, sums_by_edition
from schema.queryable.form_trees import Group, figures
from schema.queryable.names import constant_name

UP, DOWN = 1, -1
"""Which way a key of an order goes, as MongoDB writes it."""

_HOW = {
    ValueKind.TEXT: "; by code points",
    ValueKind.ENUM: "; by its name",
}


@dataclass(frozen=True, slots=True)
class OrderKey:
    """One thing that a list can be sorted by."""

    name: str
    path: str
    description: str


def report_keys() -> tuple[OrderKey, ...]:
    """What reports can be sorted by, besides figures and ratios: what tells them."""
    return _keys(REPORT, Held.REPORT)


def agency_keys() -> tuple[OrderKey, ...]:
    """What agencies can be sorted by."""
    return _own_keys(AGENCY)


def region_keys() -> tuple[OrderKey, ...]:
    """What regions can be sorted by."""
    return _own_keys(REGION)


def statistic_keys() -> tuple[OrderKey, ...]:
    """What narrative figures can be sorted by: themselves, and some of what tells their report."""
    return _row_keys(STATISTIC)


def mention_keys() -> tuple[OrderKey, ...]:
    """The same of mentions."""
    return _row_keys(MENTION)


def _row_keys(part: Part) -> tuple[OrderKey, ...]:
    of_report = (_key(path, field) for path, field in stored_values(REPORT, Held.ROWS) if field.sorts_rows)
    return (*_keys(part, Held.ROWS), *of_report)


def figure_keys(forms: tuple[Form, ...], form_trees: tuple[Group, ...]) -> Iterator[OrderKey]:
    """Every figure of every form and every concept as a figure, by its id in capitals."""
    for name, figure in figures(form_trees).items():
        editions = ", ".join(figure.cell.editions)
        yield OrderKey(name, figure.path, f"{figure.cell.zh} — {figure.cell.en} ({editions})")
    for concept in concepts_for(forms):
        editions = ", ".join(sums_by_edition(concept, forms))
        words = f"{concept.label.zh} — {concept.label.en}; a concept (editions {editions})"
        yield OrderKey(constant_name(concept.path), concept.path, words)


def _own_keys(part: Part) -> tuple[OrderKey, ...]:
    """The keys of a list of parts, which go without the name of the part."""
    prefix = f"{part.name.upper()}_"
    keys = _keys(part, Held.ROWS)
    return tuple(OrderKey(key.name.removeprefix(prefix), key.path, key.description) for key in keys)


def _keys(part: Part, held: Held) -> tuple[OrderKey, ...]:
    return tuple(_key(path, field) for path, field in stored_values(part, held) if field.sorts)


def _key(path: str, field: Field) -> OrderKey:
    return OrderKey(field.sorts, path, field.said(_HOW.get(field.kind, "")))
