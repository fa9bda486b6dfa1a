"""The outline of a document, before the schema is looked at: how deep, how many aliases, roots, directives.

A parsed document enters; the code of the first bound that it breaks leaves, if it breaks one. Each fragment is
measured once, so that fragments that spread each other twice over do not double the work with every level.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from schema.errors import ErrorCode, RequestError
from schema.request import Limits

INTROSPECTION = frozenset({"__schema", "__type"})
"""Roots that tools ask with deep documents of their own; graphql-core bounds the lists inside them."""


class Outline(NamedTuple):
    """What a selection set comes to with its fragments followed."""

    depth: int = 0
    aliases: int = 0
    fields: int = 0

    def beside(self, other: "Outline") -> "Outline":
        """Both selected on the same object."""
        return Outline(max(self.depth, other.depth), self.aliases + other.aliases, self.fields + other.fields)


def check_outline(document: DocumentNode, limits: Limits) -> None:
    """Refuse a document that is larger than one request may be (`RequestError`)."""
    if len(document.definitions) > limits.definitions:
        raise _refused(ErrorCode.TOO_LARGE, f"a document may have {limits.definitions} definitions")
    directives = sum(_directives(document))
    if directives > limits.directives:
        raise _refused(ErrorCode.TOO_LARGE, f"a document may have {limits.directives} directives, not {directives}")
    measure = _Measure.of(document)
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            _check_operation(measure.outline(definition.selection_set), limits)


def _check_operation(outline: Outline, limits: Limits) -> None:
    if outline.depth > limits.depth:
        raise _refused(ErrorCode.TOO_DEEP, f"selections may be nested {limits.depth} deep, not {outline.depth}")
    if outline.aliases > limits.aliases:
        raise _refused(ErrorCode.TOO_MANY_ALIASES, f"a request may use {limits.aliases} aliases")
    if outline.fields > limits.root_fields:
        raise _refused(ErrorCode.TOO_MANY_ROOT_FIELDS, f"a request may ask for {limits.root_fields} root fields")


def _refused(code: ErrorCode, message: str) -> RequestError:
    return RequestError(code, message)


@dataclass(slots=True)
class _Measure:
    fragments: dict[str, FragmentDefinitionNode]
    known: dict[str, Outline] = field(default_factory=dict)

    @classmethod
    def of(cls, document: DocumentNode) -> "_Measure":
        fragments = (node for node in document.definitions if isinstance(node, FragmentDefinitionNode))
        return cls({fragment.name.value: fragment for fragment in fragments})

    def outline(self, chosen: SelectionSetNode) -> Outline:
        total = Outline()
        for node in chosen.selections:
            if isinstance(node, FieldNode):
                total = total.beside(self._field(node))
            elif isinstance(node, InlineFragmentNode):
                total = total.beside(self.outline(node.selection_set))
            elif isinstance(node, FragmentSpreadNode):
                total = total.beside(self._fragment(node.name.value))
        return total

    def _field(self, node: FieldNode) -> Outline:
        inner = self.outline(node.selection_set) if node.selection_set else Outline()
        depth = 0 if node.name.value in INTROSPECTION else inner.depth
        return Outline(depth + 1, inner.aliases + bool(node.alias), 1)

    def _fragment(self, name: str) -> Outline:
        if name not in self.known:
            self.known[name] = Outline()  # what a fragment that spreads itself finds; validation refuses it by name
            fragment = self.fragments.get(name)
            if fragment:
                self.known[name] = self.outline(fragment.selection_set)
        return self.known[name]


def _directives(document: DocumentNode) -> Iterator[int]:
    for definition in document.definitions:
        yield len(getattr(definition, "directives", None) or ())
        for variable in getattr(definition, "variable_definitions", None) or ():
            yield len(variable.directives or ())
        if isinstance(definition, (OperationDefinitionNode, FragmentDefinitionNode)):
            yield from _directives_of(definition.selection_set)


def _directives_of(chosen: SelectionSetNode) -> Iterator[int]:
    for node in chosen.selections:
        yield len(node.directives or ())
        inner = getattr(node, "selection_set", None)
        if inner:
            yield from _directives_of(inner)
