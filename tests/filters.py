"""Random filters as clients could send them, drawn from the declared tree and from stored values.

One generator over `random.Random` serves both: Hypothesis, which shrinks what it finds, and tests of thousands of
cases, for which it is too slow.
"""

from collections.abc import Callable, Sequence
from itertools import chain, islice
from random import Random
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from loaders.document import Document, get
from loaders.fields import ValueKind
from schema.queryable.conditions import LISTED, Branch, Condition, Many
from schema.queryable.figure_or_ratio import FiguresAndRatios
from schema.queryable.operators import Operator, operators_of

Where = dict[str, Any]
_ITEMS = 200  # of a list in documents, how many lend their values
_LARGEST = 2**31 - 1
_MEASURED = 0.15
"""How often conditions are on what is measured, where they can be."""
_NUMBER = Condition("value", ValueKind.FLOAT, "")
_NUMBERS: Sequence[Document] = [{"value": value} for value in (0.05, 0.2, 0.5, 1, 3, 12, 100)]


def filters(tree: Branch, documents: Sequence[Document], *, levels: int = 2) -> SearchStrategy[Where]:
    """Filters on a few conditions, with and, or and not above them."""
    return _drawn(lambda random: a_filter(random, tree, documents, levels=levels))


def _drawn(draw: Callable[[Random], Any]) -> SearchStrategy[Any]:
    return st.randoms(use_true_random=False).map(draw)


def a_filter(random: Random, tree: Branch, documents: Sequence[Document], *, levels: int = 2) -> Where:
    """One filter."""
    form = random.choice(("plain", "plain", "and", "or", "not")) if tree.logical and levels else "plain"
    if form == "plain":
        return _branch(random, tree, documents)
    if form == "not":
        return {"not": a_filter(random, tree, documents, levels=levels - 1)}
    return {form: [a_filter(random, tree, documents, levels=levels - 1) for _ in range(random.randint(0, 3))]}


def _branch(random: Random, tree: Branch, documents: Sequence[Document]) -> Where:
    if tree.measures and random.random() < _MEASURED:
        return {"measures": [_measure(random, tree.measures) for _ in range(random.randint(1, 2))]}
    names = random.sample(sorted(tree.children), k=random.randint(1, min(2, len(tree.children))))
    return {name: _node(random, tree.children[name], documents) for name in names}


def _node(random: Random, node: Branch | Condition | Many, documents: Sequence[Document]) -> Where:
    if isinstance(node, Condition):
        if node.kind in LISTED and random.random() < 0.25:
            return {"count": _length(random)}
        operators = operators_of(node.kind)
        chosen = random.sample(operators, k=random.randint(1, min(2, len(operators))))
        return {operator.graphql_name: an_operand(random, node, operator, documents) for operator in chosen}
    if isinstance(node, Branch):
        return _branch(random, node, documents)
    if random.random() < 0.25:
        return {"count": _length(random)}
    return {random.choice(("some", "none", "every")): a_filter(random, node.item, items_of(node, documents), levels=1)}


def _measure(random: Random, measures: FiguresAndRatios) -> Where:
    """One condition on a figure or a ratio, alone or beside another."""
    figures = random.choice(("PRINTED", "IMPLIED"))
    asked: Where = {"of": a_measure(random, measures), "figures": figures}
    if random.random() < 0.3:
        name = random.choice(("eq", "ne", "lt", "lte", "gt", "gte"))
        return {**asked, "against": {name: a_measure(random, measures)}}
    operator = random.choice(operators_of(ValueKind.FLOAT))
    return {**asked, "value": {operator.graphql_name: an_operand(random, _NUMBER, operator, _NUMBERS)}}


def a_measure(random: Random, measures: FiguresAndRatios) -> Where:
    """A figure, a declared ratio or one of a client's own."""
    names = sorted(measures.figures)
    kind = random.random()
    if kind < 0.4:
        return {"figure": random.choice(names)}
    if kind < 0.7:
        return {"ratio": random.choice(sorted(measures.ratios))}
    sides = (random.sample(names, k=random.randint(1, 2)) for _ in range(2))
    return {"ratioOf": dict(zip(("numerator", "denominator"), sides, strict=True))}


def _length(random: Random) -> Where:
    """A condition on how many items a list has."""
    operator = random.choice(operators_of(ValueKind.INT))
    if operator.value.takes_truth:
        return {operator.graphql_name: random.random() < 0.5}
    lengths = [random.choice((-1, 0, 0, 1, 2, 4, 20, _LARGEST)) for _ in range(random.randint(0, 3))]
    return {operator.graphql_name: lengths if operator.value.takes_list else random.choice((-1, 0, 1, 2, 3, 16))}


def items_of(node: Many, documents: Sequence[Document]) -> list[Document]:
    """Some items of a list in these documents."""
    return list(islice(chain.from_iterable(get(document, node.path) or () for document in documents), _ITEMS))


def an_operand(random: Random, leaf: Condition, operator: Operator, documents: Sequence[Document]) -> Any:
    """What an operator compares a value of these documents with."""
    if operator.value.takes_truth:
        return random.random() < 0.5
    values = _values(leaf, documents)
    if operator.value.takes_list:
        return [random.choice(values) for _ in range(random.randint(0, 3))]
    if operator is Operator.within:
        return _division(random, values)
    value = random.choice(values)
    return _piece(random, value) if operator.graphql_name in {"contains", "startsWith", "endsWith"} else value


def _values(leaf: Condition, documents: Sequence[Document]) -> list[Any]:
    """What a client could compare a value with: what is stored, and what is not."""
    if leaf.kind is ValueKind.BOOLEAN:
        return [False, True]
    if leaf.enum is not None:
        return [member.value for member in leaf.enum]  # an enum class
    found = [value for document in documents if (value := get(document, leaf.path)) is not None]
    stored = sorted({end for value in found for end in (value if isinstance(value, list) else [value])})
    if leaf.kind is ValueKind.DATE:
        return [*(value[:10] for value in stored), "2020-02", "1999"]
    if leaf.kind is ValueKind.INT:
        return [*(value for value in stored if _is_int(value)), 0, 7, -1]
    if leaf.kind is ValueKind.YEARS:
        return [*stored, 0, 7, -1]
    return [*stored, *([0, 7.5, -1] if leaf.kind is ValueKind.FLOAT else ["无此", ".*"])]


def _is_int(value: float) -> bool:
    """Whether a stored figure can be written as GraphQL's Int."""
    return value == int(value) and -_LARGEST <= value <= _LARGEST


def _division(random: Random, codes: Sequence[str]) -> str:
    """A stored code, or that of a division that it lies in."""
    code = random.choice([code for code in codes if code.isdecimal()] or ["110000"])
    return code[: random.choice((6, 4, 2))].ljust(6, "0")


def _piece(random: Random, text: str) -> str:
    start = random.randint(0, len(text))
    return text[start : random.randint(start, len(text))]
