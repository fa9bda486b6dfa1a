"""The forms as trees of named groups: forms enter, one `Group` a form leaves, the common source of all derivations.

A group is an object of the stored document; its leaves are cells. Rows with the same columns share one type where
most rows of the form do, so that clients can write one fragment for all of them. Refused: two paths with one type
name (`NameCollisionError`).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from loaders.fields import OF_FORMS, Field
from loaders.forms import Cell, Form, Kind, Label
from schema.queryable.names import NameCollisionError, constants, type_name, words

SHARED_ROW = "Row"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a form: a key of its group, and the cell it stands for."""

    name: str
    cell: Cell
    description: str

    @property
    def kind(self) -> Kind:
        """What the figure counts."""
        return self.cell.kind

    @property
    def path(self) -> str:
        """The stored path that compares and sums: of money the amount in yuan, else the cell itself."""
        return f"{self.cell.path}.yuan" if self.kind is Kind.MONEY else self.cell.path


@dataclass(slots=True)
class Group:
    """One object of the stored form, with its figures and the groups inside it."""

    name: str
    path: str
    description: str
    type_description: str
    type_name: str = ""
    leaves: dict[str, Figure] = field(default_factory=dict)
    groups: dict[str, "Group"] = field(default_factory=dict)
    indicators: bool = False  # whether rows that no form declares stand beside it

    @property
    def fields(self) -> tuple[Field, ...]:
        """What it holds besides figures and groups."""
        return OF_FORMS if self.indicators else ()

    def walk(self) -> Iterator["Group"]:
        """The group and every group inside it, outermost first."""
        yield self
        for group in self.groups.values():
            yield from group.walk()

    def figures(self) -> Iterator[Figure]:
        """Every figure below this group."""
        for group in self.walk():
            yield from group.leaves.values()

    @property
    def signature(self) -> tuple[tuple[str, str, str], ...]:
        """What two groups must have in common to share a type."""
        return tuple((leaf.name, leaf.kind.value, leaf.description) for leaf in self.leaves.values())


def trees(forms: tuple[Form, ...]) -> tuple[Group, ...]:
    """One tree a form, in declared order, every group with the name of its type."""
    form_trees = tuple(_tree(form) for form in forms)
    _name_types(form_trees)
    return form_trees


def figures(form_trees: tuple[Group, ...]) -> dict[str, Figure]:
    """Every figure of all forms by the name of its enum value."""
    by_path = {leaf.cell.path: leaf for tree in form_trees for leaf in tree.figures()}
    return {name: by_path[path] for name, path in constants(by_path).items()}


def _tree(form: Form) -> Group:
    title = _bilingual(form.label.zh, form.label.en, tuple(edition.id for edition in form.editions))
    root = Group(form.id, form.id, title, title, indicators=form.indicators)
    for cell in form.cells:
        *parents, name = cell.path.split(".")[1:]
        group = root
        for depth, parent in enumerate(parents):
            group = group.groups.setdefault(parent, Group(parent, f"{group.path}.{parent}", "", ""))
            # the newest edition's words win, as they do for the cell itself
            is_row = group.path == f"{form.id}.{cell.row.id}"
            if is_row or not group.description:
                group.description = group.type_description = _group_description(form, cell, depth, is_row=is_row)
        group.leaves[name] = Figure(name, cell, _leaf_description(cell))
    _describe_bare_groups(root)
    return root


def _group_description(form: Form, cell: Cell, depth: int, *, is_row: bool) -> str:
    """The row's own words where the group is a row, else those of the spanning cell at this depth."""
    if is_row:
        row = cell.row
        spanning = " / ".join(label.zh for label in row.groups)
        zh = f"{spanning} / {row.ordinal}{row.label.zh}" if spanning else f"{row.ordinal}{row.label.zh}"
        return _bilingual(zh, row.label.en, _row_editions(form, row.id))
    if depth < min(cell.row.id.count("."), len(cell.row.groups)):
        label: Label = cell.row.groups[depth]
        return f"{label.zh} — {label.en}"
    return ""


def _row_editions(form: Form, row_id: str) -> tuple[str, ...]:
    return tuple(
        edition.id
        for edition in form.editions
        if any(row.id == row_id for block in edition.blocks for row in block.rows)
    )


def _leaf_description(cell: Cell) -> str:
    """The words of the column, or of the row where the row itself is the figure."""
    if cell.column.id:
        return _bilingual(cell.column.label.zh, cell.column.label.en, ())
    return _bilingual(cell.zh, cell.row.label.en, cell.editions)


def _describe_bare_groups(root: Group) -> None:
    """Groups that no label of the form names are described by their id; columns say where editions differ."""
    for group in root.walk():
        if not group.description:
            group.description = group.type_description = f"{words(group.name).capitalize()}."
        _mark_editions(group)


def _mark_editions(group: Group) -> None:
    editions = {leaf.cell.editions for leaf in group.leaves.values() if leaf.cell.column.id}
    if len(editions) < 2:  # noqa: PLR2004 - all columns in the same editions: the row says which
        return
    for name, leaf in group.leaves.items():
        if leaf.cell.column.id:
            marked = f"{leaf.description} {_editions(leaf.cell.editions)}"
            group.leaves[name] = Figure(name, leaf.cell, marked)


def _bilingual(zh: str, en: str, editions: tuple[str, ...]) -> str:
    text = " — ".join(part for part in (zh, en) if part)
    return f"{text} {_editions(editions)}".strip()


def _editions(editions: tuple[str, ...]) -> str:
    if not editions:
        return ""
    return f"({'edition' if len(editions) == 1 else 'editions'} {', '.join(editions)})"


def _name_types(form_trees: tuple[Group, ...]) -> None:
    owners: dict[str, str] = {}
    for root in form_trees:
        shared = _shared_signature(root)
        for group in root.walk():
            is_shared = bool(shared) and not group.groups and group.signature == shared
            group.type_name = type_name(root.name, SHARED_ROW) if is_shared else type_name(group.path)
            if is_shared:
                group.type_description = f"A row of the table {root.type_description}, by its columns"
            owner = owners.setdefault(group.type_name, root.name if is_shared else group.path)
            if owner != (root.name if is_shared else group.path):
                raise NameCollisionError(f"{owner} and {group.path} would both have the type {group.type_name}")


def _shared_signature(root: Group) -> tuple[tuple[str, str, str], ...]:
    """The columns that more than half of the rows have in common; a lone row shares nothing."""
    rows = [group.signature for group in root.walk() if group.leaves and not group.groups]
    if not rows:
        return ()
    signature, count = Counter(rows).most_common(1)[0]
    return signature if count > 1 and count * 2 > len(rows) else ()
