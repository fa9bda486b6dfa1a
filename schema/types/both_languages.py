"""Every description of a schema in both languages, so that documentation is found by Chinese words too.

What is declared of a field or a form has its Chinese already; the rest gets it from the words of
`loaders.vocabulary.schema_words`. Left as it is: what neither says, which a test of the schema refuses.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Protocol

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    is_introspection_type,
    is_specified_directive,
    is_specified_scalar_type,
)

from loaders.fields import in_both
from loaders.vocabulary.schema_words import SCHEMA_WORDS

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


class Described(Protocol):
    """Anything in a schema that has a description."""

    description: str | None


def say_in_both(schema: GraphQLSchema, words: Mapping[str, Mapping[str, str]] = SCHEMA_WORDS) -> None:
    """Put the Chinese word before each description that has none."""
    for type_, member, described in described_in(schema):
        english = described.description
        if english and not _CHINESE.search(english) and (word := word_for(type_, member, words)):
            described.description = in_both(word, english)


def word_for(type_: str, member: str, words: Mapping[str, Mapping[str, str]]) -> str | None:
    """The Chinese word for a member of a type, or for the type itself: the one written for the fewest."""
    return next((words[of][name] for of, name in written_for(type_, member, words)), None)


def written_for(type_: str, member: str, words: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    """The keys of all words that a member could have, the one written for the fewest first."""
    names = (member, member[member.index("(") :]) if "(" in member else (member,)
    for of in (type_, *sorted((key for key in words if _ends(type_, key)), key=len, reverse=True)):
        yield from ((of, name) for name in names if name in words.get(of, {}))


def _ends(type_: str, key: str) -> bool:
    return key.startswith("*") and type_.endswith(key[1:])


def described_in(schema: GraphQLSchema) -> Iterator[tuple[str, str, Described]]:
    """Whatever the text of a schema describes, by type and member; the member of the type itself is empty."""
    for type_ in schema.type_map.values():
        if not (is_introspection_type(type_) or is_specified_scalar_type(type_)):
            yield type_.name, "", type_
            yield from ((type_.name, *member) for member in _members(type_))
    for directive in schema.directives:
        if not is_specified_directive(directive):
            yield f"@{directive.name}", "", directive
            yield from ((f"@{directive.name}", f"({name})", each) for name, each in directive.args.items())


def _members(type_: GraphQLNamedType) -> Iterator[tuple[str, Described]]:
    if isinstance(type_, GraphQLEnumType):
        yield from type_.values.items()
    if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
        fields: Mapping[str, GraphQLField | GraphQLInputField] = type_.fields
        for name, field in fields.items():
            yield name, field
            arguments = field.args if isinstance(field, GraphQLField) else {}
            yield from ((f"{name}({argument})", each) for argument, each in arguments.items())
