"""The fields of a report that measure it and compare it: with its peers, and with the year before.

Each comparison is read once for all reports of an answer. Refused: reports of more groups of peers than one command may
ask for, and more values than can be kept in order (`TOO_MANY_GROUPS`).
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from loaders.document import NATURAL_KEY, Document
from loaders.store.collections import REPORTS
from schema.errors import ErrorCode, RequestError
from schema.fields.selection import Selected
from schema.fields.source import argument, computed, joined, many
from schema.plan.peers import (
    READS,
    Key,
    PeerBy,
    PeerGroup,
    peer_groups,
    peer_key,
    peers_index,
    peers_pipeline,
    sharing,
)
from schema.queryable.figure_or_ratio import FigureOrRatio, FiguresAndRatios
from schema.read.context import ReadContext
from schema.read.group_fields import counts_apart
from schema.read.joins import Parent
from schema.read.other_years import by_natural_key, key_of_year
from schema.types.build import Types
from schema.types.comparisons import YearOnYear, compared, measure_type, measured, peer_rank, ranked
from schema.types.measures import FIGURES, figures_of

RANKING = 2_500
"""What reading the peers of all reports of an answer is reckoned as, once for each field that asks for ranks."""


def comparison_fields(types: Types) -> list[Any]:
    """The fields of a report that compare it with others."""
    of = argument("of", types.measures.measure, "What to compare.")
    peers = argument(
        "peers",
        many(PeerBy),
        "What the agencies of peers share; of an empty list, peers are all reports of the same year, kind and scope.",
        default=[PeerBy.LEVEL, PeerBy.PROVINCE],
    )

    def paths(arguments: Mapping[str, Any]) -> tuple[str, ...]:
        return types.measures.all.of(arguments["of"]).paths

    return [
        computed(
            "A figure or ratio of the report: what is printed of it and, where none is, what is implied, and by what.",
            lambda value, _, of: measured(types.measures.all, value, of),
            reads=("template", "implications"),
            reads_by=paths,
            base="implications",
            name="measure",
            type_=measure_type(types.parts.operand),
            arguments=(of,),
        ),
        joined(
            "Where the report stands among its peers.",
            partial(_ranks, types.measures.all),
            reads=READS,
            reads_by=paths,
            once=RANKING,
            name="rank",
            type_=peer_rank(types.groups.template),
            arguments=(of, peers, FIGURES),
        ),
        joined(
            "A figure or ratio beside that of the same agency's report on the year before, of the same kind and scope.",
            partial(_years_on_year, types.measures.all),
            reads=("template", *NATURAL_KEY),
            reads_by=paths,
            name="yearOnYear",
            type_=YearOnYear,
            arguments=(of, FIGURES),
        ),
    ]


async def _ranks(
    figures_and_ratios: FiguresAndRatios, context: ReadContext, selected: Selected, parents: list[Parent]
) -> list[Document]:
    arguments = selected.arguments()
    asked = figures_and_ratios.of(arguments["of"], figures_of(arguments))
    by = sharing(PeerBy(one.value) for one in arguments["peers"])
    reports = [report for report, _ in parents]
    keys = [peer_key(report, by) for report in reports]
    groups = await _groups(context, asked, by, keys, apart=counts_apart(selected))
    return [
        ranked(report, asked.read(report), None if key is None else groups.get(key, PeerGroup()))
        for report, key in zip(reports, keys, strict=True)
    ]


async def _groups(
    context: ReadContext, asked: FigureOrRatio, by: Sequence[PeerBy], keys: Sequence[Key | None], *, apart: bool
) -> dict[Key, PeerGroup]:
    known = list(dict.fromkeys(key for key in keys if key is not None))
    if not known:
        return {}
    most = context.bounds.limits.peer_groups
    if len(known) > most:
        raise RequestError(
            ErrorCode.TOO_MANY_GROUPS,
            f"the reports have {len(known)} groups of peers; {most} can be asked for at once",
            hint="Ask for fewer reports at once.",
        )
    rows = await context.reader.rows(REPORTS, peers_pipeline(asked, by, known, apart=apart), hint=peers_index(by))
    return peer_groups(rows)


async def _years_on_year(
    figures_and_ratios: FiguresAndRatios, context: ReadContext, selected: Selected, parents: list[Parent]
) -> list[Document]:
    arguments = selected.arguments()
    asked = figures_and_ratios.of(arguments["of"], figures_of(arguments))
    reports = [report for report, _ in parents]
    keys = [key_of_year(report, -1) for report in reports]
    found = await by_natural_key(context.reader, keys, paths=("template", *asked.paths))
    return [_beside(asked, report, found.get(key)) for report, key in zip(reports, keys, strict=True)]


def _beside(asked: FigureOrRatio, report: Document, earlier: Document | None) -> Document:
    breaks = earlier is not None and earlier.get("template") != report.get("template")
    return compared(asked.read(report), None if earlier is None else asked.read(earlier), breaks=breaks)
