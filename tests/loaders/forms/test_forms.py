"""The declaration of the forms holds together: what is declared once must not contradict itself."""

import re
from collections import Counter
from itertools import combinations, pairwise

import pytest

from loaders.forms import FORMS, Edition, Form, Kind, Label, Shape, cell_path, cells_of
from loaders.forms.editions import all_editions, edition_words, prescribed
from loaders.tables.plan import label_key
from loaders.text.folding import fold

EDITIONS = [pytest.param(form, edition, id=f"{form.id}-{edition.id}") for form in FORMS for edition in form.editions]


def labels(edition: Edition) -> list[Label]:
    return [
        label
        for block in edition.blocks
        for label in (
            *(row.label for row in block.rows),
            *(column.label for column in block.columns),
            *(group for row in block.rows for group in row.groups),
            *block.headers,
            *([block.anchor] if block.anchor else []),
        )
    ]


def test_ids_are_unique() -> None:
    assert len({form.id for form in FORMS}) == len(FORMS)
    paths = [cell.path for cell in cells_of(FORMS)]
    assert len(set(paths)) == len(paths)


@pytest.mark.parametrize(("form", "edition"), EDITIONS)
def test_an_edition_prints_each_cell_once(form: Form, edition: Edition) -> None:
    paths = [
        cell_path(form.id, row, column) for block in edition.blocks for row in block.rows for column in block.columns
    ]
    assert [path for path, count in Counter(paths).items() if count > 1] == []


@pytest.mark.parametrize(("form", "edition"), EDITIONS)
def test_ids_are_dotted_camel_case_and_labels_are_bilingual(form: Form, edition: Edition) -> None:
    ids = [row.id for block in edition.blocks for row in block.rows] + [
        column.id for block in edition.blocks for column in block.columns
    ]
    assert all(
        part.isascii() and part.isalpha() and part[0].islower() for name in ids for part in name.split(".") if name
    )
    assert all(label.zh.strip() and label.en.strip() for label in labels(edition))
    assert form.label.zh


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_years_of_editions_neither_overlap_nor_leave_a_gap(form: Form) -> None:
    for before, after in pairwise(form.editions):
        assert before.last_year is not None
        assert before.last_year + 1 == after.first_year
    assert all(item.last_year is None or item.first_year <= item.last_year for item in form.editions)


@pytest.mark.parametrize(("form", "edition"), EDITIONS)
def test_the_spellings_of_a_label_differ_and_survive_folding(form: Form, edition: Edition) -> None:
    for label in labels(edition):
        assert len(set(label.spellings)) == len(label.spellings), label
        for spelling in label.spellings:
            assert label_key(fold(spelling)) == label_key(spelling), form.id
            assert label_key(spelling), spelling


@pytest.mark.parametrize(("form", "edition"), EDITIONS)
def test_no_variant_of_a_row_or_column_is_another_one_of_its_kind(form: Form, edition: Edition) -> None:
    """A label may repeat (其他, 总计), but then it is the official one on both sides, told apart by its place."""
    for kind in ("rows", "columns"):
        named = [
            label for block in edition.blocks for label in dict.fromkeys(item.label for item in getattr(block, kind))
        ]
        for first, second in combinations(dict.fromkeys(named), 2):
            if label_key(first.zh) == label_key(second.zh):
                continue
            shared = set(map(label_key, first.spellings)) & set(map(label_key, second.spellings))
            assert not shared, f"{form.id} {edition.id}: {shared}"


@pytest.mark.parametrize(("form", "edition"), EDITIONS)
def test_the_operands_of_every_rule_exist(form: Form, edition: Edition) -> None:
    paths = {cell.path for cell in form.cells_of(edition)}
    for equation in edition.equations(form.id):
        assert equation.left
        assert equation.right
        assert set(equation.paths) <= paths, equation
    assert all(rule.zh and rule.en and rule.source and rule.each for rule in edition.rules)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_a_role_is_played_by_figures_of_the_form(form: Form) -> None:
    groups = {".".join(cell.path.split(".")[:depth]) for cell in form.cells for depth in range(2, 7)}

    for role in form.roles:
        assert set(role.within(form.id).paths()) <= groups, role


def test_an_edition_is_the_same_in_every_form_but_for_its_tables() -> None:
    for edition in all_editions(FORMS):
        for form in FORMS:
            if (own := form.edition(edition.id)) is not None:
                assert own.revise(blocks=(), rules=()) == edition.revise(blocks=(), rules=())


def test_an_edition_says_what_it_is_and_who_prescribed_it() -> None:
    for edition in all_editions(FORMS):
        assert edition.description.endswith(".")
        assert re.fullmatch(r"国办\w*〔20\d\d〕\d+号", edition.order)
    assert list(edition_words(FORMS)) == ["E0", "E1", "E2", "E3", "NARRATIVE", "NONE"]


@pytest.mark.parametrize(
    ("year", "edition"),
    [(None, None), (2008, "E0"), (2013, "E0"), (2014, "E1"), (2018, "E1"), (2019, "E2"), (2020, "E2"), (2030, "E3")],
)
def test_what_is_prescribed_follows_from_the_years(year: int | None, edition: str | None) -> None:
    assert prescribed(year, FORMS) == edition


@pytest.mark.parametrize(("form", "edition"), EDITIONS)
def test_money_has_a_unit_only_where_a_header_states_it_and_a_column_without_id_stands_alone(
    form: Form, edition: Edition
) -> None:
    for block in edition.blocks:
        assert block.rows
        assert block.columns
        assert all(column.id for column in block.columns) or len(block.columns) == 1
        for column in block.columns:
            assert column.kind is Kind.MONEY or column.unit is None
            assert column.unit is None or column.unit in column.label.zh, form.id
        assert block.shape is Shape.MATRIX or len(block.rows) > 1


def test_sizes_are_those_of_the_official_forms() -> None:
    sizes = {
        (form.id, edition.id): sum(
            sum(row.printed for row in block.rows) * len(block.columns) for block in edition.blocks
        )
        for form in FORMS
        for edition in form.editions
    }
    assert sizes == {
        ("proactiveDisclosure", "E2"): 22,
        ("proactiveDisclosure", "E3"): 10,
        ("requests", "E2"): 161,
        ("requests", "E3"): 175,
        ("reviewAndLitigation", "E2"): 15,
        ("reviewAndLitigation", "E3"): 15,
        ("annexStatistics", "E1"): 58,
    }
