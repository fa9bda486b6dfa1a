"""The official forms as answers: what a client needs to draw any official table without knowing its labels.

Forms enter, plain dicts in the shape of these types leave; they are made once, when the schema is built.
"""

from typing import Any

import strawberry

from loaders.document import Document
from loaders.forms import Block, Cell, Column, Comparison, Edition, Form, Kind, Label, Row, Rule, Severity, Shape
from schema.fields.source import stored


@strawberry.type(description="A printed label in both languages.")
class FormLabel:
    """A printed label."""

    zh: str = stored("Official Chinese.")
    en: str = stored("Meaning in English.")
    variants: list[str] = stored("Other spellings met in real reports.")


@strawberry.type(description="One column of a block; a column without an id means that each row is one cell.")
class FormColumn:
    """One column of a block."""

    key: str = stored("Last part of the ids of its cells; empty where the row itself is the cell.")
    label: FormLabel = stored("Its label.")
    kind: Kind = stored("What its cells count.")
    unit: str | None = stored("Unit that the form prints for it.")


@strawberry.type(description="One row of a block.")
class FormRow:
    """One row of a block."""

    key: str = stored("Middle part of the ids of its cells.")
    ordinal: str = stored("What is printed before the label.")
    label: FormLabel = stored("Its label.")
    groups: list[FormLabel] = stored("Labels of the spanning cells around it, outermost first.", size=2)
    unit: str | None = stored("Unit that the form prints for it.")
    printed: bool = stored("Whether the form prints it; if not, only some reports have it.")


@strawberry.type(description="A cell of a form: the crossing of a row and a column.")
class FormCell:
    """A cell of a form."""

    path: str = stored("Id: path of the figure in a report, in filters and in checks.")
    figure: str = stored("Name in the enums of sort keys and metrics.")
    label: str = stored("Official Chinese labels, from the outermost group to the column.")
    meaning: str = stored("Meaning in English.")
    kind: Kind = stored("What it counts.")
    unit: str | None = stored("Unit that the form prints for it.")
    stock: bool = stored("Whether it is a state at one moment, as documents in force: years of it do not add up.")


@strawberry.type(description="One ruled table, or one part of a table with a header of its own.")
class FormBlock:
    """One part of a form."""

    anchor: FormLabel | None = stored("Label printed above it.")
    shape: Shape = stored("How it lies on paper.")
    headers: list[FormLabel] = stored("Labels of the header that name no column.", size=2)
    columns: list[FormColumn] = stored("Its columns in printed order.", size=5)
    rows: list[FormRow] = stored("Its rows in printed order.", size=10)


@strawberry.type(description="One instance of a rule: two sums of cells that are compared.")
class FormEquation:
    """One instance of a rule."""

    subject: str = stored("The row or column that it is about.")
    left: list[str] = stored("Cells that are added up on the left.")
    right: list[str] = stored("Cells that are added up on the right.")


@strawberry.type(description="Arithmetic that a form prescribes.")
class FormRule:
    """Arithmetic that a form prescribes."""

    code: str = stored("Stable code.")
    zh: str = stored("The rule in Chinese.")
    en: str = stored("The rule in English.")
    source: str = stored("Where the rule is printed or stated.")
    severity: Severity = stored("How much a failure weighs.")
    comparison: Comparison = stored("How the sides must compare.")
    equations: list[FormEquation] = stored("Its instances.", size=10)


@strawberry.type(description="A form as printed in some years.")
class FormEdition:
    """A form as printed in some years."""

    key: str = stored("Id of the edition, as `template` of a report that follows it says.")
    first_year: int = stored("First year of reports that it was prescribed for.")
    last_year: int | None = stored("Last such year, null while it is in force.")
    blocks: list[FormBlock] = stored("Its parts in printed order.", size=3)
    cells: list[FormCell] = stored("Its cells in printed order.", size=80)
    rules: list[FormRule] = stored("The rules of its arithmetic.", size=3)


@strawberry.type(name="Form", description="An official table through all its editions.")
class FormType:
    """An official table."""

    key: str = stored("Id of the form: the field of a report that holds it.")
    label: FormLabel = stored("Its title.")
    editions: list[FormEdition] = stored("Its editions, oldest first.", size=2)


def described(forms: tuple[Form, ...], figures: dict[str, str]) -> list[Document]:
    """The forms in the shape of `FormType`; `figures` gives the enum name of each cell's path."""
    return [
        {
            "key": form.id,
            "label": _label(form.label),
            "editions": [_edition(form, edition, figures) for edition in form.editions],
        }
        for form in forms
    ]


def _edition(form: Form, edition: Edition, figures: dict[str, str]) -> Document:
    return {
        "key": edition.id,
        "firstYear": edition.first_year,
        "lastYear": edition.last_year,
        "blocks": [_block(block) for block in edition.blocks],
        "cells": [_cell(cell, figures) for cell in form.cells_of(edition)],
        "rules": [_rule(form, rule) for rule in edition.rules],
    }


def _block(block: Block) -> Document:
    return {
        "anchor": _label(block.anchor) if block.anchor else None,
        "shape": block.shape.value,
        "headers": [_label(label) for label in block.headers],
        "columns": [_column(column) for column in block.columns],
        "rows": [_row(row) for row in block.rows],
    }


def _column(column: Column) -> Document:
    return {"key": column.id, "label": _label(column.label), "kind": column.kind.value, "unit": column.unit}


def _row(row: Row) -> Document:
    return {
        "key": row.id,
        "ordinal": row.ordinal,
        "label": _label(row.label),
        "groups": [_label(label) for label in row.groups],
        "unit": row.unit,
        "printed": row.printed,
    }


def _cell(cell: Cell, figures: dict[str, str]) -> Document:
    return {
        "path": cell.path,
        "figure": figures[cell.path],
        "label": cell.zh,
        "meaning": cell.en,
        "kind": cell.kind.value,
        "unit": cell.unit,
        "stock": cell.stock,
    }


def _rule(form: Form, rule: Rule) -> Document:
    return {
        "code": rule.code,
        "zh": rule.zh,
        "en": rule.en,
        "source": rule.source,
        "severity": rule.severity.value,
        "comparison": rule.comparison.value,
        "equations": [
            {"subject": equation.subject, "left": list(equation.left), "right": list(equation.right)}
            for equation in rule.equations(form.id)
        ],
    }


def _label(label: Label) -> dict[str, Any]:
    return {"zh": label.zh, "en": label.en, "variants": list(label.variants)}
