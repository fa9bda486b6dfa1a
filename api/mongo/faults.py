"""MongoDB's error codes, said so that a user can act on them.

Nothing here names a host.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from loaders.errors import (
    DatabaseError,
    DatabaseForbiddenError,
    DatabaseTimeoutError,
    DatabaseUnavailableError,
    DiskFullError,
    DocumentRefusedError,
    DuplicateKeyError,
)

TOO_LATE = (50, 202, 262, 290, 11601)  # maxTimeMS, network interface, time limit, transaction's life, interrupted
DUPLICATE = (11000, 11001, 12582)
INVALID_DOCUMENT = (121,)
TOO_LARGE = (10334, 17419, 17420)
NOT_ALLOWED = (11, 13, 18, 8000)
NO_REPLICA_SET = (20, 76, 263)
NO_SPACE = (14031,)
AWAY = (6, 7, 89, 91, 189, 9001, 10107, 11600, 11602, 13388, 13435, 13436)


def timed_out(deadline_ms: int) -> DatabaseError:
    """The fault of a call that was not answered in its time."""
    return DatabaseTimeoutError(
        f"MongoDB gave no answer within {deadline_ms} ms",
    )


def away() -> DatabaseError:
    """The fault of a server that does not answer at all."""
    return DatabaseUnavailableError(
        "MongoDB does not answer",
        hint="see that it runs and can be reached; or unset MONGODB_URI to use a private one",
        where="MONGODB_URI",
    )


def no_replica_set() -> DatabaseError:
    """The fault of a server that cannot do transactions."""
    return DatabaseForbiddenError(
        "this MongoDB is a standalone server and cannot do transactions",
        hint="start it with --replSet and run rs.initiate() once (docker-compose.yml does both)",
        where="MONGODB_URI",
    )


def too_large() -> DatabaseError:
    """The fault of a document above MongoDB's own bound."""
    return DocumentRefusedError(
        "the document is larger than the 16 MB that MongoDB takes",
        hint="split the report, or leave out what is not text",
    )


def fault_for(code: int, details: Mapping[str, Any]) -> DatabaseError:  # noqa: PLR0911 - one line for each kind of code
    """The fault that an error code of the server stands for."""
    if code in TOO_LATE:
        return DatabaseTimeoutError("MongoDB gave no answer in time")
    if code in DUPLICATE:
        return DuplicateKeyError(f"there is already a document with {_key(details)}", hint="load it as a revision")
    if code in INVALID_DOCUMENT:
        return DocumentRefusedError(f"the document breaks its validator: {_broken_rules(details)}")
    if code in TOO_LARGE:
        return too_large()
    if code in NOT_ALLOWED:
        return DatabaseForbiddenError(
            "MongoDB does not allow this user to do that",
            hint="check user, password and authSource, and that the user may read and write the database",
            where="MONGODB_URI",
        )
    if code in NO_REPLICA_SET:
        return no_replica_set()
    if code in NO_SPACE:
        return DiskFullError("MongoDB has no space left to write to", hint="free space on its disk, then try again")
    if code in AWAY:
        return away()
    return DatabaseError(f"MongoDB refuses the command: {details.get('errmsg', 'no reason given')} (code {code})")


def _key(details: Mapping[str, Any]) -> str:
    values = details.get("keyValue") or {}
    return ", ".join(f"{name} = {value}" for name, value in values.items()) or "this key"


def _broken_rules(details: Mapping[str, Any]) -> str:
    rules = list(dict.fromkeys(_rules(details.get("errInfo", {}).get("details", {}), "")))
    return "; ".join(rules[:5]) or "no reason given"


def _rules(node: Any, path: str) -> Iterator[str]:
    """The rules that were not met, each with the path of its field, out of the server's nested explanation."""
    if isinstance(node, list):
        for part in node:
            yield from _rules(part, path)
    elif isinstance(node, Mapping):
        name = node.get("propertyName", node.get("itemIndex"))
        place = path if name is None else f"{path}.{name}".strip(".")
        if reason := node.get("reason"):
            yield f"{place or 'document'}: {reason}"
        for missing in node.get("missingProperties", ()):
            yield f"{f'{place}.{missing}'.strip('.')}: missing"
        for extra in node.get("additionalProperties", ()) if isinstance(node.get("additionalProperties"), list) else ():
            yield f"{f'{place}.{extra}'.strip('.')}: not a field of this collection"
        for value in node.values():
            if isinstance(value, list | Mapping):
                yield from _rules(value, place)
