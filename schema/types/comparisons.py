"""The types that place a report among its peers and beside the year before, and the answers in their shape.

Where no rank or no change can be told, a status says why.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import strawberry

from loaders.document import Document, FigureStatus, get
from schema.fields.source import many, stored
from schema.plan.peers import FEWEST_PEERS, PeerBy, PeerGroup
from schema.queryable.figure_or_ratio import FiguresAndRatios, FigureValue, Knowledge
from schema.queryable.operands import Figures, Operand
from schema.types.enums import describe
from schema.types.factory import object_type
from schema.types.groups import ABOVE_THE_LINE, BELOW_THE_LINE

_TAKEN = "Whether some of the value is implied or stated in words, not printed"
_VALUE = "What this report says, of money in yuan; null where it is not known."


class RankStatus(StrEnum):
    """Whether a report has a rank, and if not, why."""

    RANKED = "RANKED"
    FEW_PEERS = "FEW_PEERS"
    BELOW_MINIMUM = "BELOW_MINIMUM"
    NOT_KNOWN = "NOT_KNOWN"
    NOT_ASKED = "NOT_ASKED"
    SUPERSEDED = "SUPERSEDED"
    PEERS_UNKNOWN = "PEERS_UNKNOWN"


class YearOnYearStatus(StrEnum):
    """Whether a report can be compared with the year before, and if not, why."""

    COMPARED = "COMPARED"
    NOT_KNOWN = "NOT_KNOWN"
    NOT_ASKED = "NOT_ASKED"
    NO_PREVIOUS = "NO_PREVIOUS"
    PREVIOUS_NOT_KNOWN = "PREVIOUS_NOT_KNOWN"
    PREVIOUS_NOT_ASKED = "PREVIOUS_NOT_ASKED"
    BELOW_MINIMUM = "BELOW_MINIMUM"


_NOT_ASKED = "the edition of the form that the report follows has no such figure"
describe(
    PeerBy,
    "What the agencies of peers have in common.",
    {
        "LEVEL": "The administrative level.",
        "AGENCY_TYPE": "The type of the agency.",
        "PROVINCE": "The province, or that they belong to none.",
        "PREFECTURE": "The province and the prefecture in it, or that they belong to none.",
        "COUNTY": "The province, the prefecture and the county in it, or that they belong to none.",
    },
)
describe(
    RankStatus,
    "Whether a report has a rank and can be relied on, and if not, why; the last of these that applies.",
    {
        "RANKED": "The report has a rank.",
        "FEW_PEERS": f"The report has a rank, but among fewer than {FEWEST_PEERS} that were compared: it says little.",
        "BELOW_MINIMUM": "The ratio rests on fewer cases than its minimum: it is shown, but not ranked.",
        "NOT_KNOWN": "The report does not tell the figure, or not all that the ratio is made of.",
        "NOT_ASKED": f"It cannot tell it: {_NOT_ASKED}.",
        "SUPERSEDED": "It is an older text of a report: only current texts are ranked.",
        "PEERS_UNKNOWN": "Who its peers are cannot be told: its agency, year, scope, or something that peers share is "
        "not known.",
    },
)
describe(
    YearOnYearStatus,
    "Whether a report can be compared with the year before, and if not, why.",
    {
        "COMPARED": "Both years are known.",
        "NOT_KNOWN": "The report does not tell the figure, or not all that the ratio is made of.",
        "NOT_ASKED": f"It cannot tell it: {_NOT_ASKED}.",
        "NO_PREVIOUS": "There is no report on the year before.",
        "PREVIOUS_NOT_KNOWN": "The report on the year before does not tell it.",
        "PREVIOUS_NOT_ASKED": f"The report on the year before cannot tell it: {_NOT_ASKED}.",
        "BELOW_MINIMUM": "In one of the years the ratio rests on fewer cases than its minimum: its change says little.",
    },
)


def peer_rank(template: Any) -> Any:
    """Where a report stands among its peers; `template` is the enum of the editions."""
    return object_type(
        "PeerRank",
        [
            stored("Whether there is a rank, and if not, why.", name="status", type_=RankStatus),
            stored(_VALUE, name="value", type_=float | None),
            stored(f"{_TAKEN}, in this report.", name="isImplied", type_=bool),
            stored(ABOVE_THE_LINE, name="numerator", type_=float | None),
            stored(BELOW_THE_LINE, name="denominator", type_=float | None),
            stored("1 for the largest value; equal values share a rank, and the next has the one after all of them: "
                   "1, 2, 2, 4.", name="rank", type_=int | None),
            stored("How many reports were compared: this one and its peers, but for those that do not tell the value, "
                   "or whose ratio rests on fewer cases than its minimum. 0 where the peers are not known.",
                   name="of", type_=int),
            stored("How many of the reports compared print all of the value.", name="printed", type_=int),
            stored("How many of them imply some of it, or state it in words.", name="implied", type_=int),
            stored("How many other reports have the same value; 0 without a rank.", name="ties", type_=int),
            stored("Percentile rank of 0 to 100, the largest value highest: 100 x (smaller values + half of the equal "
                   "ones, this one among them) / `of`. Null without a rank, or where `of` is less than 2.",
                   name="percentile", type_=float | None),
            *(stored(words, name=name, type_=float | None) for name, words in _SPREAD.items()),
            stored(f"Whether `of` is less than {FEWEST_PEERS}: a rank then says little.", name="fewPeers", type_=bool),
            stored("Editions of the reports compared; of different editions, the same figure may not mean the same.",
                   name="templates", type_=many(template)),
        ],
        "Where a report stands among its peers: current reports of the same year, kind and scope; samples among "
        "samples, real reports among real ones.",
    )  # fmt: skip


_SPREAD = {
    "min": "Smallest value that was compared.",
    "p25": "25th percentile of the values, interpolated between neighbours.",
    "median": "Median of the values.",
    "p75": "75th percentile of the values, interpolated between neighbours.",
    "max": "Largest value that was compared.",
}


@strawberry.type(description="A figure or ratio beside that of the same agency's report on the year before.")
class YearOnYear:
    """A figure or ratio beside that of the year before."""

    status: YearOnYearStatus = stored("Whether both years can be compared, and if not, why.")
    value: float | None = stored(_VALUE)
    is_implied: bool = stored(f"{_TAKEN}, in this report.")
    numerator: float | None = stored(ABOVE_THE_LINE)
    denominator: float | None = stored(BELOW_THE_LINE)
    previous: float | None = stored("What the report on the year before says.")
    previous_is_implied: bool = stored(f"{_TAKEN}, in the report on the year before.")
    previous_numerator: float | None = stored(f"On the year before. {ABOVE_THE_LINE}")
    previous_denominator: float | None = stored(f"On the year before. {BELOW_THE_LINE}")
    change: float | None = stored("The value minus the previous one; null where either is not known.")
    change_rate: float | None = stored("The change, of the previous value; null where that is 0.")
    breaks: bool = stored("Whether both reports follow different editions: what they say may not compare.")


def ranked(report: Document, told: FigureValue, group: PeerGroup | None) -> Document:
    """A report as `PeerRank` shows it; `group` are its peers, None where they are not known."""
    status = _rank_status(report, told, group)
    compared_with = group or PeerGroup()
    place: Document = {"rank": None, "ties": 0, "percentile": None}
    spread = compared_with.spread
    if status is RankStatus.RANKED and told.value is not None:
        place = compared_with.place(told.value)
        status = RankStatus.FEW_PEERS if spread["fewPeers"] else status
    return {"status": status, **_sides(told), **spread, **place}


def _rank_status(report: Document, told: FigureValue, group: PeerGroup | None) -> RankStatus:
    if group is None:
        return RankStatus.PEERS_UNKNOWN
    if "@" in report["_id"]:
        return RankStatus.SUPERSEDED
    return _RANK_STATUS[told.knowledge]


_RANK_STATUS = {
    Knowledge.KNOWN: RankStatus.RANKED,
    Knowledge.FEW: RankStatus.BELOW_MINIMUM,
    Knowledge.NOT_KNOWN: RankStatus.NOT_KNOWN,
    Knowledge.NOT_ASKED: RankStatus.NOT_ASKED,
}
_UNTOLD = {Knowledge.NOT_KNOWN: YearOnYearStatus.NOT_KNOWN, Knowledge.NOT_ASKED: YearOnYearStatus.NOT_ASKED}
_PREVIOUS_UNTOLD = {
    Knowledge.NOT_KNOWN: YearOnYearStatus.PREVIOUS_NOT_KNOWN,
    Knowledge.NOT_ASKED: YearOnYearStatus.PREVIOUS_NOT_ASKED,
}


def compared(now: FigureValue, then: FigureValue | None, *, breaks: bool) -> Document:
    """Two years as `YearOnYear` shows them; `then` is None where there is no report on the year before."""
    before = then or FigureValue(Knowledge.NOT_KNOWN)
    change = None if now.value is None or before.value is None else now.value - before.value
    return {
        "status": _year_status(now, then),
        **_sides(now),
        "previous": before.value,
        "previousIsImplied": before.implied,
        "previousNumerator": before.numerator,
        "previousDenominator": before.denominator,
        "change": change,
        "changeRate": change / before.value if change is not None and before.value else None,
        "breaks": breaks,
    }


def _year_status(now: FigureValue, then: FigureValue | None) -> YearOnYearStatus:
    if now.knowledge in _UNTOLD:
        return _UNTOLD[now.knowledge]
    if then is None:
        return YearOnYearStatus.NO_PREVIOUS
    if then.knowledge in _PREVIOUS_UNTOLD:
        return _PREVIOUS_UNTOLD[then.knowledge]
    few = Knowledge.FEW in {now.knowledge, then.knowledge}
    return YearOnYearStatus.BELOW_MINIMUM if few else YearOnYearStatus.COMPARED


def _sides(told: FigureValue) -> Document:
    return {
        "value": told.value,
        "isImplied": told.implied,
        "numerator": told.numerator,
        "denominator": told.denominator,
    }


def measure_type(operand: Any) -> Any:
    """A figure or ratio of one report, with what it rests on."""
    return object_type(
        "Measure",
        [
            stored("The value, of money in yuan: as printed, else as implied or stated; null without any.",
                   name="value", type_=float | None),
            stored("The value of printed figures alone; null where one of them is not printed.",
                   name="printed", type_=float | None),
            stored("What the value rests on, or why there is none; of several figures the one that is furthest from "
                   "print.", name="status", type_=FigureStatus),
            stored("1 where the report tells what is needed, as in groups, else 0.", name="n", type_=int),
            stored(ABOVE_THE_LINE, name="numerator", type_=float | None),
            stored(BELOW_THE_LINE, name="denominator", type_=float | None),
            stored("Codes of the rules by which what is not printed follows, in the order they are applied; of a "
                   "concept its id.", name="rules", type_=list[str]),
            stored("What it is made of: the printed cells that are added up, or the narrative figures that state it.",
                   name="cells", type_=many(operand), size=5),
            stored("The printed cells that are taken off.", name="less", type_=many(operand)),
        ],
        "A figure or ratio of one report: what is printed of it, what is implied, and by what.",
    )  # fmt: skip


def measured(figures_and_ratios: FiguresAndRatios, report: Document, of: Mapping[str, Any]) -> Document:
    """A figure or ratio of a report as `Measure` shows it."""
    asked, alone = (figures_and_ratios.of(of, figures) for figures in (Figures.IMPLIED, Figures.PRINTED))
    told, evidence = asked.read(report), {one["path"]: one for one in report.get("implications") or ()}
    found = [_rests_on(one, report, evidence) for one in asked.operands]
    known = told.knowledge in {Knowledge.KNOWN, Knowledge.FEW}
    status = max((one["status"] for one in found), key=list(FigureStatus).index)
    return {
        **_sides(told),
        "printed": alone.read(report).value,
        "status": FigureStatus.NOT_ASKED if told.knowledge is Knowledge.NOT_ASKED else status,
        "n": int(known),
        "rules": _each_once(found, "rules"),
        **{key: [{"path": path} for path in _each_once(found, key)] for key in ("cells", "less")},
    }


def _each_once(found: Sequence[Document], key: str) -> list[str]:
    return list(dict.fromkeys(word for one in found for word in one[key]))


def _rests_on(figure: Operand, report: Document, evidence: Mapping[str, Document]) -> Document:
    """What one figure rests on; a printed one on its own cell."""
    found = evidence.get(figure.path)
    if found is not None:
        return {**found, "status": FigureStatus(found["status"])}
    printed = get(report, figure.path) is not None
    status = FigureStatus.PRINTED if printed else FigureStatus.NOT_KNOWN
    return {"status": status, "rules": [], "cells": [figure.path.removesuffix(".yuan")] if printed else [], "less": []}
