"""Ids of the declaration as GraphQL names; a dotted path enters, a type, enum or argument name leaves.

Refused: two ids that would get the same name (`NameCollisionError`), so that a new form cannot shadow another's figure.
"""

import re
from collections.abc import Iterable

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class NameCollisionError(ValueError):
    """Two declared ids lead to one GraphQL name."""


def type_name(path: str, suffix: str = "") -> str:
    """The name of the object type at a path.

    >>> type_name("requests.outcomes.other", "Where")
    'RequestsOutcomesOtherWhere'
    """
    return "".join(part[:1].upper() + part[1:] for part in path.split(".")) + suffix


def constant_name(path: str) -> str:
    """The name of an enum value that stands for a path.

    >>> constant_name("requests.received.naturalPerson")
    'REQUESTS_RECEIVED_NATURAL_PERSON'
    """
    return "_".join(_HUMP.sub("_", part).upper() for part in path.split("."))


def words(name: str) -> str:
    """A camelCase id as lower-case English words.

    >>> words("partiallyGranted")
    'partially granted'
    """
    return _HUMP.sub(" ", name).lower()


def constants(paths: Iterable[str]) -> dict[str, str]:
    """Enum names of many paths, name to path, in their order; a collision is refused."""
    named: dict[str, str] = {}
    for path in paths:
        name = constant_name(path)
        if named.setdefault(name, path) != path:
            raise NameCollisionError(f"{named[name]} and {path} would both be called {name}")
    return named
