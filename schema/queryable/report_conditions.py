"""Everything that `where` of a report can ask about: who it is by, every figure of every form, all that it lists.

Trees of the forms enter (`schema.queryable.form_trees`), one tree of conditions leaves. Refused: a form with the name
of another field (`NameCollisionError`).
"""

from loaders.fields import REPORT, STATISTIC, ValueKind
from loaders.forms import Kind as CellKind
from schema.queryable.conditions import Branch, Condition, Conditions, condition_of, conditions_of, item_conditions
from schema.queryable.figure_or_ratio import FiguresAndRatios
from schema.queryable.form_trees import Figure, Group
from schema.queryable.names import NameCollisionError


def report_conditions(form_trees: tuple[Group, ...], measures: FiguresAndRatios) -> Branch:
    """The conditions on reports of these forms, and on what they can be measured by."""
    forms = {tree.name: _form_branch(tree) for tree in form_trees}
    about = conditions_of(REPORT)
    taken = forms.keys() & about.keys()
    if taken:
        raise NameCollisionError(f"a form cannot be called {taken.pop()}: reports have a field of that name")
    return Branch(
        "ReportWhere",
        "Conditions on reports. Conditions side by side must all hold.",
        {**about, **forms},
        logical=True,
        measures=measures,
    )


def stated_figures() -> Branch:
    """The conditions on the narrative figures of one report."""
    return item_conditions(STATISTIC)


def _form_branch(group: Group) -> Branch:
    figures: Conditions = {name: _figure(figure) for name, figure in group.leaves.items()}
    groups = {name: _form_branch(inner) for name, inner in group.groups.items()}
    more: Conditions = {field.name: condition_of(field, f"{group.path}.") for field in group.fields}
    description = f"Conditions on: {group.type_description}"
    return Branch(f"{group.type_name}Where", description, {**figures, **groups, **more}, path=group.path)


def _figure(figure: Figure) -> Condition:
    kind = ValueKind.FLOAT if figure.kind is CellKind.MONEY else ValueKind.INT
    amount = ", in yuan" if figure.kind is CellKind.MONEY else ""
    return Condition(figure.path, kind, figure.description + amount)
