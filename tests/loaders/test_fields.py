"""What is declared of the report is what is stored of it: each attribute once, in both languages, and nothing else."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from loaders.batch import parse_entry
from loaders.document import CONCEPT, KNOWN, Document, camel, get
from loaders.fields import FIELDS, PARTS, REPORT, Field, Held, Part, ValueKind, fields_of
from loaders.file_formats import SUFFIXES
from loaders.file_formats.sources import inventory
from loaders.forms import FORMS
from loaders.shipped import SAMPLES
from loaders.store.derived_rows import agency_row, mention_rows, passage_rows, statistic_rows
from loaders.store.region_rows import region_rows

CHINESE = re.compile("[\u3400-\u9fff]")
(WITH_INDICATORS,) = (form.indicators_path for form in FORMS if form.indicators)
OF_A_SEARCH = {"_id", "report", "folded", "grams", "place"}
"""What a derived row has besides: its report, and what a search finds it by."""
OF_A_GUARD = {"wholes"}
"""What keeps a figure from being added to what it is part of."""


@pytest.fixture(scope="module")
def samples() -> list[Document]:
    """Every report that comes with the program, read anew."""
    entries = inventory([Path(str(SAMPLES))], suffixes=SUFFIXES).entries
    return [outcome.document for outcome in map(parse_entry, entries) if outcome.document]


def declared(part: Part, held: Held = Held.REPORT) -> list[Field]:
    return [field for field in fields_of(part) if field.held & held]


@pytest.mark.parametrize("part", [part for part in PARTS if part.stored], ids=lambda part: part.name)
def test_every_stored_attribute_is_declared_once(part: Part) -> None:
    assert part.stored is not None
    names = Counter(field.path for field in declared(part))

    assert {camel(attribute.name): names[camel(attribute.name)] for attribute in fields(part.stored)} == {
        camel(attribute.name): 1 for attribute in fields(part.stored)
    }


def objects(part: Part, value: Document) -> Iterator[tuple[Part, Document]]:
    """A part of a stored document, and everything that it holds."""
    yield part, value
    for field in declared(part):
        if field.kind in {ValueKind.PART, ValueKind.PARTS}:
            held: Any = get(value, WITH_INDICATORS if field.of_forms else field.path) or ()
            items = (
                [held] if held and field.kind is ValueKind.PART else held.values() if isinstance(held, dict) else held
            )
            for item in items:
                yield from objects(field.holds, item)


def test_nothing_is_stored_that_is_not_declared_and_nothing_declared_that_is_not_stored(
    samples: list[Document],
) -> None:
    found: dict[Part, set[str]] = defaultdict(set)
    for sample in samples:
        for part, value in objects(REPORT, sample):
            found[part] |= value.keys()
    found[REPORT] -= {KNOWN, CONCEPT, *(form.id for form in FORMS)}  # trees of figures

    assert found == {part: {field.path for field in declared(part) if not field.of_forms} for part in found}
    assert {part.name for part in PARTS if part not in found} == {
        "NumberRange",
        "Amount",
        "SourceRecord",
        "Operand",
    }


def test_rows_hold_what_is_declared_of_them(samples: list[Document]) -> None:
    rows: dict[str, set[str]] = defaultdict(set)
    for sample in samples:
        rows["Passage"].update(*passage_rows(sample))
        rows["Statistic"].update(*statistic_rows(sample))
        rows["Mention"].update(*mention_rows(sample))
        rows["Region"].update(*region_rows(sample))
        rows["Agency"].update(agency_row(sample, [("ANNUAL_REPORT", 2020)]) or ())
    carried = {field.path for field in declared(REPORT, Held.ROWS)}
    own = {part.name: {field.path for field in declared(part, Held.ROWS)} for part in PARTS}

    assert rows["Passage"] == own["Passage"] | carried | OF_A_SEARCH
    assert rows["Statistic"] == own["Statistic"] | carried | OF_A_SEARCH | OF_A_GUARD
    assert rows["Mention"] == own["Mention"] | carried | OF_A_SEARCH
    assert rows["Region"] == own["Region"] | {"_id", "parent"}
    assert rows["Agency"] == {path.partition(".")[0] for path in own["Agency"]} | {"_id"}


def test_a_field_of_a_part_has_one_name() -> None:
    assert [name for name, count in Counter((field.part, field.name) for field in FIELDS).items() if count > 1] == []


@pytest.mark.parametrize("said", [*PARTS, *FIELDS], ids=lambda said: said.name)
def test_everything_is_said_in_both_languages(said: Part | Field) -> None:
    assert CHINESE.search(said.zh)
    assert said.en
    assert not CHINESE.search(said.en)
    assert not said.en.endswith(".")


def test_what_is_sorted_or_grouped_by_can_be_filtered_by() -> None:
    for field in FIELDS:
        if (field.sorts or field.groups) and field.shown and field.held:
            assert field.filters, field.name
