# ruff: noqa: E501 - declarations read best one to a line
"""The report declared once: every field of it and of its parts, besides the figures of its forms.

What is stored is in `loaders.document`; this says of each field what it is called and means in both languages, what
it holds, and whether it can be filtered, sorted and grouped by and exported. The object types, filters, sort keys,
dimensions, columns and indexes are read off it. A value that is not stored as it is shown is `computed`: its function
is where it is needed (`schema.types`, `schema.export.columns`), joined to the declaration by name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, Flag, StrEnum

from loaders.document import (
    INDICATORS,
    Agency,
    AgencyLevel,
    AgencyType,
    Amount,
    CellStatus,
    CellValue,
    Change,
    Check,
    CheckStatus,
    CitedDocument,
    Contact,
    Event,
    EventKind,
    EventOutcome,
    EventStepKind,
    FigureStatus,
    Identity,
    ImpliedFigure,
    Indicator,
    Mention,
    MentionKind,
    Passage,
    Precision,
    Qualifier,
    RecordPlace,
    Region,
    RegionLevel,
    ReportKind,
    Scope,
    Section,
    SectionRole,
    SourceInfo,
    Span,
    Statistic,
    Step,
    SubjectStatus,
    TableSpan,
    Template,
)
from loaders.forms import Severity


class ValueKind(Enum):
    """What a field holds, in the words of its filter."""

    INT = "whole number"
    FLOAT = "number"
    TEXT = "text"
    DATE = "date, as YYYY, YYYY-MM or YYYY-MM-DD"
    ENUM = "value of an enum"
    BOOLEAN = "truth value"
    WORDS = "list of words"
    CODE = "GB/T 2260 code"
    YEARS = "list of years"
    ID = "id"
    PART = "object"
    PARTS = "list of objects"
    LINK = "link to another object of the report"
    LINKS = "links to other objects of the report"


class Held(Flag):
    """Where a field is stored: in a report, or in the rows made of it, which carry what tells their report."""

    NOWHERE = 0
    REPORT = 1
    ROWS = 2
    BOTH = REPORT | ROWS


class Served(StrEnum):
    """How an index of the reports serves a filter on a field."""

    NO = "NO"
    BY_YEAR = "BY_YEAR"  # found by it, sorted by year: a value that many reports share
    ALONE = "ALONE"  # found and sorted by it
    WITH_OTHERS = "WITH_OTHERS"  # one index over many fields


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of object in a report; `name` is its GraphQL type, `stored` the class it is stored from.

    `noun` is one item in the words of a filter and `where` what the type of that filter is called after, if not after
    the part. Of a part that `combines`, a filter has and, or and not.
    """

    name: str
    stored: type | None
    zh: str
    en: str
    noun: str = ""
    where: str = ""
    combines: bool = False

    @property
    def words(self) -> str:
        """What it is, in Chinese and in one English sentence."""
        return in_both(self.zh, f"{self.en}.")


def in_both(zh: str, en: str) -> str:
    """A description as the schema has them: what it is called in Chinese, then what it is in English.

    >>> in_both("年度", "Year of the report.")
    '年度 — Year of the report.'
    """
    return f"{zh} — {en}"


REPORT = Part(
    "Report",
    Identity,
    "政府信息公开工作年度报告",
    "A report on open government information, with every figure and every sentence in it",
)
AGENCY = Part("Agency", Agency, "编制报告的机关", "An agency that reports", where="ReportAgency", combines=True)
REGION = Part(
    "Region",
    Region,
    "行政区划",
    "An administrative division, told apart by its name and those above it; all null where it is unknown",
)
SOURCE = Part("Source", SourceInfo, "来源文件", "The file that the report was read from")
RECORD = Part(
    "SourceRecord", RecordPlace, "语料记录", "Where in a file of many records (JSONL, Parquet, WARC) the report stands"
)
CONTACT = Part("Contact", Contact, "联系方式", "How the report says its agency can be reached, as printed")
CITED_DOCUMENT = Part(
    "CitedDocument", CitedDocument, "引用的文件", "A document that the report cites", "cited document"
)
FACT_SPAN = Part("FactSpan", Span, "事实出处", "Where in the raw text a fact about the report was read")
SECTION = Part(
    "Section",
    Section,
    "章节",
    "A heading and what stands under it, the sections below it included",
    "section",
    combines=True,
)
PASSAGE = Part(
    "Passage",
    Passage,
    "段落",
    "A passage of the narrative: a paragraph or an item of a list",
    "passage of a report",
    "ReportPassage",
)
STATISTIC = Part(
    "Statistic",
    Statistic,
    "正文数据",
    "A figure that the narrative states, with what it counts and how it is meant",
    "narrative figure of a report",
    "ReportStatistic",
)
MENTION = Part(
    "Mention",
    Mention,
    "文中提及",
    "A date, a document, a case, an award, a website or a programme that the narrative mentions",
    "mention in a report",
    "ReportMention",
)
STEP = Part("EventStep", Step, "案件环节", "One step of a reconsideration or a court case", "step")
EVENT = Part(
    "Event",
    Event,
    "复议诉讼案件",
    "A reconsideration or a court case that the narrative tells step by step",
    "case",
)
NUMBER_RANGE = Part("NumberRange", None, "数值区间", "From one number to another")
TABLE_SPAN = Part(
    "TableSpan",
    TableSpan,
    "表格位置",
    "Where an official table stands in the raw text, from its first header to its last cell",
    "official table",
    "Table",
)
CELL = Part(
    "Cell",
    CellValue,
    "表格单元格",
    "A cell of an official table: what is printed, where, and how it was read",
    "cell of an official table",
)
AMOUNT = Part("Amount", Amount, "金额", "A sum of money")
IMPLIED_FIGURE = Part(
    "ImpliedFigure",
    ImpliedFigure,
    "推算数据",
    "A figure that no cell of its own prints: what follows from printed ones by the sums of the form, or a zero that "
    "the narrative states in words. The printed figure stays as it is",
    "implied figure of a report",
)
CHECK = Part("Check", Check, "核对结果", "One rule of arithmetic, assessed on the figures of the report", "check")
OPERAND = Part(
    "Operand",
    None,
    "参与核对的数据",
    "One of the figures that a rule compares or adds up: a cell of an official table, or a narrative figure",
)
INDICATOR = Part(
    "Indicator",
    Indicator,
    "地方统计指标",
    "An indicator of a local table, which no national form defines",
    "indicator of a local table",
)
PARTS = (REPORT, AGENCY, REGION, SOURCE, RECORD, CONTACT, CITED_DOCUMENT, FACT_SPAN, SECTION, PASSAGE, STATISTIC, MENTION, EVENT, STEP, NUMBER_RANGE, TABLE_SPAN, CELL, IMPLIED_FIGURE, AMOUNT, CHECK, OPERAND, INDICATOR)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a part, by its name in GraphQL, in filters and in exports.

    `en` and `zh` have no full stop; `note` is what only who reads the value must know, `hint` what only who asks.
    `of` are the values of an enum, or the part that is held. `key` is the stored key where it is another than the
    name. One that is `of_forms` is held by the objects of the forms that have such rows, not by the report itself.
    A LINK is kept as the id or the place, within the report, of the part that it shows; a filter asks whether it is
    there, or, as what it is `asked`, about that id. `unasked` says why no filter asks about it. `sorts` and `groups`
    are its names as a key of a sort and as a dimension; `sorts_rows` also sorts rows by it. Of a field that is not
    `shown` GraphQL has none; one that is `joined` is read from elsewhere.
    """

    part: Part
    name: str
    kind: ValueKind
    zh: str
    en: str
    of: type[Enum] | Part | None = None
    null: bool = True
    note: str = ""
    hint: str = ""
    key: str = ""
    of_forms: bool = False
    held: Held = Held.REPORT
    computed: bool = False
    joined: bool = False
    shown: bool = True
    unasked: str = ""
    asked: ValueKind | None = None
    sorts: str = ""
    sorts_rows: bool = False
    groups: str = ""
    exports: bool = False
    served: Served = Served.NO
    size: int = 1
    weight: int = 1
    heavy: bool = False

    @property
    def path(self) -> str:
        """Where it is stored, from the object that it is a field of."""
        return self.key or self.name

    @property
    def filters(self) -> bool:
        """Whether a filter asks about it."""
        return bool(self.held) and not self.unasked

    @property
    def holds(self) -> Part:
        """The part that it holds, one or a list of them."""
        if not isinstance(self.of, Part):
            raise TypeError(f"{self.part.name}.{self.name} holds no part")
        return self.of

    @property
    def values(self) -> type[Enum] | None:
        """The enum whose values it has."""
        return None if isinstance(self.of, Part) else self.of

    @property
    def words(self) -> str:
        """What it is, in Chinese and in one English sentence."""
        return self.said()

    def said(self, more: str = "") -> str:
        """What it is in both languages, with more that the English says."""
        return in_both(self.zh, f"{self.en}{more}.")


INT, FLOAT, TEXT, DATE = ValueKind.INT, ValueKind.FLOAT, ValueKind.TEXT, ValueKind.DATE
ENUM, BOOLEAN, WORDS, CODE = ValueKind.ENUM, ValueKind.BOOLEAN, ValueKind.WORDS, ValueKind.CODE
LINK, LINKS = ValueKind.LINK, ValueKind.LINKS
BY_YEAR, ALONE, WITH_OTHERS = Served.BY_YEAR, Served.ALONE, Served.WITH_OTHERS

_OFFSET = "places in the text are no question of their own"
_LOCAL = "an id within one report means nothing to others"
_SEARCHED = "texts are searched by their passages"
_FOLLOWS = "the words of a check follow from what can be filtered"
_BY_FORM = "figures are asked about by the fields of their forms"
_AS_YUAN = "money is compared in yuan, whatever unit it is printed in"
_ALWAYS = "there is always one"
_NO_QUESTION = "it means something only beside the report that it is of"

FIELDS: tuple[Field, ...] = (
    Field(REPORT, "id", ValueKind.ID, "标识", "Opaque id", key="_id", null=False, computed=True, unasked=_LOCAL, exports=True),
    Field(REPORT, "year", INT, "报告年度", "Year that the report is about", held=Held.BOTH, sorts="YEAR", sorts_rows=True, groups="YEAR", exports=True, served=ALONE),
    Field(REPORT, "kind", ENUM, "报告类型", "Kind of report", ReportKind, null=False, held=Held.BOTH, sorts="KIND", groups="KIND", exports=True, served=BY_YEAR),
    Field(REPORT, "template", ENUM, "所依格式", "Edition that the report follows, told by its labels", Template, held=Held.BOTH, sorts="TEMPLATE", groups="TEMPLATE", exports=True, served=BY_YEAR),
    Field(REPORT, "templateExpected", ENUM, "当年规定格式", "Edition prescribed for its year", Template, exports=True, served=BY_YEAR),
    Field(REPORT, "scope", ENUM, "数据口径", "Whose figures the report holds", Scope, held=Held.BOTH, sorts="SCOPE", groups="SCOPE", exports=True, served=BY_YEAR),
    Field(REPORT, "title", TEXT, "标题", "Title, as printed", sorts="TITLE", exports=True, served=ALONE),
    Field(REPORT, "displayTitle", TEXT, "显示标题", "Title, or a name made of agency, year and kind where none is found", null=False, held=Held.NOWHERE, computed=True),
    Field(REPORT, "titlePrinted", BOOLEAN, "是否载有标题", "Whether `displayTitle` is the title as printed, not a name made for the report", null=False, held=Held.NOWHERE, computed=True),
    Field(REPORT, "periodStart", DATE, "统计期起始日", "First day that the report covers, in ISO 8601", exports=True, served=WITH_OTHERS),
    Field(REPORT, "periodEnd", DATE, "统计期截止日", "Last day that the report covers, in ISO 8601", sorts="PERIOD_END", exports=True, served=ALONE),
    Field(REPORT, "publishedOn", DATE, "发布日期", "Day of publication, in ISO 8601", sorts="PUBLISHED_ON", exports=True, served=ALONE),
    Field(REPORT, "agency", ValueKind.PART, "编制机关", "The agency whose report it is", AGENCY, held=Held.BOTH, exports=True),
    Field(REPORT, "source", ValueKind.PART, "来源文件", "The file that the report was read from", SOURCE, exports=True, served=WITH_OTHERS),
    Field(REPORT, "failedRules", WORDS, "未通过的核对规则", "Codes of the rules that failed, each once", hint="; an index serves it", exports=True, served=ALONE),
    Field(REPORT, "contact", ValueKind.PART, "联系方式", "How the agency can be reached", CONTACT, exports=True, served=WITH_OTHERS),
    Field(REPORT, "citedDocuments", ValueKind.PARTS, "引用的文件", "Documents that the report cites", CITED_DOCUMENT, size=5, heavy=True),
    Field(REPORT, "flags", WORDS, "异常标记", "Stable codes of what is odd about the report", served=WITH_OTHERS),
    Field(REPORT, "factSpans", ValueKind.PARTS, "各项事实出处", "Where the facts about the report were read", FACT_SPAN, key="spans", computed=True, unasked=_OFFSET, size=5, heavy=True),
    Field(REPORT, "revision", INT, "版次", "Number of this revision of the report, 1 for the first"),
    Field(REPORT, "supersedes", LINK, "所取代的旧文本", "The older text that this one superseded, null for the first", REPORT, joined=True, unasked=_NO_QUESTION),
    Field(REPORT, "rawText", TEXT, "原文", "The text that all offsets count in, exactly as read", unasked=_SEARCHED, weight=20, heavy=True),
    Field(REPORT, "sections", ValueKind.PARTS, "章节", "The sections of the report", SECTION, note=", in order of the text", computed=True, size=20, heavy=True),
    Field(REPORT, "section", ValueKind.PART, "单个章节", "The first section about something", SECTION, held=Held.NOWHERE, computed=True),
    Field(REPORT, "passages", ValueKind.PARTS, "段落", "The passages of the narrative", PASSAGE, note=", in order of the text", hint="; to search texts of many reports, ask for `passages`", computed=True, size=60, heavy=True),
    Field(REPORT, "statistics", ValueKind.PARTS, "正文数据", "The figures that the narrative states", STATISTIC, note=", in order of the text", computed=True, size=100, heavy=True),
    Field(REPORT, "mentions", ValueKind.PARTS, "文中提及", "The dates, periods, documents, cases, awards, websites and programmes that the narrative mentions", MENTION, note=", in order of the text", computed=True, size=40, heavy=True),
    Field(REPORT, "events", ValueKind.PARTS, "复议诉讼案件", "The reconsiderations and court cases that the narrative tells step by step", EVENT, note=", in order of the text", size=2, heavy=True),
    Field(REPORT, "cells", ValueKind.PARTS, "表格单元格", "The cells of the official tables, by how they were read", CELL, computed=True, size=200, heavy=True),
    Field(REPORT, "cell", ValueKind.PART, "单个单元格", "One cell of an official table", CELL, held=Held.NOWHERE, computed=True),
    Field(REPORT, "implied", ValueKind.PARTS, "推算数据", "Figures that follow from the printed ones or are stated in words, beside the cells that print none, and every concept that the report tells", IMPLIED_FIGURE, key="implications", computed=True, size=40, heavy=True),
    Field(REPORT, "tables", ValueKind.PARTS, "表格位置", "The official tables, by where they stand in the raw text", TABLE_SPAN, size=4, heavy=True),
    Field(REPORT, "checks", ValueKind.PARTS, "核对结果", "The checks of the report's arithmetic", CHECK, computed=True, size=50, heavy=True),
    Field(REPORT, "checkStatus", ENUM, "核对总体结果", "State of the checks as a whole: FAIL where one failed, else PASS where one passed, else NOT_ASSESSABLE", CheckStatus, null=False, held=Held.NOWHERE, computed=True, groups="CHECK_STATUS"),
    Field(REPORT, INDICATORS, ValueKind.PARTS, "地方统计指标", "Indicators of local tables", INDICATOR, of_forms=True, size=40, heavy=True),
    Field(AGENCY, "id", ValueKind.ID, "标识", "Opaque id", null=False, held=Held.NOWHERE, computed=True),
    Field(AGENCY, "name", TEXT, "机关全称", "Full name of the agency", note=", null where the report does not tell it without doubt", held=Held.BOTH, sorts="AGENCY_NAME", sorts_rows=True, groups="AGENCY", exports=True, served=ALONE),
    Field(AGENCY, "level", ENUM, "行政层级", "Administrative level of the agency", AgencyLevel, held=Held.BOTH, sorts="AGENCY_LEVEL", groups="LEVEL", exports=True, served=BY_YEAR),
    Field(AGENCY, "type", ENUM, "机关类别", "What the agency is within its level", AgencyType, held=Held.BOTH, sorts="AGENCY_TYPE", groups="AGENCY_TYPE", exports=True, served=BY_YEAR),
    Field(AGENCY, "region", ValueKind.PART, "所在地区", "Where the agency is", REGION, null=False, held=Held.BOTH, computed=True, exports=True),
    Field(AGENCY, "candidates", WORDS, "可能的机关全称", "Full names that the printed one could stand for, where it is ambiguous", served=WITH_OTHERS),
    Field(AGENCY, "years", ValueKind.YEARS, "有年度报告的年度", "Years that its annual reports are about", hint="; `not: {years: {has: 2023}}` finds gaps, and `reports` asks about other kinds", key=f"years.{ReportKind.ANNUAL_REPORT}", held=Held.ROWS, joined=True),
    Field(REGION, "id", ValueKind.ID, "标识", "Opaque id", null=False, held=Held.NOWHERE, computed=True),
    Field(REGION, "code", CODE, "行政区划代码", "GB/T 2260 code", note=": of an agency's region the one valid in the report's year, of a township that of its county; null where no report tells it", hint=", of a township that of its county; `within` finds a whole subtree", held=Held.BOTH, sorts="REGION_CODE", exports=True, served=ALONE),
    Field(REGION, "name", TEXT, "地区全称", "Its own full name", note=", the innermost of the names below", held=Held.ROWS, computed=True, sorts="REGION_NAME"),
    Field(REGION, "level", ENUM, "区划层级", "What level of division it is", RegionLevel, held=Held.ROWS, computed=True, sorts="REGION_LEVEL"),
    Field(REGION, "province", TEXT, "省级", "Province, autonomous region or municipality, by its full name", held=Held.BOTH, sorts="PROVINCE", groups="PROVINCE", exports=True, served=BY_YEAR),
    Field(REGION, "prefecture", TEXT, "地级", "Prefecture-level city or area, by its full name", held=Held.BOTH, sorts="PREFECTURE", groups="PREFECTURE", exports=True, served=BY_YEAR),
    Field(REGION, "county", TEXT, "县级", "County, district or county-level city, by its full name", held=Held.BOTH, sorts="COUNTY", groups="COUNTY", exports=True, served=BY_YEAR),
    Field(REGION, "township", TEXT, "乡级", "Township, town or subdistrict, by its full name", held=Held.BOTH, exports=True, served=WITH_OTHERS),
    Field(SOURCE, "name", TEXT, "文件名", "Name of the file", null=False, exports=True),
    Field(SOURCE, "url", TEXT, "网址", "Address it came from", exports=True),
    Field(SOURCE, "mediaType", TEXT, "媒体类型", "Media type of the file", null=False, exports=True),
    Field(SOURCE, "sha256", TEXT, "原文件的 SHA-256 值", "SHA-256 of the original bytes, in hexadecimal", null=False, exports=True),
    Field(SOURCE, "bytes", INT, "原文件字节数", "Size of the original in bytes", null=False),
    Field(SOURCE, "encoding", TEXT, "字符编码", "Character encoding that the text was decoded from"),
    Field(SOURCE, "parserVersion", TEXT, "解析程序版本", "Version of the parser that read it", null=False),
    Field(SOURCE, "loadedAt", DATE, "载入时间", "When it was loaded, in ISO 8601", sorts="LOADED_AT", exports=True, served=ALONE),
    Field(SOURCE, "warnings", WORDS, "文件异常", "What was odd about the file"),
    Field(SOURCE, "sample", BOOLEAN, "是否示例", "Whether it is an invented report that comes with the program, not a real one", null=False, exports=True),
    Field(SOURCE, "ocr", BOOLEAN, "是否由图像识别", "Whether its text, or that of some pages, was recognised in pictures: what the narrative states was then read by a machine and is not confirmed", note="; null for a report that an older version loaded", exports=True),
    Field(SOURCE, "record", ValueKind.PART, "所在记录", "Where in the file the report stands; null where the file is nothing but the report", RECORD),
    Field(RECORD, "number", INT, "序号", "Number of the line, row or record, counted from 1", null=False),
    Field(RECORD, "offset", FLOAT, "字节位置", "Byte at which the record begins: in the file of a WARC, in the unpacked lines of JSONL"),
    Field(CONTACT, "address", TEXT, "地址", "Postal address", exports=True),
    Field(CONTACT, "postcode", TEXT, "邮政编码", "Postcode", exports=True),
    Field(CONTACT, "phone", TEXT, "电话", "Telephone number", exports=True),
    Field(CONTACT, "fax", TEXT, "传真", "Fax number", exports=True),
    Field(CONTACT, "email", TEXT, "电子邮箱", "Email address", exports=True),
    Field(CONTACT, "website", TEXT, "网站", "Website", exports=True),
    Field(CITED_DOCUMENT, "title", TEXT, "文件标题", "Its title, as printed"),
    Field(CITED_DOCUMENT, "number", TEXT, "文号", "Its number, as printed"),
    Field(CITED_DOCUMENT, "start", INT, "起始位置", "Where it is cited: start in the raw text", null=False, unasked=_OFFSET),
    Field(CITED_DOCUMENT, "end", INT, "结束位置", "Where it is cited: end in the raw text", null=False, unasked=_OFFSET),
    Field(FACT_SPAN, "fact", TEXT, "事实", "The fact, by the path of its field", null=False, held=Held.NOWHERE),
    Field(FACT_SPAN, "start", INT, "起始位置", "Where its text starts", null=False, unasked=_OFFSET),
    Field(FACT_SPAN, "end", INT, "结束位置", "Where its text ends", null=False, unasked=_OFFSET),
    Field(SECTION, "id", ValueKind.ID, "标识", "Opaque id", null=False, computed=True, unasked=_LOCAL),
    Field(SECTION, "parent", LINK, "上级章节", "The section that it is right below; null at the top", SECTION, computed=True, weight=5),
    Field(SECTION, "children", ValueKind.PARTS, "下级章节", "The sections right below it", SECTION, note=", in order of the text", held=Held.NOWHERE, computed=True, size=5, weight=5),
    Field(SECTION, "level", INT, "序号层次", "Numbering style, 1 to 6 from chapter to item", note="; null where unnumbered"),
    Field(SECTION, "ordinal", TEXT, "序号", "The number as printed before the heading"),
    Field(SECTION, "title", TEXT, "标题", "The heading as printed, without its number", null=False),
    Field(SECTION, "role", ENUM, "内容类别", "What the section is about", SectionRole),
    Field(SECTION, "start", INT, "标题起始位置", "Where its heading starts in the raw text", null=False, unasked=_OFFSET),
    Field(SECTION, "headingEnd", INT, "标题结束位置", "Where its heading ends in the raw text", null=False, unasked=_OFFSET),
    Field(SECTION, "end", INT, "章节结束位置", "Where the section ends in the raw text", null=False, unasked=_OFFSET),
    Field(SECTION, "inferred", BOOLEAN, "标题是否推定", "Whether the text has lost the heading and it was recovered from the content", null=False),
    Field(SECTION, "text", TEXT, "章节原文", "The raw text under the heading", held=Held.NOWHERE, computed=True, weight=5),
    Field(SECTION, "passages", ValueKind.PARTS, "章节内段落", "The passages that stand under its heading", PASSAGE, note=", in order of the text", held=Held.NOWHERE, computed=True, size=10, weight=5),
    Field(SECTION, "statistics", ValueKind.PARTS, "章节内数据", "The narrative figures that stand under its heading", STATISTIC, note=", in order of the text", held=Held.NOWHERE, computed=True, size=20, weight=5),
    Field(PASSAGE, "id", ValueKind.ID, "标识", "Opaque id", null=False, held=Held.BOTH, computed=True, unasked=_LOCAL, exports=True),
    Field(PASSAGE, "role", ENUM, "所在章节类别", "What the main section that it stands in is about", SectionRole, held=Held.ROWS, computed=True, groups="ROLE", exports=True),
    Field(PASSAGE, "section", ValueKind.PART, "所在章节", "The section it stands in", SECTION, key="under", held=Held.ROWS, computed=True, weight=5),
    Field(PASSAGE, "sectionId", ValueKind.ID, "所在章节标识", "Id, within the report, of the section it stands in", key="section", held=Held.BOTH, shown=False, unasked=_LOCAL, exports=True),
    Field(PASSAGE, "statistics", ValueKind.PARTS, "段落内数据", "The narrative figures that stand in it", STATISTIC, note=", in order of the text", held=Held.NOWHERE, computed=True, size=5, weight=5),
    Field(PASSAGE, "text", TEXT, "段落文字", "Clean text, without the line breaks of the page", null=False, held=Held.BOTH, exports=True),
    Field(PASSAGE, "start", INT, "起始位置", "Where it starts in the raw text", null=False, held=Held.BOTH, unasked=_OFFSET, exports=True),
    Field(PASSAGE, "end", INT, "结束位置", "Where it ends in the raw text", null=False, held=Held.BOTH, unasked=_OFFSET, exports=True),
    Field(STATISTIC, "id", ValueKind.ID, "标识", "Opaque id", null=False, held=Held.NOWHERE, computed=True),
    Field(STATISTIC, "index", INT, "序号", "Its place among the narrative figures of the report, 0 for the first", null=False, held=Held.NOWHERE, computed=True, exports=True),
    Field(STATISTIC, "role", ENUM, "所在章节类别", "What the main section that it stands in is about", SectionRole, held=Held.ROWS, computed=True, groups="ROLE", exports=True),
    Field(STATISTIC, "section", ValueKind.PART, "所在章节", "The section it stands in", SECTION, key="under", held=Held.ROWS, computed=True, weight=5),
    Field(STATISTIC, "sectionId", ValueKind.ID, "所在章节标识", "Id, within the report, of the section it stands in", key="section", held=Held.BOTH, shown=False, unasked=_LOCAL, exports=True),
    Field(STATISTIC, "passage", LINK, "所在段落", "The passage it stands in", PASSAGE, held=Held.BOTH, computed=True, unasked=_ALWAYS, exports=True, weight=5),
    Field(STATISTIC, "label", TEXT, "统计对象", "What is counted, as printed", held=Held.BOTH, sorts="LABEL", groups="LABEL", exports=True),
    Field(STATISTIC, "labelStart", INT, "统计对象起始位置", "Where the label starts in the raw text", held=Held.BOTH, unasked=_OFFSET, exports=True),
    Field(STATISTIC, "labelEnd", INT, "统计对象结束位置", "Where the label ends in the raw text", held=Held.BOTH, unasked=_OFFSET, exports=True),
    Field(STATISTIC, "value", FLOAT, "数值", "The figure with multipliers applied", note="; null for a range", hint="; of a range, either end", held=Held.BOTH, computed=True, exports=True),
    Field(STATISTIC, "low", FLOAT, "排序数值", "The figure with multipliers applied; of a range, the lower end", held=Held.ROWS, shown=False, unasked="what is asked about is the value", sorts="VALUE"),
    Field(STATISTIC, "range", ValueKind.PART, "数值区间", "Both ends, where the figure is a range", NUMBER_RANGE, held=Held.NOWHERE, computed=True, exports=True),
    Field(STATISTIC, "unit", TEXT, "单位", "Unit of the figure, without multipliers", held=Held.BOTH, sorts="UNIT", groups="UNIT", exports=True),
    Field(STATISTIC, "qualifier", ENUM, "约数限定", "How exactly the figure is meant", Qualifier, null=False, held=Held.BOTH, groups="QUALIFIER", exports=True),
    Field(STATISTIC, "change", ENUM, "增减关系", "The part that the figure plays in a change", Change, held=Held.BOTH, groups="CHANGE", exports=True),
    Field(STATISTIC, "period", TEXT, "统计时段", "Period it is about, as printed", held=Held.BOTH, exports=True),
    Field(STATISTIC, "cumulative", BOOLEAN, "是否历年累计", "Whether it counts several years together: all so far, or since something began", null=False, held=Held.ROWS, computed=True, groups="CUMULATIVE"),
    Field(STATISTIC, "context", TEXT, "限定语", "Words around it that narrow what is counted", held=Held.BOTH, exports=True),
    Field(STATISTIC, "implied", BOOLEAN, "是否无数字的零", "Whether zero is stated without a number", null=False, held=Held.BOTH, exports=True),
    Field(STATISTIC, "text", TEXT, "所印文字", "The printed number with qualifier and unit", null=False, held=Held.BOTH, exports=True),
    Field(STATISTIC, "start", INT, "起始位置", "Where the number starts in the raw text", null=False, held=Held.BOTH, unasked=_OFFSET, exports=True),
    Field(STATISTIC, "end", INT, "结束位置", "Where the number ends in the raw text", null=False, held=Held.BOTH, unasked=_OFFSET, exports=True),
    Field(STATISTIC, "whole", LINK, "所属总数", "The figure that this one is part of", STATISTIC, key="partOf", held=Held.BOTH, computed=True, exports=True, weight=5),
    Field(STATISTIC, "parts", ValueKind.PARTS, "分项数据", "The figures that are part of this one", STATISTIC, note=", in order of the text; of several breakdowns all, told apart by `breakdown`", held=Held.NOWHERE, computed=True, size=5, weight=5),
    Field(STATISTIC, "breakdown", INT, "所属分组", "Which of several partitions of its whole it belongs to, 1 for the first", held=Held.BOTH, exports=True),
    Field(STATISTIC, "subject", TEXT, "数据主题", "What the sentence is about, as printed, where the label alone does not say it", held=Held.BOTH, groups="SUBJECT", exports=True),
    Field(STATISTIC, "subjectStatus", ENUM, "主题认定情况", "Whether it can be told what the figure is about, and if not, why", SubjectStatus, note="; null for a report that an older version loaded", held=Held.BOTH, groups="SUBJECT_STATUS", exports=True),
    Field(STATISTIC, "subjectStart", INT, "主题起始位置", "Where the subject starts in the raw text", held=Held.BOTH, unasked=_OFFSET, exports=True),
    Field(STATISTIC, "subjectEnd", INT, "主题结束位置", "Where the subject ends in the raw text", held=Held.BOTH, unasked=_OFFSET, exports=True),
    Field(STATISTIC, "clause", TEXT, "所在分句", "The clause that it stands in: the text between semicolons, full stops or line ends, as printed", held=Held.ROWS, computed=True, exports=True),
    Field(STATISTIC, "clauseStart", INT, "分句起始位置", "Where the clause starts in the raw text", held=Held.BOTH, unasked=_OFFSET, exports=True),
    Field(STATISTIC, "clauseEnd", INT, "分句结束位置", "Where the clause ends in the raw text", held=Held.BOTH, unasked=_OFFSET, exports=True),
    Field(STATISTIC, "previousValue", FLOAT, "变动前数值", "What the figure was before, where the text tells from what it changed", held=Held.BOTH, exports=True),
    Field(STATISTIC, "cell", LINK, "对应单元格", "The cell of an official table that states the same figure", CELL, hint=", by its id", held=Held.BOTH, computed=True, asked=TEXT, exports=True, weight=5),
    Field(MENTION, "id", ValueKind.ID, "标识", "Opaque id", null=False, held=Held.NOWHERE, computed=True),
    Field(MENTION, "kind", ENUM, "提及类别", "What is mentioned", MentionKind, null=False, held=Held.BOTH, groups="MENTION_KIND", sorts="MENTION_KIND"),
    Field(MENTION, "reportKind", ENUM, "报告类型", "Kind of the report that it stands in", ReportKind, held=Held.ROWS, computed=True, groups="KIND"),
    Field(MENTION, "text", TEXT, "所印文字", "What is mentioned, as printed", null=False, held=Held.BOTH),
    Field(MENTION, "value", TEXT, "规范值", "What is mentioned, written the same however it is printed: a date in ISO 8601, a period as an ISO interval, a number with 〔〕 and without blanks, a title without its marks, an address with its scheme", note="; null where it cannot be told for sure, as of a date whose year the text leaves out", held=Held.BOTH, sorts="VALUE", groups="VALUE"),
    Field(MENTION, "precision", ENUM, "日期精度", "How exactly a date or the ends of a period are told", Precision, note="; null of what is neither", held=Held.BOTH),
    Field(MENTION, "title", TEXT, "文件标题", "Title in 《》 that is mentioned, or that stands right before or after a number", held=Held.BOTH, groups="TITLE"),
    Field(MENTION, "repeated", BOOLEAN, "是否重复提及", "Whether the report has mentioned the same before", hint="; without these, mentions are counted once a report", null=False, held=Held.BOTH),
    Field(MENTION, "start", INT, "起始位置", "Where it starts in the raw text", null=False, held=Held.BOTH, unasked=_OFFSET),
    Field(MENTION, "end", INT, "结束位置", "Where it ends in the raw text", null=False, held=Held.BOTH, unasked=_OFFSET),
    Field(MENTION, "passage", LINK, "所在段落", "The passage that it stands in", PASSAGE, note="; null where it stands in none, as in a heading", held=Held.BOTH, computed=True, weight=5),
    Field(MENTION, "role", ENUM, "所在章节类别", "What the main section that it stands in is about", SectionRole, held=Held.ROWS, computed=True, groups="ROLE"),
    Field(EVENT, "kind", ENUM, "案件类别", "Who decides it: of a case that went to court, the court", EventKind, null=False),
    Field(EVENT, "outcome", ENUM, "案件结果", "How it ended", EventOutcome, note="; null where the text tells no end, or more than one"),
    Field(EVENT, "steps", ValueKind.PARTS, "各环节", "Its steps", STEP, note=", in order of the text", size=5),
    Field(EVENT, "start", INT, "起始位置", "Where its first step starts in the raw text", null=False, unasked=_OFFSET),
    Field(EVENT, "end", INT, "结束位置", "Where its last step ends in the raw text", null=False, unasked=_OFFSET),
    Field(EVENT, "passage", LINK, "所在段落", "The passage that its first step stands in", PASSAGE, computed=True, weight=5),
    Field(STEP, "step", ENUM, "环节", "What happened", EventStepKind, null=False),
    Field(STEP, "date", DATE, "日期", "When it happened, in ISO 8601 as exactly as it is told", note="; null where no date is told, or its year is not certain"),
    Field(STEP, "documentNumber", TEXT, "文号", "Number of the document that was issued, of a court its case number", note="; written as the `value` of a mention"),
    Field(STEP, "text", TEXT, "所印文字", "The step as printed", null=False),
    Field(STEP, "start", INT, "起始位置", "Where it starts in the raw text", null=False, unasked=_OFFSET),
    Field(STEP, "end", INT, "结束位置", "Where it ends in the raw text", null=False, unasked=_OFFSET),
    Field(NUMBER_RANGE, "low", FLOAT, "下限", "Lower end", null=False, held=Held.NOWHERE),
    Field(NUMBER_RANGE, "high", FLOAT, "上限", "Upper end", null=False, held=Held.NOWHERE),
    Field(TABLE_SPAN, "form", TEXT, "表格", "Id of the form", hint=", for instance requests", null=False),
    Field(TABLE_SPAN, "edition", TEXT, "表格版次", "Edition that the table follows"),
    Field(TABLE_SPAN, "layout", TEXT, "排版方式", "How the table is laid out in the raw text: the name of what recognised it"),
    Field(TABLE_SPAN, "start", INT, "起始位置", "Where the table starts in the raw text", null=False, unasked=_OFFSET),
    Field(TABLE_SPAN, "end", INT, "结束位置", "Where the table ends in the raw text", null=False, unasked=_OFFSET),
    Field(CELL, "path", TEXT, "单元格标识", "Id of the cell: the path of its figure in the report, for instance requests.received.total", null=False, exports=True),
    Field(CELL, "label", TEXT, "官方标签", "Official Chinese labels of the cell, from the outermost group to the column", held=Held.NOWHERE, computed=True),
    Field(CELL, "meaning", TEXT, "标签英文含义", "Meaning of the labels in English", held=Held.NOWHERE, computed=True),
    Field(CELL, "value", FLOAT, "数值", "The number, null unless the status is REPORTED or PLACED", computed=True, unasked=_BY_FORM, exports=True),
    Field(CELL, "amount", ValueKind.PART, "金额", "The amount, where the cell holds money", AMOUNT, held=Held.NOWHERE, computed=True, exports=True),
    Field(CELL, "status", ENUM, "读取状态", "How the cell was read", CellStatus, null=False, exports=True),
    Field(CELL, "text", TEXT, "所印文字", "What is printed", exports=True),
    Field(CELL, "start", INT, "起始位置", "Where it starts in the raw text", unasked=_OFFSET, exports=True),
    Field(CELL, "end", INT, "结束位置", "Where it ends in the raw text", unasked=_OFFSET, exports=True),
    Field(CELL, "confidence", FLOAT, "图像识别置信度", "How sure the recognition of a picture is of the text, from 0 to 1", note="; 0 where another program recognised it and does not say, null for what was not read from a picture", exports=True),
    Field(CELL, "rules", WORDS, "据以定位或印证的规则", "Codes of the rules whose arithmetic placed the figure, or confirmed one read from a picture"),
    Field(CELL, "note", TEXT, "说明", "What else is to be said about the reading", exports=True),
    Field(IMPLIED_FIGURE, "path", TEXT, "数据标识", "Id of the figure: of the cell in whose place it stands, or of a concept, for instance concept.denied", null=False),
    Field(IMPLIED_FIGURE, "value", FLOAT, "数值", "The figure", note=", null where the figures that it would follow from contradict each other"),
    Field(IMPLIED_FIGURE, "status", ENUM, "依据", "What it rests on", FigureStatus, null=False),
    Field(IMPLIED_FIGURE, "rules", WORDS, "推算所依规则", "Codes of the rules that it follows by, in the order they are applied; of a concept its own id"),
    Field(IMPLIED_FIGURE, "cells", LINKS, "相加的数据", "The printed cells that it adds up, or the narrative figures that state it", OPERAND, hint="; cells by their ids, the N-th figure, counted from 0, as statistics.N", computed=True, asked=WORDS, size=5),
    Field(IMPLIED_FIGURE, "less", LINKS, "减去的数据", "The printed cells that it takes off", OPERAND, hint=", by their ids", computed=True, asked=WORDS),
    Field(AMOUNT, "value", FLOAT, "所印数字", "The number as printed", unasked=_AS_YUAN),
    Field(AMOUNT, "unit", TEXT, "所印单位", "The unit as printed, null where no place of the report tells it", unasked=_AS_YUAN),
    Field(AMOUNT, "yuan", FLOAT, "折合元", "The amount in yuan, null where the unit is not known"),
    Field(CHECK, "rule", TEXT, "规则代码", "Code of the rule, for instance R2", null=False, exports=True),
    Field(CHECK, "status", ENUM, "核对结果", "Outcome", CheckStatus, null=False, exports=True),
    Field(CHECK, "severity", ENUM, "严重程度", "How much a failure of the check weighs", Severity, null=False, exports=True),
    Field(CHECK, "subject", TEXT, "核对对象", "The row or column that the check is about", exports=True),
    Field(CHECK, "left", FLOAT, "左边合计", "Sum of the left side", note=", null where a figure is missing", exports=True),
    Field(CHECK, "right", FLOAT, "右边合计", "Sum of the right side", note=", null where a figure is missing", exports=True),
    Field(CHECK, "difference", FLOAT, "差额", "Left side minus right side", exports=True),
    Field(CHECK, "operands", LINKS, "所核对的数据", "What is compared, left side first", OPERAND, key="paths", hint="; cells by their ids, the N-th figure, counted from 0, as statistics.N", computed=True, asked=WORDS, exports=True, size=5),
    Field(CHECK, "otherYear", INT, "所比年度", "Year of the other report that is compared with", note=", where there is one", exports=True),
    Field(CHECK, "otherOperands", LINKS, "所比年度的数据", "What is compared in the report on that year", OPERAND, key="otherPaths", hint="; cells by their ids", joined=True, asked=WORDS, exports=True, size=3),
    Field(OPERAND, "path", TEXT, "数据标识", "Id of the cell, or statistics.N for the N-th narrative figure, counted from 0", null=False, held=Held.NOWHERE),
    Field(OPERAND, "cell", ValueKind.PART, "单元格", "The cell, null of a narrative figure", CELL, held=Held.NOWHERE, computed=True),
    Field(OPERAND, "statistic", ValueKind.PART, "正文数据", "The narrative figure, null of a cell", STATISTIC, held=Held.NOWHERE, computed=True),
    Field(CHECK, "message", TEXT, "英文结论", "The outcome in English", null=False, unasked=_FOLLOWS, exports=True),
    Field(CHECK, "messageZh", TEXT, "中文结论", "The outcome in Chinese", unasked=_FOLLOWS, exports=True),
    Field(INDICATOR, "label", TEXT, "指标名称", "What is counted, as printed", null=False, exports=True),
    Field(INDICATOR, "parent", TEXT, "上级指标", "Label of the indicator or heading that it is part of", exports=True),
    Field(INDICATOR, "unit", TEXT, "单位", "Unit, as printed", exports=True),
    Field(INDICATOR, "value", FLOAT, "当年数", "Figure of the year", exports=True),
    Field(INDICATOR, "status", ENUM, "当年数读取状态", "How the figure of the year was read", CellStatus, exports=True),
    Field(INDICATOR, "cumulative", FLOAT, "历年累计数", "Figure of all years so far", note=", where the table has a column for it", exports=True),
    Field(INDICATOR, "cumulativeStatus", ENUM, "累计数读取状态", "How that figure was read", CellStatus, exports=True),
    Field(INDICATOR, "text", TEXT, "所印数字", "The figures as printed", exports=True),
    Field(INDICATOR, "start", INT, "起始位置", "Where they start in the raw text", unasked=_OFFSET, exports=True),
    Field(INDICATOR, "end", INT, "结束位置", "Where they end in the raw text", unasked=_OFFSET, exports=True),
)  # fmt: skip

_BY_PART = {part: tuple(field for field in FIELDS if field.part is part) for part in PARTS}


def fields_of(part: Part) -> tuple[Field, ...]:
    """The fields of a part, in declared order."""
    return _BY_PART[part]


def field_of(part: Part, name: str) -> Field:
    """One field of a part by its name."""
    return next(field for field in _BY_PART[part] if field.name == name)


def stored_values(part: Part, held: Held = Held.REPORT, prefix: str = "") -> Iterator[tuple[str, Field]]:
    """Every value stored of a part outside lists of parts, by its path: of parts that it holds, all they have."""
    for field in _BY_PART[part]:
        if not field.held & held:
            continue
        if field.kind is ValueKind.PART:
            # rows carry the parts of a report as the report has them
            yield from stored_values(field.holds, Held.REPORT, f"{prefix}{field.path}.")
        elif field.kind is not ValueKind.PARTS:
            yield f"{prefix}{field.path}", field


OF_FORMS = tuple(field for field in fields_of(REPORT) if field.of_forms)
"""What the object of a form holds besides its figures, where the form has such rows."""

HEAVY = tuple(field.path for field in fields_of(REPORT) if field.heavy and not field.of_forms)
"""What a summary of a report lacks besides the indicators beside its forms: nearly all of its size."""

CARRIED = tuple(field.path for field in fields_of(REPORT) if field.held is Held.BOTH)
"""The paths that tell a report, which every row made of one carries under the same keys."""
