"""What lists must answer, in plain Python over plain documents: no MongoDB, no GraphQL, nothing of their code.

The declared tree of conditions says only where a value is stored; what an operator means is written here anew.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cmp_to_key
from typing import Any

from loaders.document import Document, get
from loaders.forms import FORMS
from loaders.forms.concepts import impliable
from loaders.forms.ratios import RATIOS
from loaders.text.search_folding import searchable
from schema.queryable.conditions import Branch, Condition, Many
from schema.queryable.figure_or_ratio import FiguresAndRatios

RATIO = {ratio.name: ratio for ratio in RATIOS}
FEWEST = 30
"""Cases that a ratio of a client's own rests on at least."""

OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda stored, wanted: stored == wanted,
    "ne": lambda stored, wanted: stored is not None and stored != wanted,
    "in": lambda stored, wanted: stored in wanted,
    "notIn": lambda stored, wanted: stored is not None and stored not in wanted,
    "lt": lambda stored, wanted: stored is not None and stored < wanted,
    "lte": lambda stored, wanted: stored is not None and stored <= wanted,
    "gt": lambda stored, wanted: stored is not None and stored > wanted,
    "gte": lambda stored, wanted: stored is not None and stored >= wanted,
    "contains": lambda stored, wanted: stored is not None and searchable(wanted) in searchable(stored),
    "startsWith": lambda stored, wanted: stored is not None and searchable(stored).startswith(searchable(wanted)),
    "endsWith": lambda stored, wanted: stored is not None and searchable(stored).endswith(searchable(wanted)),
    "within": lambda stored, wanted: stored is not None and _covers(wanted, stored),
    "has": lambda stored, wanted: wanted in (stored or []),
    "hasAny": lambda stored, wanted: bool(set(stored or []) & set(wanted)),
    "isEmpty": lambda stored, wanted: (not stored) == wanted,
    "isNull": lambda stored, wanted: (stored is None) == wanted,
}


def _covers(division: str, code: str) -> bool:
    """Whether a code is a division's own, or below it: each pair of digits alike, until only zeros are left."""
    pairs = [(division[at : at + 2], code[at : at + 2]) for at in (0, 2, 4)]
    significant = max(at for at, (wanted, _) in enumerate(pairs) if wanted != "00")
    return all(wanted == stored for wanted, stored in pairs[: significant + 1])


def meets(tree: Branch, where: Mapping[str, Any], document: Document) -> bool:
    """Whether a document meets a filter."""
    return all(_meets(tree, name, value, document) for name, value in where.items())


def _meets(tree: Branch, name: str, value: Any, document: Document) -> bool:
    if name == "and":
        return all(meets(tree, part, document) for part in value)
    if name == "or":
        return any(meets(tree, part, document) for part in value)
    if name == "not":
        return not meets(tree, value, document)
    return _holds(tree, name, value, document)


def _holds(tree: Branch, name: str, value: Any, document: Document) -> bool:
    if tree.measures and name == "measures":
        return all(_measured(tree.measures, one, document) for one in value)
    node = tree.children[name]
    if isinstance(node, Condition):
        stored = get(document, node.path)
        compared = {operator: wanted for operator, wanted in value.items() if operator != "count"}
        return all(_compares(operator, stored, wanted) for operator, wanted in compared.items()) and all(
            _compares(operator, len(stored or ()), wanted) for operator, wanted in value.get("count", {}).items()
        )
    if isinstance(node, Many):
        return all(_quantified(node, quantifier, item, document) for quantifier, item in value.items())
    return meets(node, value, document)


def _compares(operator: str, stored: Any, wanted: Any) -> bool:
    """A range compares by either end: one that fits is enough, but for differing both must."""
    if not isinstance(stored, list) or operator in {"isNull", "has", "hasAny", "isEmpty"}:
        return OPERATORS[operator](stored, wanted)
    ends = [OPERATORS[operator](end, wanted) for end in stored]
    return all(ends) if operator in {"ne", "notIn"} else any(ends)


def _quantified(node: Many, quantifier: str, where: Mapping[str, Any], document: Document) -> bool:
    items = get(document, node.path) or ()
    if quantifier == "count":
        return all(_compares(operator, len(items), wanted) for operator, wanted in where.items())
    found = [meets(node.item, where, item) for item in items]
    return {"some": any(found), "none": not any(found), "every": all(found)}[quantifier]


IMPLIABLE = impliable(FORMS)


def told(document: Document, path: str, figures: str) -> tuple[Any, bool]:
    """A figure of a report, and whether it is implied: as printed alone, or as it is known one way or the other."""
    printed = get(document, path)
    if figures == "PRINTED" or path not in IMPLIABLE:
        return printed, False
    known = get(document, f"known.{path}")
    return known, printed is None and known is not None


def _measured(measures: FiguresAndRatios, where: Mapping[str, Any], report: Document) -> bool:
    """Whether a report meets a condition on what is measured."""
    found, figures = measured(measures, where["of"], report, where["figures"]), where["figures"]
    others = {name: measured(measures, other, report, figures) for name, other in where.get("against", {}).items()}
    return all(OPERATORS[name](found, wanted) for name, wanted in where.get("value", {}).items()) and all(
        found is not None and other is not None and OPERATORS[name](found, other) for name, other in others.items()
    )


def measured(measures: FiguresAndRatios, of: Mapping[str, Any], report: Document, figures: str) -> Any:
    """A figure or ratio of a report, None where a figure of it is missing or it rests on too few cases."""
    if "figure" in of:
        return told(report, measures.figures[of["figure"]], figures)[0]
    if "ratio" in of:
        ratio = RATIO[of["ratio"]]
        return _rated(report, (ratio.numerator, ratio.denominator), max(1, ratio.minimum), figures)
    above, below = ([measures.figures[name] for name in of["ratioOf"][side]] for side in ("numerator", "denominator"))
    return _rated(report, (above, below), FEWEST, figures)


def _rated(report: Document, sides: tuple[Sequence[str], Sequence[str]], minimum: int, figures: str) -> Any:
    told_of = {path: told(report, path, figures)[0] for side in sides for path in side}
    if None in told_of.values():
        return None
    numerator, denominator = (sum(told_of[path] for path in side) for side in sides)
    return numerator / denominator if denominator >= minimum else None


SortKey = str | Callable[[Document], Any]


def in_order(documents: Iterable[Document], keys: Sequence[tuple[SortKey, str]]) -> list[Document]:
    """Documents sorted by (key, ASC or DESC) with missing values last, and by id in the direction of the last key.

    A key is a path, or gives the value itself.
    """
    final = keys[-1][1]
    placed = [([_sorted_by(document, key) for key, _ in (*keys, ("_id", final))], document) for document in documents]
    directions = [*(direction for _, direction in keys), final]

    def compare(one: tuple[list[Any], Document], other: tuple[list[Any], Document]) -> int:
        for a, b, direction in zip(one[0], other[0], directions, strict=True):
            if a == b:
                continue
            if a is None or b is None:
                return 1 if a is None else -1
            return (1 if a > b else -1) * (1 if direction == "ASC" else -1)
        return 0

    return [document for _, document in sorted(placed, key=cmp_to_key(compare))]


def _sorted_by(document: Document, key: SortKey) -> Any:
    return get(document, key) if isinstance(key, str) else key(document)
