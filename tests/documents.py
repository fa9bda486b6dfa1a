"""Stored report documents, made from the declared forms by a seed: the same seed always makes the same document.

The places are made up. Figures fulfil the sums that the forms prescribe, unless told to break one; texts, spans,
sections, passages and statistics fit each other. Used by tests of the read side and by the benchmark.
"""

from collections.abc import Sequence
from random import Random
from typing import Any
from zlib import crc32

from loaders.checks import with_implied
from loaders.checks.facts import printed_cells
from loaders.document import Document, get, put, report_id
from loaders.forms import FORMS, Cell, Comparison, Edition, Equation, Form, Kind
from loaders.forms.editions import NONE, prescribed
from loaders.store.database import InsertMany, Write
from loaders.store.derived_rows import SUMMARIES, summary_rows

PROVINCES: dict[str, dict[str, tuple[str, ...]]] = {
    "霁南省": {"青禾市": ("白石县", "柳塘区", "望湖县"), "临溪市": ("东槐区", "石桥县")},
    "云岭省": {"望川市": ("古渡区", "松原县")},
}
OFFICES = ("人民政府", "教育局", "卫生健康委员会", "水利局")
YEARS = range(2015, 2025)
_KINDS_OF_MENTIONS = ("DATE", "DOCUMENT", "DOCUMENT_NUMBER", "PERIOD", "WEBSITE", "CASE", "AWARD", "PROGRAMME")
_SECTIONS = (
    ("一", "总体情况", "OVERVIEW"),
    ("二", "主动公开政府信息情况", "PROACTIVE_DISCLOSURE"),
    ("三", "收到和处理政府信息公开申请情况", "REQUESTS"),
    ("四", "政府信息公开行政复议、行政诉讼情况", "REVIEW_AND_LITIGATION"),
    ("五", "存在的主要问题及改进情况", "PROBLEMS_AND_IMPROVEMENTS"),
    ("六", "其他需要报告的事项", "OTHER_MATTERS"),
)
_NESTED = 5  # the section that has one below it
_BELOW = "改进情况"
_OLD_PARSER = 5  # reports on every fifth year were read by a parser that kept nothing of what figures have to do
_FIGURES = (0, 0, 0, 1, 2, 5, 13, 40)
_SENTENCES = (
    "全年通过门户网站公开政府信息{}条。",
    "举办业务培训班{}期，培训工作人员。",
    "受理群众来电咨询{}件，均已按时答复。",
    "发布政策解读材料{}篇，回应社会关切。",
    "政务新媒体推送信息{}条，栏目更新及时。",
)


def report_document(  # noqa: PLR0913 - each argument sets one thing a test cares about
    seed: int,
    *,
    forms: Sequence[Form] = FORMS,
    year: int | None = None,
    agency: str | None = None,
    blank: float = 0.05,
    paragraphs: int = 4,
    broken: bool = False,
) -> Document:
    """The document of one made-up report."""
    random = Random(seed)  # noqa: S311 - repeatable, not secret
    year = year or random.choice(YEARS)
    template = prescribed(year, forms) or NONE
    document: Document = {
        "kind": "ANNUAL_REPORT",
        "template": template,
        "templateExpected": template,
        "year": year,
        **_identity(random, year, agency),
        **_text(random, year, paragraphs),
        **{form.id: None for form in forms},
        "revision": 1,
        "supersedes": None,
    }
    document["source"] = _source(random, document["rawText"])
    _fill_tables(document, seed, forms, blank=0.0 if broken else blank, broken=broken)
    return {"_id": report_id(document), **with_implied(document, forms)}


def written(documents: Sequence[Document]) -> list[Write]:
    """The writes of reports and of their summaries, without anything else that storing them would do."""
    return [
        InsertMany("reports", documents),
        InsertMany(SUMMARIES, [row for document in documents for row in summary_rows(document)]),
    ]


def corpus(count: int, *, seed: int = 0, broken_every: int = 10, **options: Any) -> list[Document]:
    """Documents of different agencies and years, of which every so many fails sums; two never have one natural key."""
    made: dict[str, Document] = {}
    number = seed * 1_000_003
    while len(made) < count:
        options["broken"] = len(made) % broken_every == broken_every - 1
        document = report_document(number, **options)
        if document["_id"] in made:
            document = report_document(number, agency=f"{document['agency']['name']}{number}", **options)
        made[document["_id"]] = document
        number += 1
    return list(made.values())


def _identity(random: Random, year: int, agency: str | None) -> Document:
    province = random.choice(list(PROVINCES))
    prefecture = random.choice(list(PROVINCES[province]))
    county = random.choice(PROVINCES[province][prefecture])
    office = random.choice(OFFICES)
    name = agency or f"{county}{office}"
    published = f"{year + 1}-01-{random.randint(1, 28):02d}"
    return {
        "title": f"{name}{year}年政府信息公开工作年度报告",
        "periodStart": f"{year}-01-01",
        "periodEnd": f"{year}-12-31",
        "publishedOn": None if random.random() < 0.1 else published,
        "scope": "REGION_AGGREGATE" if office == OFFICES[0] else "DEPARTMENT",
        "agency": {
            "name": name,
            "level": "COUNTY",
            "type": "GOVERNMENT" if office == OFFICES[0] else "DEPARTMENT",
            "region": {
                "code": f"{random.randint(110000, 659000)}",
                "province": province,
                "prefecture": prefecture,
                "county": county,
                "township": None,
            },
            "candidates": [],
        },
        "contact": dict.fromkeys(("address", "postcode", "phone", "fax", "email", "website")),
        "citedDocuments": [],
        "flags": [],
        "spans": {"title": {"start": 0, "end": 4}},
    }


def _text(random: Random, year: int, paragraphs: int) -> Document:
    """Raw text with sections, passages and figures whose spans quote it."""
    raw = f"{year}年政府信息公开工作年度报告\n"
    sections: list[Document] = []
    passages: list[Document] = []
    statistics: list[Document] = []
    for number, (ordinal, title, role) in enumerate(_SECTIONS, start=1):
        start = len(raw)
        raw += f"{ordinal}、{title}\n"
        heading_end, below = len(raw) - 1, None
        for paragraph in range(paragraphs):
            if number == _NESTED and paragraph == paragraphs // 2:
                below = _section(f"s{number}.1", "（一", _BELOW, role, (len(raw), len(raw) + len(_BELOW) + 4, 0))
                raw += f"（一）{_BELOW}\n"
            figure = random.randint(1, 9_999)
            sentence = random.choice(_SENTENCES).format(figure)
            under = below["id"] if below else f"s{number}"
            passage = _span(f"p{len(passages) + 1}", under, sentence, len(raw))
            statistics.append(_statistic(passage, figure))
            passages.append(passage)
            raw += sentence + "\n"
        sections.append(_section(f"s{number}", ordinal, title, role, (start, heading_end, len(raw))))
        if below:
            sections.append({**below, "parent": f"s{number}", "level": 2, "end": len(raw)})
    if year % _OLD_PARSER:
        for index, statistic in enumerate(statistics):
            statistic.update(_graph(index, statistic, passages[index]))
    mentions = [_mention(index, year, passage) for index, passage in enumerate(passages)]
    told = {"mentions": mentions, "events": _events(year, passages)}
    return {"rawText": raw, "sections": sections, "passages": passages, "statistics": statistics, **told}


def _mention(index: int, year: int, passage: Document) -> Document:
    """One mention for each passage, of each kind in turn; every third says what the ones before it said."""
    kind = _KINDS_OF_MENTIONS[index % len(_KINDS_OF_MENTIONS)]
    value, precision = {
        "DATE": (f"{year}-0{index % 9 + 1}-15", "DAY"),
        "PERIOD": (f"{year}-01/{year}-11", "MONTH"),
        "DOCUMENT_NUMBER": (f"青政办〔{year}〕{index % 3}号", None),
        "CASE": (None, None),
    }.get(kind, (f"{kind}-{index % 3}", None))
    return {
        "kind": kind,
        "text": passage["text"][:3],
        "value": value,
        "precision": precision,
        "title": passage["text"][:2] if kind.startswith("DOCUMENT") else None,
        "repeated": index % 3 == 2,
        "start": passage["start"],
        "end": passage["start"] + 3,
        "passage": passage["id"],
    }


def _events(year: int, passages: Sequence[Document]) -> list[Document]:
    """A reconsideration that the last passages tell, in every other year."""
    if year % 2 or not passages:
        return []
    steps = [
        {
            "step": step,
            "date": f"{year}-0{month}-20",
            "documentNumber": None if step == "FILED" else f"青复决〔{year}〕{month}号",
            "text": passage["text"],
            "start": passage["start"],
            "end": passage["end"],
        }
        for step, month, passage in zip(("FILED", "DECIDED"), (4, 6), passages[-2:], strict=False)
    ]
    ends = {"start": steps[0]["start"], "end": steps[-1]["end"], "passage": passages[-len(steps)]["id"]}
    return [{"kind": "RECONSIDERATION", "outcome": "REVOKED" if year % 4 else None, "steps": steps, **ends}]


def _graph(index: int, statistic: Document, passage: Document) -> Document:
    """What leads from a figure to others: every third is a whole, and the two after it are its breakdowns."""
    about = ("STATED", "LABEL", "AMBIGUOUS", "NONE")[index % 4]
    stated = about == "STATED"
    start = statistic["labelStart"]
    return {
        "clauseStart": passage["start"],
        "clauseEnd": passage["end"] - 1,
        "subject": statistic["label"][:2] if stated else None,
        "subjectStart": start if stated else None,
        "subjectEnd": start + 2 if stated else None,
        "subjectStatus": about,
        "partOf": index - index % 3 if index % 3 else None,
        "breakdown": index % 3 or None,
        "previousValue": None if index % 5 else 7.5,
        "cell": None if index else "requests.received.total",
    }


def _span(id_: str, section: str, text: str, start: int) -> Document:
    return {"id": id_, "section": section, "text": text, "start": start, "end": start + len(text)}


def _section(id_: str, ordinal: str, title: str, role: str, span: tuple[int, int, int]) -> Document:
    start, heading_end, end = span
    return {
        "id": id_,
        "parent": None,
        "level": 1,
        "ordinal": f"{ordinal}、",
        "title": title,
        "role": role,
        "start": start,
        "headingEnd": heading_end,
        "end": end,
        "inferred": False,
    }


def _statistic(passage: Document, figure: int) -> Document:
    text = f"{figure}{passage['text'].partition(str(figure))[2][0]}"
    start = passage["start"] + passage["text"].index(str(figure))
    label = passage["text"][: passage["text"].index(str(figure))]
    return {
        "label": label,
        "labelStart": passage["start"],
        "labelEnd": passage["start"] + len(label),
        "value": [figure, figure + 5] if figure % 40 == 0 else figure,
        "unit": None if figure % 13 == 0 else text[-1],
        "qualifier": "ABOUT" if figure % 7 == 0 else "EXACT",
        "change": ("INCREASE", "DECREASE")[figure % 2] if figure % 11 == 0 else None,
        "period": None,
        "context": None,
        "partOf": None,
        "implied": False,
        "text": text,
        "start": start,
        "end": start + len(text),
        "passage": passage["id"],
        "section": passage["section"],
    }


def _source(random: Random, raw: str) -> Document:
    return {
        "name": f"{random.randrange(10**6):06d}.txt",
        "url": None,
        "mediaType": "text/plain",
        "sha256": f"{random.getrandbits(256):064x}",
        "bytes": len(raw.encode()),
        "encoding": "utf-8",
        "parserVersion": "1",
        "loadedAt": "2025-03-01T00:00:00Z",
        "warnings": [],
        "sample": False,
        "record": random.choice((None, {"number": random.randrange(1, 9), "offset": random.randrange(2**40)})),
        "ocr": False,
    }


def _fill_tables(document: Document, seed: int, forms: Sequence[Form], *, blank: float, broken: bool) -> None:
    cells: list[Document] = []
    checks: list[Document] = []
    tables: list[Document] = []
    for form in forms:
        edition = form.edition(document["template"])
        if edition is None:
            continue
        values = _values(seed, form, edition)
        if broken and edition.rules:
            values[edition.equations(form.id)[0].left[0]] += 3
        missing = {path for path in values if _drawn(f"{seed}?{path}", 1_000) < blank * 1_000}
        document[form.id] = {}
        for cell in printed_cells(form, edition):
            value = None if cell.path in missing else _stored(cell, values[cell.path])
            put(document, cell.path, value)
            cells.append(_cell(cell, value))
        checks += [_check(document, equation, form, edition) for equation in edition.equations(form.id)]
        tables.append({"form": form.id, "edition": edition.id, "layout": "pipe", "start": 0, "end": 1})
    failed = sorted({check["rule"] for check in checks if check["status"] == "FAIL"})
    document.update(cells=cells, checks=checks, tables=tables, failedRules=failed)


def _drawn(text: str, below: int) -> int:
    """A number drawn for one cell alone, so that a new cell in a form changes no other."""
    return crc32(text.encode()) % below


def _values(seed: int, form: Form, edition: Edition) -> dict[str, int]:
    """A figure for each printed cell, so that every sum of the edition holds."""
    values = {
        cell.path: _FIGURES[_drawn(f"{seed}:{cell.path}", len(_FIGURES))] for cell in printed_cells(form, edition)
    }
    equations = [rule for rule in edition.equations(form.id) if rule.comparison is Comparison.EQ]
    for _ in range(4):  # sums of sums settle from the innermost outwards
        for equation in equations:
            left, right = (sum(values[path] for path in side) for side in (equation.left, equation.right))
            if len(equation.right) == 1:
                values[equation.right[0]] = left
            else:
                values[equation.left[0]] += right - left
        for equation in edition.equations(form.id):
            if equation.comparison is Comparison.LE:
                values[equation.left[0]] = min(values[equation.left[0]], values[equation.right[0]])
    return values


def _stored(cell: Cell, value: int) -> Any:
    if cell.kind is not Kind.MONEY:
        return value
    return {"value": value + 0.5, "unit": "万元", "yuan": (value + 0.5) * 10_000}


def _cell(cell: Cell, value: Any) -> Document:
    printed = value["value"] if isinstance(value, dict) else value
    return {
        "path": cell.path,
        "value": value,
        "text": None if value is None else str(printed),
        "start": None if value is None else 0,
        "end": None if value is None else 1,
        "status": "BLANK" if value is None else "REPORTED",
        "rules": [],
        "note": None,
        "confidence": None,
    }


def _check(document: Document, equation: Equation, form: Form, edition: Edition) -> Document:
    left, right = (_sum(document, side) for side in (equation.left, equation.right))
    difference = None if left is None or right is None else left - right
    holds = difference is not None and (difference == 0 or (difference < 0 and equation.comparison is Comparison.LE))
    severity = next(rule.severity for rule in edition.rules if rule.code == equation.rule)
    return {
        "rule": equation.rule,
        "status": "PASS" if holds else "NOT_ASSESSABLE" if difference is None else "FAIL",
        "severity": severity.value,
        "subject": equation.subject,
        "left": left,
        "right": right,
        "difference": difference,
        "paths": list(equation.paths),
        "message": f"{form.id}: {equation.rule} of {equation.subject}",
        "messageZh": f"{form.label.zh}：{equation.rule}",
    }


def _sum(document: Document, paths: Sequence[str]) -> float | None:
    figures = [value["yuan"] if isinstance(value := get(document, path), dict) else value for path in paths]
    return None if None in figures else sum(figures)
