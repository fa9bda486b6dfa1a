"""The enums of the stored document as GraphQL enums, every value with its words.

The Python enums live in `loaders.document`, which knows no GraphQL; here they are made known to Strawberry. A value
without words, or words without a value, is refused at import (`KeyError`).
"""

from collections.abc import Mapping
from enum import Enum, StrEnum
from functools import cache
from typing import Any

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

from loaders.document import (
    AgencyLevel,
    AgencyType,
    CellStatus,
    Change,
    CheckStatus,
    EventKind,
    EventOutcome,
    EventStepKind,
    FigureStatus,
    MentionKind,
    Precision,
    Qualifier,
    RegionLevel,
    ReportKind,
    Scope,
    SectionRole,
    SubjectStatus,
    Template,
)
from loaders.forms import Comparison, Form, Kind, Severity, Shape
from loaders.forms.editions import edition_words


def describe(enum: type[Enum], description: str, words: Mapping[str, str], *, name: str = "") -> None:
    """Make an enum known to Strawberry, with a description for each of its values."""
    strawberry.enum(enum, name=name or enum.__name__, description=description)
    values = definition_of(enum).values
    if words.keys() != {value.name for value in values}:
        raise KeyError(f"{enum.__name__}: describe each value once")
    for value in values:
        value.description = words[value.name]


def made(name: str, description: str, words: Mapping[str, str]) -> Any:
    """A new enum whose values are their own names."""
    enum = StrEnum(name, [(member, member) for member in words])  # type: ignore[misc]  # members are data here
    describe(enum, description, words)
    return enum


@cache
def template_of(forms: tuple[Form, ...]) -> Any:
    """The enum `Template` of these forms, always the same: its values are their editions."""
    return made(Template.__name__, "The edition that a report follows, told by its labels.", edition_words(forms))


def definition_of(enum: type[Enum]) -> StrawberryEnumDefinition:
    """What Strawberry knows of an enum."""
    definition: StrawberryEnumDefinition = enum.__strawberry_definition__  # type: ignore[attr-defined]
    return definition


class Direction(StrEnum):
    """Which way a sort goes; missing values come last either way."""

    ASC = "ASC"
    DESC = "DESC"


describe(
    Direction,
    "Which way a sort goes; missing values come last either way.",
    {"ASC": "Smallest, earliest or first by code points first.", "DESC": "Largest, latest or last first."},
)
describe(
    ReportKind,
    "What kind of report a document is.",
    {
        "ANNUAL_REPORT": "Annual report on open government information, as the Regulation asks of every agency.",
        "WORK_POINTS_STATUS": "How far the year's work points on open government were carried out.",
        "SUMMARY": "Work summary that is no statutory report.",
        "PERIODIC": "Report on a quarter or half a year.",
        "REQUESTS_REPORT": "Report on requests alone.",
        "NOTICE": "Notice, or another document published beside the reports.",
        "OTHER": "None of these.",
    },
)
describe(
    Scope,
    "Whose figures a report holds: an aggregate must never be added to its members.",
    {
        "REGION_AGGREGATE": "All agencies of a region together, published by its government.",
        "GOVERNMENT_SELF": "The government's own office alone.",
        "DEPARTMENT": "One department.",
        "TOWNSHIP": "One township, town or subdistrict.",
        "ZONE": "One development zone or another functional zone.",
        "VERTICAL": "One agency that is led from above, such as taxation or customs.",
        "SYSTEM_AGGREGATE": "A department together with those under it.",
        "UNKNOWN": "The report does not tell.",
    },
)
describe(
    AgencyLevel,
    "The administrative level that an agency belongs to.",
    {
        "CENTRAL": "The State Council and its bodies.",
        "PROVINCE": "Province, autonomous region or municipality.",
        "PREFECTURE": "Prefecture-level city, prefecture, league.",
        "COUNTY": "County, district, county-level city.",
        "TOWNSHIP": "Township, town, subdistrict.",
    },
)
describe(
    RegionLevel,
    "What level of division a region is.",
    {
        "PROVINCE": "Province, autonomous region or municipality.",
        "PREFECTURE": "Prefecture-level city, prefecture, league.",
        "COUNTY": "County, district, county-level city.",
        "TOWNSHIP": "Township, town, subdistrict.",
    },
)
describe(
    AgencyType,
    "What an agency is within its level.",
    {
        "GOVERNMENT": "A people's government.",
        "GOVERNMENT_OFFICE": "The office of a government.",
        "DEPARTMENT": "A department of a government.",
        "SUBDISTRICT_OFFICE": "A subdistrict office.",
        "FUNCTIONAL_ZONE": "The administration of a development or another functional zone.",
        "VERTICAL": "An agency led from above.",
        "BRANCH": "A branch of an agency.",
        "SPECIAL": "A body of another sort.",
        "CENTRAL": "A body of the central government.",
    },
)
describe(
    SectionRole,
    "What a section is about, across years and kinds of report.",
    {
        "PREAMBLE": "What stands before the first heading.",
        "OVERVIEW": "General account of the year.",
        "PROACTIVE_DISCLOSURE": "What was published on the agency's own initiative.",
        "REQUESTS": "Requests received and handled.",
        "REVIEW_AND_LITIGATION": "Reconsideration and litigation.",
        "PROBLEMS_AND_IMPROVEMENTS": "Problems and what is done about them.",
        "OTHER_MATTERS": "Other matters to report.",
        "FEES": "Fees charged for information.",
        "WORK_POINTS": "How the year's work points were carried out.",
        "ANNEX": "Annexes and their tables.",
        "CLOSING": "Signature, date and contact.",
        "OTHER": "None of these.",
    },
)
describe(
    Qualifier,
    "How exactly a narrative figure is meant.",
    {
        "EXACT": "As printed.",
        "MORE_THAN": "More than the figure.",
        "LESS_THAN": "Less than the figure.",
        "ABOUT": "About the figure.",
        "AT_LEAST": "The figure or more.",
        "AT_MOST": "The figure or less.",
    },
)
describe(
    Change,
    "The part that a narrative figure plays in a change.",
    {
        "INCREASE": "It is what something rose by.",
        "DECREASE": "It is what something fell by.",
        "FROM": "It is the value before the change.",
        "TO": "It is the value after the change.",
    },
)
describe(
    SubjectStatus,
    "Whether it can be told what a narrative figure is about, and if not, why; only STATED comes with a subject.",
    {
        "STATED": "The text names what the sentence is about.",
        "LABEL": "The label alone says it.",
        "AMBIGUOUS": "Several things that the text names could be meant.",
        "NONE": "The text names nothing.",
    },
)
describe(
    MentionKind,
    "What a report mentions besides figures.",
    {
        "DATE": "A day, a month or a year.",
        "PERIOD": "A time from one date to another.",
        "DOCUMENT": "A document by its title in.",
        "DOCUMENT_NUMBER": "A document by its number.",
        "CASE": "A court case by its number.",
        "AWARD": "An award or a title of honour that was won.",
        "WEBSITE": "A website or a page by its address.",
        "PROGRAMME": "A reform, campaign or plan whose name stands between quotes.",
    },
)
describe(
    Precision,
    "How exactly a date is told.",
    {"DAY": "To the day.", "MONTH": "To the month.", "YEAR": "To the year."},
)
describe(
    EventKind,
    "Who decides a dispute that a report tells of.",
    {"RECONSIDERATION": "Administrative reconsideration.", "LITIGATION": "A court."},
)
describe(
    EventStepKind,
    "What happened in one step of a dispute.",
    {
        "APPLIED": "Information was asked for.",
        "NOTIFIED": "A notice was given, for instance to amend the request.",
        "ANSWERED": "The request was answered.",
        "FILED": "Reconsideration was applied for, or a court was gone to.",
        "ACCEPTED": "The case was accepted.",
        "HEARD": "It was heard.",
        "DECIDED": "It was decided.",
        "APPEALED": "The decision of a court was appealed against.",
        "WITHDRAWN": "The case was withdrawn.",
        "ANSWERED_ANEW": "The request was answered once more.",
    },
)
describe(
    EventOutcome,
    "How a dispute ended.",
    {
        "UPHELD": "What the agency did was upheld.",
        "REVOKED": "It was revoked.",
        "CHANGED": "It was changed.",
        "UNLAWFUL": "It was found unlawful.",
        "ORDERED": "The agency was ordered to act.",
        "DISMISSED": "The application, suit or claim was dismissed.",
        "WITHDRAWN": "The case was withdrawn.",
    },
)
describe(
    CellStatus,
    "How a cell of an official table was read; only REPORTED and PLACED carry a value.",
    {
        "REPORTED": "A number is printed and its place is certain.",
        "BLANK": "The cell is printed empty; blank is never zero.",
        "NOT_APPLICABLE": "A stroke or a word that says there is nothing to report.",
        "TEXT": "Words where a number belongs.",
        "AMBIGUOUS": "Figures whose column cannot be told; the text is kept.",
        "PLACED": "A figure whose column was lost, and for which the sums of the form leave exactly one place.",
        "READ": "A figure read from a picture that neither the sums of the form nor a second reading confirm: "
        "what was read is its text, and it has no value.",
        "MISSING": "The form has the cell, the text does not.",
    },
)
describe(
    FigureStatus,
    "What a figure rests on, or why there is none. A printed figure and an implied one are two values.",
    {
        "PRINTED": "All of it is printed.",
        "IMPLIED": "It follows from printed figures by the sums of the form, or adds up cells that no form adds up.",
        "STATED": "The narrative states in words that there were none.",
        "CONTRADICTED": "There is none: the figures that it would follow from contradict each other.",
        "NOT_KNOWN": "There is none: it is not printed, and does not follow from what is.",
        "NOT_ASKED": "There is none: the edition of the form that the report follows does not ask for it.",
    },
)
describe(
    CheckStatus,
    "The outcome of a check.",
    {
        "PASS": "Both sides compare as the rule wants.",
        "FAIL": "They do not.",
        "NOT_ASSESSABLE": "A figure that the rule needs is missing.",
    },
)
describe(
    Severity,
    "How much a failed check weighs.",
    {
        "ERROR": "Arithmetic that the form itself prescribes.",
        "WARNING": "A strong expectation with legitimate exceptions.",
        "INFO": "Worth a look.",
    },
)
describe(
    Kind,
    "What a cell of a form counts.",
    {
        "COUNT": "A whole number, zero or more.",
        "CHANGE": "A whole number with a sign: the change against last year.",
        "MONEY": "An amount of money with its unit.",
    },
    name="CellKind",
)
describe(
    Comparison,
    "How the two sides of a rule must compare.",
    {"EQ": "They are equal.", "LE": "The left side is at most the right side."},
)
describe(
    Shape,
    "How a block of a form lies on paper.",
    {
        "MATRIX": "One printed line a row, one printed column a column.",
        "STRIP": "Rows side by side: a stacked header, then all cells of all rows in one line.",
    },
    name="BlockShape",
)
