"""How the parts of one report belong together: sections in sections, passages in these, figures in passages and wholes.

A stored report, or a row of a derived collection that has been given the lists of its report, enters; what belongs
to a part of it leaves. What the report does not say, or an older parser did not keep, is None or an empty list.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from loaders.document import Document

INDEX = "@index"
"""The key under which a figure keeps its place in the list of its report, once it has been asked for."""

LINKS = "@links"
"""The key under which a report keeps its `Links`."""

STATISTIC_PATH = "statistics."
"""What the id of a narrative figure begins with, as operands name it; its place follows."""


class Links:
    """What belongs together in one report, each worked out when it is first asked for."""

    def __init__(self, report: Document) -> None:
        self._report = report

    @cached_property
    def statistics(self) -> list[Document]:
        """The figures in the order of the text, each with its place."""
        figures: list[Document] = self._report.get("statistics") or []
        for index, figure in enumerate(figures):
            figure[INDEX] = index
        return figures

    @cached_property
    def passages(self) -> list[Document]:
        """The passages in the order of the text."""
        return self._report.get("passages") or []

    @cached_property
    def sections(self) -> list[Document]:
        """The sections in the order of the text, each after those that it is in."""
        return self._report.get("sections") or []

    @cached_property
    def section_of(self) -> dict[str | None, Document]:
        """Sections by their ids."""
        return {section["id"]: section for section in self.sections}

    @cached_property
    def passage_of(self) -> dict[str | None, Document]:
        """Passages by their ids."""
        return {passage["id"]: passage for passage in self.passages}

    @cached_property
    def parts(self) -> dict[Any, list[Document]]:
        """The figures that are part of one, by its place."""
        return _by("partOf", self.statistics)

    @cached_property
    def stated_in(self) -> dict[Any, list[Document]]:
        """The figures in a passage, by its id."""
        return _by("passage", self.statistics)

    @cached_property
    def children(self) -> dict[Any, list[Document]]:
        """The sections right below one, by its id."""
        return _by("parent", self.sections)

    @cached_property
    def cells(self) -> dict[str, Document]:
        """The cells of the official tables, by their paths."""
        return {cell["path"]: cell for cell in self._report.get("cells") or ()}

    def statistic(self, index: Any) -> Document | None:
        """The figure at a place, if there is one."""
        is_place = isinstance(index, int) and 0 <= index < len(self.statistics)
        return self.statistics[index] if is_place else None

    def under(self, section: Document, items: Iterable[Document], *, deep: bool) -> list[Document]:
        """Those that stand right under a heading, or, if `deep`, also under those below it."""
        among = self._below[section["id"]] if deep else {section["id"]}
        return [item for item in items if item.get("section") in among]

    @cached_property
    def _below(self) -> dict[str, set[str]]:
        """The ids of each section and of all that are in it."""
        below: dict[str, set[str]] = {section["id"]: {section["id"]} for section in self.sections}
        for section in reversed(self.sections):
            if (parent := section.get("parent")) in below:
                below[parent] |= below[section["id"]]
        return below


def _by(key: str, items: Iterable[Document]) -> dict[Any, list[Document]]:
    """Items by what they have under a key, without those that have nothing there."""
    found = defaultdict(list)
    for item in items:
        if item.get(key) is not None:
            found[item[key]].append(item)
    return dict(found)


def links_of(report: Document) -> Links:
    """The links of a report, the same at each call."""
    links: Links = report.get(LINKS) or report.setdefault(LINKS, Links(report))
    return links


def index_of(statistic: Document) -> int:
    """The place of a figure in the list of its report; a row has it at the end of its id."""
    place: int | None = statistic.get(INDEX)
    return int(statistic["_id"].rpartition("/")[2]) if place is None else place


def mention_key(mention: Document) -> str:
    """What tells a mention from all others of its report: only one of a kind stands at a place."""
    return f"{mention['kind']}{mention['start']}"


def role_of(value: Document, report: Document) -> str | None:
    """The role of the main section that a part stands in: a derived row has it, else its sections are gone up."""
    if "role" in value:
        kept: str | None = value["role"]
        return kept
    sections = links_of(report).section_of
    section = sections.get(value.get("section"))
    while section and section.get("parent") is not None:
        section = sections.get(section["parent"])
    return section.get("role") if section else None


def role_of_mention(value: Document, report: Document) -> str | None:
    """The same of a mention, which knows its passage alone."""
    return role_of(value if "role" in value else passage_of(value, report) or {}, report)


def section_of(value: Document, report: Document) -> Document | None:
    """The section that a passage or a figure stands in."""
    return links_of(report).section_of.get(value.get("section"))


def parent_of(section: Document, report: Document) -> Document | None:
    """The section that one is right below."""
    return links_of(report).section_of.get(section.get("parent"))


def children_of(section: Document, report: Document) -> list[Document]:
    """The sections right below one."""
    return links_of(report).children.get(section["id"], [])


def passages_under(section: Document, report: Document, *, deep: bool = True) -> list[Document]:
    """The passages under a heading."""
    links = links_of(report)
    return links.under(section, links.passages, deep=deep)


def statistics_under(section: Document, report: Document, *, deep: bool = True) -> list[Document]:
    """The figures under a heading."""
    links = links_of(report)
    return links.under(section, links.statistics, deep=deep)


def passage_of(value: Document, report: Document) -> Document | None:
    """The passage that a figure, a mention or the first step of an event stands in."""
    return links_of(report).passage_of.get(value.get("passage"))


def statistics_in(passage: Document, report: Document) -> list[Document]:
    """The figures that stand in a passage."""
    return links_of(report).stated_in.get(passage.get("id"), [])


def whole_of(statistic: Document, report: Document) -> Document | None:
    """The figure that one is part of."""
    return links_of(report).statistic(statistic.get("partOf"))


def parts_of(statistic: Document, report: Document) -> list[Document]:
    """The figures that are part of one."""
    return links_of(report).parts.get(index_of(statistic), [])


def cell_of(statistic: Document, report: Document) -> Document | None:
    """The cell that states the same as a figure."""
    return links_of(report).cells.get(statistic.get("cell") or "")


def operands(key: str) -> Callable[[Document, Document], list[Document]]:
    """What yields the operands that an object names under a key."""
    return lambda value, _report: [{"path": path} for path in value.get(key) or ()]


def operand_cell(operand: Document, report: Document) -> Document | None:
    """The cell that an operand is."""
    return links_of(report).cells.get(operand["path"])


def operand_statistic(operand: Document, report: Document) -> Document | None:
    """The narrative figure that an operand is."""
    head, _, place = operand["path"].partition(STATISTIC_PATH)
    return links_of(report).statistic(int(place)) if not head and place.isdecimal() else None
