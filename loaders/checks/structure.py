"""Checks on the sections and tables of one report against the edition it follows: R11, D7, D8."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from loaders.checks.facts import Report, form_name, printed_cells
from loaders.checks.verdicts import FAIL, PASS, UNKNOWN, Verdict, listed
from loaders.document import CellStatus, Check, SectionRole
from loaders.forms import Edition, Form
from loaders.forms.editions import NARRATIVE, all_editions
from loaders.forms.messages import Message
from loaders.forms.narrative import HEADINGS
from loaders.vocabulary.check_words import ANNOUNCED_PARTS, NUMERALS, SAYS_NOTHING

# Counted among the parts, they would hide one that is missing (test: test_a_rule_says_what_it_finds)
_NO_PART = (SectionRole.PREAMBLE, SectionRole.CLOSING)
# An empty section has none, a bare 无 one (test: test_a_rule_says_what_it_finds)
_FEWEST_CHARACTERS = 10
_ANNOUNCED = re.compile(ANNOUNCED_PARTS)
_NOTHING = re.compile(SAYS_NOTHING)


def edition_followed(report: Report) -> Iterator[Check]:
    """R11: the sections and the rows that the edition prescribes are all there."""
    prescribed = _prescribed(report)
    if prescribed is None:
        return
    yield _sections(report, prescribed)
    editions = {form.id: edition for form, edition in report.editions}
    for form in report.forms:
        if form.edition(prescribed.id) is not None:
            yield _rows(report, form, editions.get(form.id))


def _prescribed(report: Report) -> Edition | None:
    """The edition that an annual report follows or, in prose alone, was to follow, if it prescribes sections."""
    followed = report.word("template")
    if followed == NARRATIVE:
        followed = report.word("templateExpected")
    editions = (edition for edition in all_editions(report.forms) if edition.id == followed and edition.sections)
    return next(editions, None) if report.is_annual else None


def _sections(report: Report, edition: Edition) -> Check:
    prescribed = [heading for heading in HEADINGS if heading.role in edition.sections]
    tables = {form.id for form, _ in report.editions}
    found = [section.get("role") for section in report.main_sections]
    missing = [heading for heading in prescribed if heading.role not in found and heading.form not in tables]
    present = len(prescribed) - len(missing)
    # A table found under a heading that was not is there (test: test_a_rule_says_what_it_finds)
    any_found = any(heading.role in found for heading in prescribed)
    # Where no heading was found, the outline was not read, which is no fault of the report
    # (test: test_a_rule_says_what_it_finds)
    status = UNKNOWN if not any_found else FAIL if missing else PASS
    left, right = (None, None) if status is UNKNOWN else (present, len(prescribed))
    verdict = Verdict("R11", status, part="sections", subject="sections", left=left, right=right, paths=("sections",))
    return verdict.check(missing=listed([Message(heading.en, heading.zh) for heading in missing]))


def _rows(report: Report, form: Form, edition: Edition | None) -> Check:
    if edition is None:
        return Verdict("R11", UNKNOWN, part="rows", subject=form.id).check(what=form_name(form))
    rows = _printed_rows(form, edition)
    lost = [paths for paths in rows if all(report.status(path) == CellStatus.MISSING for path in paths)]
    names = [report.declared[paths[0]].row.label for paths in lost]
    verdict = Verdict(
        "R11",
        FAIL if lost else PASS,
        part="rows",
        subject=form.id,
        left=len(lost),
        right=0,
        paths=[path for paths in lost for path in paths],
    )
    return verdict.check(what=form_name(form), missing=listed([Message(label.en, label.zh) for label in names]))


@lru_cache(maxsize=32)
def _printed_rows(form: Form, edition: Edition) -> tuple[Sequence[str], ...]:
    """The cells of each row that an edition prints."""
    rows: dict[str, list[str]] = {}
    for cell in printed_cells(form, edition):
        rows.setdefault(cell.row.id, []).append(cell.path)
    return tuple(rows.values())


def substance(report: Report) -> Iterator[Check]:
    """D7: the section on problems says something, the overview speaks of the subjects that the edition names."""
    prescribed = _prescribed(report)
    if prescribed is None:
        return
    yield _problems(report)
    if prescribed.subjects and report.word("template") == prescribed.id:
        yield _overview(report, prescribed.subjects)


def _problems(report: Report) -> Check:
    section = report.main_section(SectionRole.PROBLEMS_AND_IMPROVEMENTS)
    if section is None:
        return Verdict("D7", UNKNOWN, part="problems", subject="problems").check()
    text = report.text_under(section)
    status = FAIL if len(text) < _FEWEST_CHARACTERS or _NOTHING.fullmatch(text) else PASS
    verdict = Verdict("D7", status, part="problems", subject="problems", left=len(text), right=_FEWEST_CHARACTERS)
    return verdict.check(text=text)


def _overview(report: Report, subjects: Sequence[tuple[str, Message]]) -> Check:
    section = report.main_section(SectionRole.OVERVIEW)
    if section is None:
        return Verdict("D7", UNKNOWN, part="overview", subject="overview").check()
    text = report.text_under(section)
    missing = [name for pattern, name in subjects if not re.search(pattern, text)]
    left, right = len(subjects) - len(missing), len(subjects)
    status = FAIL if missing else PASS
    verdict = Verdict("D7", status, part="overview", subject="overview", left=left, right=right)
    return verdict.check(missing=listed(missing))


def announced_parts(report: Report) -> Iterator[Check]:
    """D8: where the preamble says how many parts the report has, as many are there."""
    preamble = report.main_section(SectionRole.PREAMBLE)
    announced = _ANNOUNCED.search(report.text_under(preamble)) if preamble and report.is_annual else None
    if announced is None:
        return
    count = announced["count"]
    right = int(count) if count.isdecimal() else NUMERALS[count]
    left = sum(1 for section in report.main_sections if section.get("role") not in _NO_PART)
    status = UNKNOWN if not left else PASS if left >= right else FAIL
    sides = (None, None) if status is UNKNOWN else (left, right)
    verdict = Verdict("D8", status, left=sides[0], right=sides[1], paths=("sections",))
    yield verdict.check(right=right)
