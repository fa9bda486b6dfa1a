"""The walk that follows fragments: each is measured once, and none is nested too deeply for it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from graphql import FieldNode, GraphQLField, GraphQLNamedType, build_schema, parse
from graphql.language import FragmentDefinitionNode, OperationDefinitionNode

from schema.fields.walk import Fragment, Walk

SCHEMA = build_schema("type Query { one: Query, name: String }")


@dataclass
class Counting:
    """Counts leaves, and how often each field was measured; notes the types that it was told."""

    measured: Counter[str] = field(default_factory=Counter)
    types: set[str | None] = field(default_factory=set)

    def field(self, node: FieldNode, on: GraphQLNamedType | None, declared: GraphQLField | None, inner: int) -> int:
        self.measured[node.name.value] += 1
        self.types |= {on.name if on else None, str(declared.type) if declared else None}
        return inner or 1

    def fragment(self, _node: Fragment, inner: int) -> int:
        return inner

    def beside(self, parts: Sequence[int]) -> int:
        return sum(parts)


def walked(text: str) -> tuple[int, Counting]:
    document = parse(text)
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    (operation,) = (node for node in document.definitions if isinstance(node, OperationDefinitionNode))
    counting = Counting()
    return Walk(SCHEMA, fragments, counting).operation(operation), counting


def chain(levels: int, body: str) -> str:
    """Fragments that each use the next in a body."""
    links = (f"fragment F{at} on Query {{ {body.format(f'...F{at + 1}')} }}\n" for at in range(levels))
    return "{ ...F0 }\n" + "".join(links) + f"fragment F{levels} on Query {{ name }}"


def test_a_fragment_is_measured_once_however_often_it_is_used() -> None:
    leaves, counting = walked(chain(50, "{0} one {{ {0} }}"))

    assert leaves == 2**50
    assert counting.measured == {"name": 1, "one": 50}


def test_fragments_may_be_nested_more_deeply_than_calls() -> None:
    leaves, counting = walked(chain(200, "... {{ " * 20 + "{0}" + " }}" * 20))

    assert leaves == 1
    assert counting.types == {"Query", "String"}


def test_a_fragment_that_uses_itself_ends() -> None:
    leaves, _ = walked("{ ...A } fragment A on Query { name one { ...A } ...B } fragment B on Query { ...A }")

    assert leaves == 2


def test_what_the_schema_does_not_know_has_no_type() -> None:
    leaves, counting = walked("{ other { inner } ...Gone ... on Nothing { name } }")

    assert leaves == 2
    assert counting.types == {"Query", None}
