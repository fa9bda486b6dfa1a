"""Random filters and orders as clients could send them, drawn from the declared tree and from stored values."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from loaders.document import Document, get
from schema.conditions import Branch, Leaf, Many
from schema.operators import Kind, operators_of

Where = dict[str, Any]


def filters(tree: Branch, documents: Sequence[Document], *, levels: int = 2) -> SearchStrategy[Where]:
    """Filters on a few conditions, with and, or and not above them."""
    plain = _branch(tree, documents)
    if not tree.logical or not levels:
        return plain
    inner = filters(tree, documents, levels=levels - 1)
    several = st.lists(inner, max_size=3)
    return st.one_of(
        plain,
        plain,
        several.map(lambda parts: {"and": parts}),
        several.map(lambda parts: {"or": parts}),
        inner.map(lambda part: {"not": part}),
    )


def _branch(tree: Branch, documents: Sequence[Document]) -> SearchStrategy[Where]:
    names = st.lists(st.sampled_from(sorted(tree.children)), min_size=1, max_size=2, unique=True)
    return names.flatmap(
        lambda chosen: st.fixed_dictionaries({name: _node(tree.children[name], documents) for name in chosen})
    )


def _node(node: Branch | Leaf | Many, documents: Sequence[Document]) -> SearchStrategy[Where]:
    if isinstance(node, Leaf):
        return _leaf(node, documents)
    if isinstance(node, Branch):
        return _branch(node, documents)
    items = [item for document in documents for item in get(document, node.path) or ()][:200]
    return st.sampled_from(("some", "none", "every")).flatmap(
        lambda quantifier: _branch(node.item, items).map(lambda where: {quantifier: where})
    )


def _leaf(leaf: Leaf, documents: Sequence[Document]) -> SearchStrategy[Where]:
    values = _values(leaf, documents)
    operators = st.sampled_from(operators_of(leaf.kind))
    return st.lists(operators, min_size=1, max_size=2, unique=True).flatmap(
        lambda chosen: st.fixed_dictionaries(
            {
                operator.graphql_name: st.booleans()
                if operator.value.takes_truth
                else st.lists(values, max_size=3)
                if operator.value.takes_list
                else _pieces(values)
                if operator.graphql_name in {"contains", "startsWith"}
                else _divisions(values)
                if operator.graphql_name == "within"
                else values
                for operator in chosen
            }
        )
    )


def _values(leaf: Leaf, documents: Sequence[Document]) -> SearchStrategy[Any]:
    if leaf.kind is Kind.BOOLEAN:
        return st.booleans()
    if leaf.enum is not None:
        return st.sampled_from([member.value for member in leaf.enum])  # type: ignore[attr-defined]  # an enum class
    found = [value for document in documents if (value := get(document, leaf.path)) is not None]
    stored = sorted({end for value in found for end in (value if isinstance(value, list) else [value])})
    if leaf.kind is Kind.DATE:
        stored = [value[:10] for value in stored]
    unknown: list[Any] = ["2020-02", "1999"] if leaf.kind is Kind.DATE else ["无此", ".*"]
    return st.sampled_from([*stored, *([0, 7, -1] if leaf.kind in {Kind.INT, Kind.FLOAT, Kind.YEARS} else unknown)])


def _divisions(codes: SearchStrategy[str]) -> SearchStrategy[str]:
    """Stored codes, and those of the divisions that they lie in."""
    digits = codes.filter(str.isdecimal)
    return digits.flatmap(lambda code: st.sampled_from((6, 4, 2)).map(lambda kept: code[:kept].ljust(6, "0")))


def _pieces(values: SearchStrategy[str]) -> SearchStrategy[str]:
    return values.flatmap(
        lambda text: st.integers(0, len(text)).flatmap(
            lambda start: st.integers(start, len(text)).map(lambda end: text[start:end])
        )
    )


def orders(names: Sequence[str]) -> SearchStrategy[list[dict[str, str]]]:
    """One to three keys."""
    key = st.fixed_dictionaries({"field": st.sampled_from(names), "direction": st.sampled_from(("ASC", "DESC"))})
    return st.lists(key, min_size=1, max_size=3, unique_by=lambda chosen: chosen["field"])
