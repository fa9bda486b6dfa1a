"""What enters and leaves the engine: one GraphQL request, its answer, and the limits both are held to.

Nothing is refused here; `schema.limits` and `schema.engine` do that.
"""

from dataclasses import dataclass
from typing import Literal

Stage = Literal["parse", "validate", "execute"]


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """One request as HTTP hands it over; `read_only` refuses anything but a query (a GET request)."""

    query: str
    variables: dict[str, object] | None = None
    operation_name: str | None = None
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class GraphQLAnswer:
    """The answer in the shape of the GraphQL specification; `stage` says how far the request came.

    `parse` and `validate` mean that nothing was executed: `data` is then None and does not belong in the response.
    """

    data: object | None
    errors: list[dict[str, object]]
    extensions: dict[str, object]
    stage: Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one request may ask for; each bound is checked before anything is read from MongoDB."""

    tokens: int = 2_500
    """Names, numbers, texts, signs and comments of the document."""

    definitions: int = 60
    """Operations and fragments in one document."""

    depth: int = 12
    """Levels of nested selections, fragments followed."""

    aliases: int = 60
    """Aliased fields, fragments followed."""

    root_fields: int = 20
    """Fields at the root of the operation, fragments followed."""

    directives: int = 50
    """Directives in the whole document."""

    cost: int = 50_000
    """Values that the answer may hold at most; the size of each page multiplies what is asked of each item."""

    page: int = 100
    """Items of one page."""

    default_page: int = 20
    """Items of a page whose size was not asked for."""

    ids: int = 100
    """Ids that `nodes` takes at once."""

    in_list: int = 250
    """Values in one list of a filter."""

    boolean_depth: int = 4
    """Levels of and/or/not around a condition."""

    conditions: int = 100
    """Conditions in one filter."""

    groups: int = 1_000
    """Groups of one aggregation."""

    default_groups: int = 100
    """Groups of an aggregation whose number was not asked for."""

    peer_groups: int = 250
    """Groups of peers that the reports of one answer may be ranked in."""

    group_keys: int = 4
    """Things that reports can be grouped by at once."""

    metrics: int = 20
    """Metrics of one aggregation."""

    order_keys: int = 8
    """Keys of one sort."""

    text: int = 200
    """Characters of a text that is searched for."""

    search_terms: int = 8
    """Terms of one search of passages."""

    search_term: int = 64
    """Characters of one term of a search of passages; the least is 2."""

    total_count: int = 100_000
    """Where counting for `totalCount` stops."""

    search_count: int = 10_000
    """Where counting the passages that a search finds stops."""

    deadline_ms: int = 9_000
    """Milliseconds one call to MongoDB may take."""
