"""How a field of the schema gets its value, what must be read for it, and what it is reckoned as.

A field is `stored` (a key of the object it is asked of), `computed` (a pure function of that object, its report and
its arguments), `joined` (read from elsewhere, once for all objects of an answer) or a `query_field` (of the type
Query). All say which stored paths they read, so that a selection tells what to ask MongoDB for. The same functions
serve graphql-core and the compiled plans.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import strawberry
from graphql import GraphQLArgument
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from loaders.document import camel

SOURCE = "source"
"""The key of a field's metadata that holds its `FieldSource`."""

PRICED = "priced"
"""The key of an argument's metadata that holds its `Priced`, where it sets a price."""

JOIN_WEIGHT = 5
"""How many plain values a value from elsewhere is reckoned as, besides what is selected of it."""

Compute = Callable[..., Any]
"""A function of (value, report, **arguments): the object asked, the report it is part of, the arguments given."""

Join = Callable[..., Awaitable[list[Any]]]
"""A function of (context, selected, parents) that reads one value for each parent (`schema.read.joins`)."""

Answer = Callable[..., Awaitable[Any]]
"""A function of (context, selected, arguments, wanted) that answers a field of Query (`schema.read.query`)."""


@dataclass(frozen=True, slots=True)
class Size:
    """How an argument sets the length of a list: by its number, or by how many it lists.

    `default` is the length where it is not given, `most` a bound that the field holds it to, 0 where there is none.
    """

    default: int = 1
    most: int = 0

    def of(self, value: Any) -> int:
        """The length that a value asks for."""
        if not isinstance(value, int):
            return len(value) if isinstance(value, Sequence) else self.default
        return max(1, min(value, self.most) if self.most else value)


@dataclass(frozen=True, slots=True)
class Priced:
    """How an argument sets a price: as the length of a list, or by what is added where it is given."""

    sizes: Size | None = None
    adds: int = 0


@dataclass(frozen=True, slots=True)
class FieldSource:
    """Where a value comes from: a stored key, or one of the functions; and the stored paths it takes.

    `reads` are read whatever is selected; paths are relative to the object, or to the report with a leading slash.
    `reads_with` adds the paths that an argument needs when it is given. `base` is the path under which the selection
    of an object is read: None where the object is no part of the stored document. `reads_by` adds the paths that the
    arguments come to. `row_reads` are read instead of `reads` of a row of a derived collection. `wanted` is what a
    field of Query needs of a selection, the same for every request of a shape.

    When a request is priced, `size` is how many items a list is reckoned to have, `weight` how many plain values a
    value is reckoned as, `once` what a join is reckoned as besides, and `per_page` marks the lists of a connection,
    which have as many items as its page. `returns` multiplies the lists of the same report that are asked for below
    what leads up in it: from everything in such a list, all of it can be reached again.
    """

    key: str = ""
    compute: Compute | None = None
    reads: tuple[str, ...] = ()
    reads_with: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    base: str | None = None
    whole: bool = False
    size: int = 1
    weight: int = 1
    once: int = 0
    returns: int = 1
    per_page: bool = False
    row_reads: tuple[str, ...] | None = None
    join: Join | None = None
    reads_by: Callable[[Mapping[str, Any]], Iterable[str]] | None = None
    answer: Answer | None = None
    wanted: Callable[[Any], Any] | None = None

    @property
    def rooted(self) -> bool:
        """Whether the value is a document of its own, not a part of the one it is asked of."""
        return self.base == "" or self.join is not None


def stored(  # noqa: PLR0913 - a field is declared by what it reads
    description: str,
    *,
    name: str = "",
    type_: Any = None,
    whole: bool = False,
    size: int = 1,
    weight: int = 1,
) -> Any:  # what strawberry.field returns
    """A field that is a key of the stored object; `whole` marks figures that must fit GraphQL's Int."""
    return _field(description, FieldSource(whole=whole, size=size, weight=weight), name=name, type_=type_)


def computed(  # noqa: PLR0913 - a field is declared by what it reads
    description: str,
    compute: Compute,
    *,
    reads: tuple[str, ...] = (),
    row_reads: tuple[str, ...] | None = None,
    reads_with: Mapping[str, tuple[str, ...]] | None = None,
    base: str | None = None,
    size: int = 1,
    weight: int = 1,
    returns: int = 1,
    per_page: bool = False,
    reads_by: Callable[[Mapping[str, Any]], Iterable[str]] | None = None,
    arguments: tuple[StrawberryArgument, ...] = (),
    name: str = "",
    type_: Any = None,
) -> Any:  # what strawberry.field returns
    """A field that a pure function makes of the stored object, its report and the arguments."""
    source = FieldSource(
        compute=compute,
        reads=reads,
        row_reads=row_reads,
        reads_with=reads_with or {},
        base=base,
        size=size,
        weight=weight,
        returns=returns,
        per_page=per_page,
        reads_by=reads_by,
    )
    return _field(description, source, name=name, type_=type_, arguments=arguments)


def joined(  # noqa: PLR0913 - a field is declared by what it reads
    description: str,
    join: Join,
    *,
    reads: tuple[str, ...],
    name: str,
    type_: Any,
    size: int = 1,
    once: int = 0,
    reads_by: Callable[[Mapping[str, Any]], Iterable[str]] | None = None,
    arguments: tuple[StrawberryArgument, ...] = (),
) -> Any:  # what strawberry.field returns
    """A field that is read from elsewhere, once for all objects of an answer."""
    source = FieldSource(join=join, reads=reads, size=size, weight=JOIN_WEIGHT, once=once, reads_by=reads_by)
    return _field(description, source, name=name, type_=type_, arguments=arguments)


def query_field(  # noqa: PLR0913 - a field is declared by what it reads
    description: str,
    answer: Answer,
    *,
    name: str,
    type_: Any,
    arguments: tuple[StrawberryArgument, ...] = (),
    wanted: Callable[[Any], Any] = lambda _selected: None,
    weight: int = 1,
) -> StrawberryField:
    """A field of Query, with what answers it."""
    source = FieldSource(answer=answer, wanted=wanted, weight=weight)
    return _field(description, source, name=name, type_=type_, arguments=arguments)


def argument(  # noqa: PLR0913 - an argument is declared by what it decides
    name: str,
    type_: Any,
    description: str,
    *,
    default: Any = strawberry.UNSET,
    sizes: Size | None = None,
    adds: int = 0,
) -> StrawberryArgument:
    """An argument of a field; without a default it is optional if its type is.

    One that decides how long a list is `sizes` it; one that asks for work that does not show in the answer `adds` that.
    """
    return StrawberryArgument(
        python_name=name,
        graphql_name=name,
        type_annotation=StrawberryAnnotation(type_),
        description=description,
        default=default,
        metadata={PRICED: Priced(sizes, adds)} if sizes or adds else {},
    )


def is_priced(argument: GraphQLArgument | None) -> bool:
    """Whether an argument sets a price."""
    return argument is not None and PRICED in argument.extensions


def many(type_: Any) -> Any:
    """A list of a type that was made at run time, which `list[...]` cannot name for a type checker."""
    return list[type_]


def source_of(declared: StrawberryField) -> FieldSource:
    """Where a declared field's value comes from; its key is its name unless another is given."""
    source: FieldSource = declared.metadata[SOURCE]
    if source.compute or source.join or source.answer:
        return source
    name = declared.graphql_name or camel(declared.python_name)
    return replace(source, key=name, base=name)


def _field(
    description: str,
    source: FieldSource,
    *,
    name: str,
    type_: Any,
    arguments: tuple[StrawberryArgument, ...] = (),
) -> StrawberryField:
    made = StrawberryField(
        python_name=name or None,
        graphql_name=name or None,
        type_annotation=StrawberryAnnotation(type_) if type_ is not None else None,
        description=description,
        metadata={SOURCE: source},
    )
    made.arguments = list(arguments)
    return made
