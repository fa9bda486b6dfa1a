"""The stored document: the nouns between stages, and the one place that knows the stored shape.

Attribute names are snake_case here and camelCase in MongoDB and GraphQL; `to_document` and `from_document` turn one
into the other. `start` and `end` are always code-point offsets into the report's raw text, end exclusive.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, is_dataclass
from enum import StrEnum
from hashlib import sha256
from operator import attrgetter
from types import UnionType
from typing import Any, get_args, get_type_hints

Number = int | float
Document = dict[str, Any]
"""A stored document: plain dicts, lists, strings, numbers, booleans and None."""


class ReportKind(StrEnum):
    """What kind of report a document is, told by its title first, then by its body."""

    ANNUAL_REPORT = "ANNUAL_REPORT"
    WORK_POINTS_STATUS = "WORK_POINTS_STATUS"
    SUMMARY = "SUMMARY"
    PERIODIC = "PERIODIC"
    REQUESTS_REPORT = "REQUESTS_REPORT"
    NOTICE = "NOTICE"
    OTHER = "OTHER"


class Template(StrEnum):
    """The edition that a report follows, told by its labels, never by its year.

    It has no members of its own: they are the editions of the forms at hand (`loaders.forms.editions.edition_words`).
    """


class Scope(StrEnum):
    """Whose figures a report holds: never add an aggregate to its members."""

    REGION_AGGREGATE = "REGION_AGGREGATE"
    GOVERNMENT_SELF = "GOVERNMENT_SELF"
    DEPARTMENT = "DEPARTMENT"
    TOWNSHIP = "TOWNSHIP"
    ZONE = "ZONE"
    VERTICAL = "VERTICAL"
    SYSTEM_AGGREGATE = "SYSTEM_AGGREGATE"
    UNKNOWN = "UNKNOWN"


class AgencyLevel(StrEnum):
    """The administrative level an agency belongs to."""

    CENTRAL = "CENTRAL"
    PROVINCE = "PROVINCE"
    PREFECTURE = "PREFECTURE"
    COUNTY = "COUNTY"
    TOWNSHIP = "TOWNSHIP"


class AgencyType(StrEnum):
    """What an agency is within its level."""

    GOVERNMENT = "GOVERNMENT"
    GOVERNMENT_OFFICE = "GOVERNMENT_OFFICE"
    DEPARTMENT = "DEPARTMENT"
    SUBDISTRICT_OFFICE = "SUBDISTRICT_OFFICE"
    FUNCTIONAL_ZONE = "FUNCTIONAL_ZONE"
    VERTICAL = "VERTICAL"
    BRANCH = "BRANCH"
    SPECIAL = "SPECIAL"
    CENTRAL = "CENTRAL"


class SectionRole(StrEnum):
    """What a section is about, across eras and kinds of report."""

    PREAMBLE = "PREAMBLE"
    OVERVIEW = "OVERVIEW"
    PROACTIVE_DISCLOSURE = "PROACTIVE_DISCLOSURE"
    REQUESTS = "REQUESTS"
    REVIEW_AND_LITIGATION = "REVIEW_AND_LITIGATION"
    PROBLEMS_AND_IMPROVEMENTS = "PROBLEMS_AND_IMPROVEMENTS"
    OTHER_MATTERS = "OTHER_MATTERS"
    FEES = "FEES"
    WORK_POINTS = "WORK_POINTS"
    ANNEX = "ANNEX"
    CLOSING = "CLOSING"
    OTHER = "OTHER"


class Qualifier(StrEnum):
    """How exactly a narrative figure is meant."""

    EXACT = "EXACT"
    MORE_THAN = "MORE_THAN"
    LESS_THAN = "LESS_THAN"
    ABOUT = "ABOUT"
    AT_LEAST = "AT_LEAST"
    AT_MOST = "AT_MOST"


class Change(StrEnum):
    """The part a narrative figure plays in a change."""

    INCREASE = "INCREASE"
    DECREASE = "DECREASE"
    FROM = "FROM"
    TO = "TO"


class SubjectStatus(StrEnum):
    """Whether it can be told what a narrative figure is about, beyond its label; only STATED carries a subject."""

    STATED = "STATED"
    LABEL = "LABEL"
    AMBIGUOUS = "AMBIGUOUS"
    NONE = "NONE"


class CellStatus(StrEnum):
    """How a cell of an official table was read; only REPORTED and PLACED carry a value.

    READ is a figure read from a picture that neither the form's sums nor a second reading confirm: what was read is its
    text, and it has no value.
    """

    REPORTED = "REPORTED"
    BLANK = "BLANK"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    TEXT = "TEXT"
    AMBIGUOUS = "AMBIGUOUS"
    PLACED = "PLACED"
    READ = "READ"
    MISSING = "MISSING"


class FigureStatus(StrEnum):
    """What a figure rests on, or why there is none: printed, implied and stated figures are never one value."""

    PRINTED = "PRINTED"
    IMPLIED = "IMPLIED"
    STATED = "STATED"
    CONTRADICTED = "CONTRADICTED"
    NOT_KNOWN = "NOT_KNOWN"
    NOT_ASKED = "NOT_ASKED"


class CheckStatus(StrEnum):
    """The outcome of a check."""

    PASS = "PASS"  # noqa: S105  (a verdict, not a password)
    FAIL = "FAIL"
    NOT_ASSESSABLE = "NOT_ASSESSABLE"


class MentionKind(StrEnum):
    """What the prose mentions by a name, a number or a date of its own."""

    DATE = "DATE"
    PERIOD = "PERIOD"
    DOCUMENT = "DOCUMENT"
    DOCUMENT_NUMBER = "DOCUMENT_NUMBER"
    CASE = "CASE"
    AWARD = "AWARD"
    WEBSITE = "WEBSITE"
    PROGRAMME = "PROGRAMME"


class Precision(StrEnum):
    """How exactly a date is told."""

    DAY = "DAY"
    MONTH = "MONTH"
    YEAR = "YEAR"


class EventKind(StrEnum):
    """Who decides a dispute that the prose tells of: the last one it was brought before."""

    RECONSIDERATION = "RECONSIDERATION"
    LITIGATION = "LITIGATION"


class EventStepKind(StrEnum):
    """What happened in one step of a dispute."""

    APPLIED = "APPLIED"
    NOTIFIED = "NOTIFIED"
    ANSWERED = "ANSWERED"
    FILED = "FILED"
    ACCEPTED = "ACCEPTED"
    HEARD = "HEARD"
    DECIDED = "DECIDED"
    APPEALED = "APPEALED"
    WITHDRAWN = "WITHDRAWN"
    ANSWERED_ANEW = "ANSWERED_ANEW"


class EventOutcome(StrEnum):
    """How a dispute ended."""

    UPHELD = "UPHELD"
    REVOKED = "REVOKED"
    CHANGED = "CHANGED"
    UNLAWFUL = "UNLAWFUL"
    ORDERED = "ORDERED"
    DISMISSED = "DISMISSED"
    WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; `start` is where the heading begins, `heading_end` where it ends.

    `level` is the numbering style: 1 一、 2 (一) 3 1. 4 (1) 5 ① 6 一是; None for unnumbered parts (preamble, closing).
    `inferred` marks a heading that the text has lost and that was recovered from content; its title is then the
    canonical one and `start == heading_end`.
    """

    id: str
    parent: str | None
    level: int | None
    ordinal: str | None
    title: str
    role: SectionRole | None
    start: int
    heading_end: int
    end: int
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or list item of the narrative; `text` is its clean text, the span quotes it as printed."""

    id: str
    section: str | None
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statistic:
    """A figure stated in the narrative, multipliers applied; `text` is the printed number with qualifier and unit.

    A range has a two-item `value`. `implied` marks a statement of zero without a number ("未收到申请").
    `part_of` is the index, within the report's statistics, of the whole that this figure breaks down, `breakdown` the
    number of the partition of that whole it belongs to, from 1; `cell` is the path of the table cell that states the
    same, where that is beyond doubt. `previous_value` is what a figure that changed was before. The clause is the text
    between semicolons, full stops or line ends that the figure stands in.
    """

    label: str | None
    label_start: int | None
    label_end: int | None
    value: Number | tuple[Number, Number] | None
    unit: str | None
    qualifier: Qualifier
    change: Change | None
    period: str | None
    context: str | None
    part_of: int | None
    implied: bool
    text: str
    start: int
    end: int
    passage: str | None
    section: str | None
    cell: str | None = None
    clause_start: int | None = None
    clause_end: int | None = None
    subject: str | None = None
    subject_start: int | None = None
    subject_end: int | None = None
    subject_status: SubjectStatus = SubjectStatus.NONE
    breakdown: int | None = None
    previous_value: Number | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A date, a number, a title or a name that the prose mentions; `text` is what is printed, the span quotes it.

    `value` is the same however it is printed: a date in ISO 8601 as exactly as it is told (`precision`), a period as an
    ISO interval, a number or title with one kind of brackets and without blanks, an address with its scheme. It is None
    where it cannot be told for sure: of a date whose year the text leaves out. `title` is what stands in 《》 beside a
    number. What the report has mentioned before is `repeated`.
    """

    kind: MentionKind
    text: str
    value: str | None
    precision: Precision | None
    title: str | None
    repeated: bool
    start: int
    end: int
    passage: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a dispute: its date as exactly as it is told, and the number of the document that was issued."""

    step: EventStepKind
    date: str | None
    document_number: str | None
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Event:
    """A reconsideration or a court case that the prose tells step by step; no `outcome` where none is told."""

    kind: EventKind
    outcome: EventOutcome | None
    steps: tuple[Step, ...]
    start: int
    end: int
    passage: str | None


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money: the printed number, its unit as printed (None where no place tells), and the amount in 元."""

    value: Number | None
    unit: str | None
    yuan: Number | None


@dataclass(frozen=True, slots=True)
class CellValue:
    """One cell of an official table: what is printed, where, and how it was read.

    `value` is None unless `status` is REPORTED or PLACED; `rules` names the rules whose arithmetic placed the figure,
    or confirmed one read from a picture; `confidence` is None for what was not read from a picture.
    """

    path: str
    value: Number | Amount | None
    text: str | None
    start: int | None
    end: int | None
    status: CellStatus
    rules: tuple[str, ...] = ()
    note: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class ImpliedFigure:
    """A figure beside the printed ones: what follows from them, or a zero that the narrative states in words.

    `cells` are the printed cells that are added up and `less` those that are taken off, or ``statistics.N`` of what is
    stated; `rules` are the codes of the sums it follows by, in the order they are applied. Only where the `status` is
    CONTRADICTED, because the figures it would follow from do not agree, is there no `value`.
    """

    path: str
    value: Number | None
    status: FigureStatus
    rules: tuple[str, ...]
    cells: tuple[str, ...]
    less: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of a statistical annex that no national form declares; `parent` is the indicator or heading it is part of.

    `status` tells how `value` was read, `cumulative_status` how `cumulative` was; the span quotes the printed figures.
    """

    label: str
    parent: str | None
    unit: str | None
    value: Number | None
    cumulative: Number | None
    text: str | None
    start: int
    end: int
    status: CellStatus
    cumulative_status: CellStatus


@dataclass(frozen=True, slots=True)
class Check:
    """One assessed rule: both sides, their difference (left minus right) and the paths of what was compared.

    A check against another year names it in `other_year`; `other_paths` are the operands in the report on that year.
    """

    rule: str
    status: CheckStatus
    severity: str
    subject: str | None
    left: Number | None
    right: Number | None
    difference: Number | None
    paths: tuple[str, ...]
    message: str
    message_zh: str
    other_year: int | None = None
    other_paths: tuple[str, ...] = ()


class RegionLevel(StrEnum):
    """What level of division a region is, outermost first; the names of a region are keyed by them."""

    PROVINCE = "PROVINCE"
    PREFECTURE = "PREFECTURE"
    COUNTY = "COUNTY"
    TOWNSHIP = "TOWNSHIP"


@dataclass(frozen=True, slots=True)
class Region:
    """Where an agency is, by names and by the GB/T 2260 code valid in the report's year."""

    code: str | None = None
    province: str | None = None
    prefecture: str | None = None
    county: str | None = None
    township: str | None = None


@dataclass(frozen=True, slots=True)
class Agency:
    """The agency whose report it is; `candidates` lists full names where the printed one is ambiguous."""

    name: str | None = None
    level: AgencyLevel | None = None
    type: AgencyType | None = None
    region: Region = Region()
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """How the report says its agency can be reached, as printed."""

    address: str | None = None
    postcode: str | None = None
    phone: str | None = None
    fax: str | None = None
    email: str | None = None
    website: str | None = None


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document the report cites: its title, its number, or both, as printed."""

    title: str | None
    number: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the raw text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TableSpan:
    """Where an official table stands in the raw text, from its first header to its last cell."""

    form: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reports what on which year; dates are ISO strings, `spans` say where each was read.

    `flags` are stable codes, for instance SUSPECT_MIRROR for a hijacked copy.
    """

    kind: ReportKind
    title: str | None
    year: int | None
    period_start: str | None
    period_end: str | None
    published_on: str | None
    scope: Scope
    agency: Agency
    contact: Contact
    cited_documents: tuple[CitedDocument, ...] = ()
    spans: dict[str, Span] = field(default_factory=dict)
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordPlace:
    """Where a record stands in a file of many: its number, counted from 1, and the byte at which it begins.

    In a packed file the byte counts the unpacked text, except in a WARC, where it is that of the file itself. A Parquet
    file has rows, which begin at no byte.
    """

    number: int
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """Where the text came from: file name, address, media type, hash and size of the original bytes.

    `sample` tells an invented report that comes with the program from a real one, `ocr` one whose text was, at least on
    some pages, recognised in pictures; `record` is null where the file holds nothing but this report.
    """

    name: str
    url: str | None
    media_type: str
    sha256: str
    bytes: int
    encoding: str | None
    parser_version: str
    loaded_at: str | None = None
    warnings: tuple[str, ...] = ()
    sample: bool = False
    ocr: bool = False
    record: RecordPlace | None = None


_PLAIN = frozenset({str, int, float, bool, type(None)})


def to_document(value: Any) -> Any:
    """Dataclasses, enums and tuples as plain dicts, strings and lists, with camelCase keys."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind not in _CONVERTERS:
        _CONVERTERS[kind] = _converter(kind)
    return _CONVERTERS[kind](value)


_CONVERTERS: dict[type, Callable[[Any], Any]] = {}


def _converter(kind: type) -> Callable[[Any], Any]:
    """What makes the stored form of every value of one type: each report has thousands of few types."""
    if is_dataclass(kind):
        return _converter_of(kind)
    if issubclass(kind, dict):
        return lambda value: {key: to_document(item) for key, item in value.items()}
    if issubclass(kind, (list, tuple)):
        return lambda value: [to_document(item) for item in value]
    return str if issubclass(kind, StrEnum) else lambda value: value


def _converter_of(kind: type) -> Callable[[Any], Document]:
    """What makes an object of every value of a dataclass, and looks at no value that is plain by its type."""
    types = get_type_hints(kind)
    keys = tuple(map(camel, types))
    nested = tuple(camel(name) for name, hint in types.items() if not _is_plain(hint))
    values_of = attrgetter(*types, "__class__")  # at least two, for what gets one attribute yields it bare

    def convert(value: Any) -> Document:
        document = dict(zip(keys, values_of(value), strict=False))
        for key in nested:
            document[key] = to_document(document[key])
        return document

    return convert


def _is_plain(hint: Any) -> bool:
    return _PLAIN.issuperset(get_args(hint)) if isinstance(hint, UnionType) else hint in (str, int, float, bool)


def camel(name: str) -> str:
    """A snake_case name in camelCase.

    >>> camel("heading_end")
    'headingEnd'
    """
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)


INDICATORS = "indicators"
"""The key under which the object of a form keeps the rows that no form declares."""

KNOWN = "known"
"""The key under which a report keeps, once more by their paths, figures as printed or, where none is, as implied."""

CONCEPT = "concept"
"""The key under which a report keeps the figures of what several editions count, where it prints them in one cell."""

NATURAL_KEY = ("agency.name", "year", "kind", "scope")
"""The paths that tell one report from all others."""


def report_id(document: Document) -> str:
    """The id of a report: a hash of its natural key, equal for every text of it.

    A report whose agency or year cannot be told has no natural key; the hash of its bytes stands in.
    """
    key = [get(document, path) for path in NATURAL_KEY]
    if key[0] is None or key[1] is None:
        key.append(document["source"]["sha256"])
    return "r" + sha256(repr(key).encode()).hexdigest()[:20]


def tells_a_report(document: Document) -> bool:
    """Whether anything in the text tells a report on information disclosure: its title, its tables or its sections."""
    roles = {section["role"] for section in document["sections"]} - {None, *_ANYBODYS_ROLES}
    return document["kind"] != ReportKind.OTHER or bool(document["tables"]) or bool(roles)


_ANYBODYS_ROLES = frozenset({SectionRole.PREAMBLE, SectionRole.CLOSING, SectionRole.ANNEX, SectionRole.OTHER})


def put(document: Document, path: str, value: Any) -> None:
    """Set the value at a dotted path, making the objects on the way."""
    *parents, leaf = path.split(".")
    for key in parents:
        if document.get(key) is None:
            document[key] = {}
        document = document[key]
    document[leaf] = value


def get(document: Document, path: str) -> Any:
    """The value at a dotted path, None where any step is missing."""
    node: Any = document
    for key in path.split("."):
        if not isinstance(node, dict):
            return None
        node = node.get(key)
    return node
