"""Any consistent filling of any edition of any form, in any layout, is read back as it was printed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.forms import FORMS, Edition, Form, Kind
from tests.loaders.tables.toy import figures
from tests.strategies import FIRM, GLUED, LOOSE, grids, lines_of, noise, printed

EDITIONS = [pytest.param(form, edition, id=f"{form.id}-{edition.id}") for form in FORMS for edition in form.editions]
FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("layout", [*FIRM, *LOOSE])
@pytest.mark.parametrize(("form", "edition"), EDITIONS)
@FEW
@given(data=st.data())
def test_what_is_printed_is_read_in_every_layout(
    form: Form, edition: Edition, layout: str, data: st.DataObject
) -> None:
    values = data.draw(grids(form, edition))
    text = (FIRM | LOOSE)[layout](lines_of(form, edition, printed(values)))
    found = figures(text, (form,))
    assert {path: found.get(path) for path in values if path in found} == {
        path: value for path, value in values.items() if path in found
    }
    assert len(found) >= len(values) - 7  # a group that the form does not print has no row


@pytest.mark.parametrize("layout", FIRM)
@pytest.mark.parametrize(("form", "edition"), EDITIONS)
@FEW
@given(data=st.data())
def test_blank_cells_are_blank_and_move_nothing(form: Form, edition: Edition, layout: str, data: st.DataObject) -> None:
    values = data.draw(grids(form, edition))
    texts = {
        path: "" if value == 0 else text
        for (path, value), text in zip(values.items(), printed(values).values(), strict=True)
    }
    found = figures(FIRM[layout](lines_of(form, edition, texts)), (form,))
    false = {
        path: value for path, value in found.items() if value is not None and (values[path] != value or value == 0)
    }
    assert false == {}


@pytest.mark.parametrize(("form", "edition"), EDITIONS)
@FEW
@given(data=st.data())
def test_glued_digits_are_placed_right_or_left_open(form: Form, edition: Edition, data: st.DataObject) -> None:
    values = data.draw(grids(form, edition, largest=60))
    found = figures(GLUED(lines_of(form, edition, printed(values))), (form,))
    assert {path: value for path, value in found.items() if value not in {None, values[path]}} == {}


@pytest.mark.parametrize("layout", [*FIRM, *LOOSE])
@FEW
@given(data=st.data())
def test_noise_of_width_and_blanks_changes_nothing(layout: str, data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(FORMS))
    edition = data.draw(st.sampled_from(form.editions))
    values = data.draw(grids(form, edition))
    text = (FIRM | LOOSE)[layout](lines_of(form, edition, printed(values)))
    assert figures(data.draw(noise(text)), (form,)) == figures(text, (form,))


@FEW
@given(data=st.data())
def test_a_changed_cell_is_read_as_printed_and_nothing_else_changes(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(FORMS))
    edition = data.draw(st.sampled_from(form.editions))
    values = data.draw(grids(form, edition))
    path = data.draw(
        st.sampled_from([cell.path for cell in form.cells_of(edition) if cell.kind is Kind.COUNT and cell.row.printed])
    )
    changed = values | {path: values[path] + data.draw(st.integers(1, 50))}
    text = FIRM["bars"](lines_of(form, edition, printed(changed)))
    found = figures(text, (form,))
    assert {key: value for key, value in changed.items() if key in found} == found
