"""The kind of report that is added up where none is asked for: annual reports, as everywhere one report is named.

The arguments of an aggregation enter, a match document leaves. A kind is asked for by the argument `kind` (null is
any), by a condition on it wherever it stands in `where`, or by grouping by it.
"""

from collections.abc import Mapping
from typing import Any

from loaders.document import ReportKind
from schema.queryable.conditions import Branch, Condition

_PATH, _DIMENSION = "kind", "KIND"


def of_kind(tree: Branch, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    """The match document of the kind that is asked for, or meant."""
    if "kind" in arguments:
        return {} if arguments["kind"] is None else {_PATH: arguments["kind"].value}
    if asks_about(tree, arguments.get("where"), _PATH):
        return {}
    if any(given.value == _DIMENSION for given in arguments.get("groupBy") or ()):
        return {}
    return {_PATH: ReportKind.ANNUAL_REPORT.value}


def asks_about(tree: Branch, where: Mapping[str, Any] | None, path: str) -> bool:
    """Whether a filter has a condition on what is stored at a path, lists within apart."""
    for key, value in (where or {}).items():
        if value is None:
            continue
        if tree.logical and key in {"and", "or", "not"}:
            if any(asks_about(tree, one, path) for one in ([value] if key == "not" else value)):
                return True
            continue
        node = tree.children.get(key)  # none of what is measured
        if isinstance(node, Condition) and node.path == path:
            return True
        if isinstance(node, Branch) and asks_about(node, value, path):
            return True
    return False
