"""Orders of lists as clients could send them, and what the oracle sorts by; nothing of the code that plans them."""

from collections.abc import Callable, Mapping, Sequence
from random import Random

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from schema.queryable.lists import Listing
from schema.read.schema import build_schema
from tests.oracle import IMPLIABLE, SortKey, measured

Order = list[dict[str, str]]
_FIGURES = ("PRINTED", "IMPLIED")


def orders(listing: Listing) -> SearchStrategy[Order]:
    """One to three keys."""
    return st.randoms(use_true_random=False).map(lambda random: an_order(random, listing))


def an_order(random: Random, listing: Listing) -> Order:
    """One order: of reports by what tells them, by figures and by ratios alike."""
    return [
        {**random.choice(_kinds(listing))(random), "direction": random.choice(("ASC", "DESC"))}
        for _ in range(random.randint(1, 3))
    ]


def _kinds(listing: Listing) -> Sequence[Callable[[Random], dict[str, str]]]:
    names = sorted(listing.order_paths)
    measures = listing.measures
    if measures is None:
        return (lambda random: {"field": random.choice(names)},)
    return (
        lambda random: {"path": random.choice(names)},
        lambda random: {"figure": random.choice(sorted(measures.figures)), "figures": random.choice(_FIGURES)},
        lambda random: {"ratio": random.choice(sorted(measures.ratios)), "figures": random.choice(_FIGURES)},
    )


def every_key(listing: Listing) -> list[dict[str, str]]:
    """Each thing that a list can be sorted by."""
    if listing.measures is None:
        return [{"field": name} for name in listing.order_paths]
    return [
        *({"path": name} for name in listing.order_paths),
        *({"figure": name, "figures": "PRINTED"} for name in listing.measures.figures),
        *({"ratio": name} for name in listing.measures.ratios),
    ]


def sort_keys(listing: Listing, order: Sequence[Mapping[str, str]]) -> list[tuple[SortKey, str]]:
    """What the oracle is to sort by, and which way; of the same key given twice the first counts."""
    found: dict[tuple[str, ...], tuple[SortKey, str]] = {}
    for key in order:
        found.setdefault(_named(listing, key), (_key(listing, key), key.get("direction", "ASC")))
    return list(found.values())


def _named(listing: Listing, key: Mapping[str, str]) -> tuple[str, ...]:
    """What is the same of two keys that are one: of a figure that nothing implies, the printed one is all there is."""
    printed = listing.measures is not None and listing.measures.figures.get(key.get("figure", "")) not in IMPLIABLE
    figures = "PRINTED" if "figure" in key and printed else key.get("figures", "IMPLIED")
    return (*(value for name, value in key.items() if name not in {"direction", "figures"}), figures)


def _key(listing: Listing, key: Mapping[str, str]) -> SortKey:
    measures = listing.measures
    if measures is not None and "path" not in key:
        return lambda report: measured(measures, key, report, key.get("figures", "IMPLIED"))
    return listing.order_paths[key.get("path") or key["field"]]


def by_name(name: str, direction: str) -> dict[str, str]:
    """The key of an order of reports by something that tells them or by a printed figure, whichever the name is of."""
    figures = build_schema().groups.figures
    return {**({"figure": name, "figures": "PRINTED"} if name in figures else {"path": name}), "direction": direction}
