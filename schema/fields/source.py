"""How a field of the schema gets its value and what must be read for it.

A field is `stored` (a key of the object it is asked of) or `computed` (a pure function of that object, its report and
its arguments). Both say which stored paths they read, so that a selection tells what to ask MongoDB for. The same
functions serve graphql-core and the compiled plans.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from loaders.document import camel

SOURCE = "source"
"""The key of a field's metadata that holds its `Source`."""

FETCH_WEIGHT = 5
"""How many plain values a value from elsewhere is reckoned as, besides what is selected of it."""

Compute = Callable[..., Any]
"""A function of (value, report, **arguments): the object asked, the report it is part of, the arguments given."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value comes from: a stored key, or a function; and the stored paths it takes.

    `reads` are read whatever is selected; paths are relative to the object, or to the report with a leading slash.
    `reads_with` adds the paths that an argument needs when it is given. `base` is the path under which the selection
    of an object is read: None where the object is no part of the stored document. `size` is how many items a list
    is reckoned to have, and `weight` how many plain values a value is reckoned as, when a request is priced. `join`
    names what reads the value from elsewhere, for all objects of an answer at once (`schema.read.joins`), and `once` is
    what that is reckoned as besides. `reads_by` adds the paths that the arguments come to.
    """

    key: str = ""
    compute: Compute | None = None
    reads: tuple[str, ...] = ()
    reads_with: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    base: str | None = None
    whole: bool = False
    size: int = 1
    weight: int = 1
    join: str = ""
    once: int = 0
    reads_by: Callable[[Mapping[str, Any]], Iterable[str]] | None = None

    @property
    def rooted(self) -> bool:
        """Whether the value is a document of its own, not a part of the one it is asked of."""
        return self.base == "" or bool(self.join)


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
    return _field(description, Source(whole=whole, size=size, weight=weight), name=name, type_=type_)


def computed(  # noqa: PLR0913 - a field is declared by what it reads
    description: str,
    compute: Compute,
    *,
    reads: tuple[str, ...] = (),
    reads_with: Mapping[str, tuple[str, ...]] | None = None,
    base: str | None = None,
    size: int = 1,
    weight: int = 1,
    arguments: tuple[StrawberryArgument, ...] = (),
    name: str = "",
    type_: Any = None,
) -> Any:  # what strawberry.field returns
    """A field that a pure function makes of the stored object, its report and the arguments."""
    source = Source(compute=compute, reads=reads, reads_with=reads_with or {}, base=base, size=size, weight=weight)
    return _field(description, source, name=name, type_=type_, arguments=arguments)


def fetched(  # noqa: PLR0913 - a field is declared by what it reads
    description: str,
    join: str,
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
    source = Source(join=join, reads=reads, size=size, weight=FETCH_WEIGHT, once=once, reads_by=reads_by)
    return _field(description, source, name=name, type_=type_, arguments=arguments)


def argument(name: str, type_: Any, description: str, *, default: Any = strawberry.UNSET) -> StrawberryArgument:
    """An argument of a field; without a default it is optional if its type is."""
    return StrawberryArgument(
        python_name=name,
        graphql_name=name,
        type_annotation=StrawberryAnnotation(type_),
        description=description,
        default=default,
    )


def root(name: str, type_: Any, description: str, arguments: tuple[StrawberryArgument, ...] = ()) -> StrawberryField:
    """A field of the Query type; the engine answers it."""
    return _field(description, None, name=name, type_=type_, arguments=arguments)


def many(type_: Any) -> Any:
    """A list of a type that was made at run time, which `list[...]` cannot name for a type checker."""
    return list[type_]


def source_of(declared: StrawberryField) -> Source:
    """Where a declared field's value comes from; its key is its name unless another is given."""
    source: Source = declared.metadata[SOURCE]
    if source.compute is not None or source.join:
        return source
    name = declared.graphql_name or camel(declared.python_name)
    return replace(source, key=name, base=name)


def _field(
    description: str,
    source: Source | None,
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
        metadata={SOURCE: source} if source else {},
    )
    made.arguments = list(arguments)
    return made
