"""Where reports stand: among their peers, and beside the year before; each read once for all reports of an answer.

A selected field and the reports it is selected on enter, one document in the shape of its type leaves for each.
Refused: reports of more groups of peers than one command may ask for, and more values than can be kept in order
(`TOO_MANY_GROUPS`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from loaders.document import Document
from loaders.store.collections import REPORTS
from schema.errors import ErrorCode, RequestError
from schema.fields.selection import Selected
from schema.plan.peers import Key, PeerBy, PeerGroup, peer_groups, peer_key, peers_index, peers_pipeline, sharing
from schema.queryable.measured import Measurables, Measured
from schema.read.other_years import by_natural_key, key_of_year
from schema.read.reader import Reader
from schema.request import Limits
from schema.types.comparisons import compared, ranked


@dataclass(frozen=True, slots=True)
class Standing:
    """Compares reports with others."""

    reader: Reader
    measurables: Measurables
    limits: Limits

    async def ranks(self, selected: Selected, reports: Sequence[Document]) -> list[Document]:
        """Each report among its peers."""
        arguments = selected.arguments()
        measured = self.measurables.of(arguments["of"])
        by = sharing(PeerBy(one.value) for one in arguments["peers"])
        keys = [peer_key(report, by) for report in reports]
        groups = await self._groups(measured, by, keys)
        return [
            ranked(report, measured.read(report), None if key is None else groups.get(key, PeerGroup()))
            for report, key in zip(reports, keys, strict=True)
        ]

    async def _groups(
        self, measured: Measured, by: Sequence[PeerBy], keys: Sequence[Key | None]
    ) -> dict[Key, PeerGroup]:
        known = list(dict.fromkeys(key for key in keys if key is not None))
        if not known:
            return {}
        if len(known) > self.limits.peer_groups:
            raise RequestError(
                ErrorCode.TOO_MANY_GROUPS,
                f"the reports have {len(known)} groups of peers; {self.limits.peer_groups} can be asked for at once",
                hint="Ask for fewer reports at once.",
            )
        rows = await self.reader.rows(REPORTS, peers_pipeline(measured, by, known), hint=peers_index(by))
        return peer_groups(rows)

    async def years(self, selected: Selected, reports: Sequence[Document]) -> list[Document]:
        """Each report beside the one on the year before."""
        measured = self.measurables.of(selected.arguments()["of"])
        keys = [key_of_year(report, -1) for report in reports]
        found = await by_natural_key(self.reader, keys, paths=("template", *measured.paths))
        return [_beside(measured, report, found.get(key)) for report, key in zip(reports, keys, strict=True)]


def _beside(measured: Measured, report: Document, earlier: Document | None) -> Document:
    breaks = earlier is not None and earlier.get("template") != report.get("template")
    return compared(measured.read(report), None if earlier is None else measured.read(earlier), breaks=breaks)
