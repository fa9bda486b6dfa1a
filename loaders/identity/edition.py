"""Which template a report follows, told by the labels of its tables and never by its year."""

from collections import Counter
from collections.abc import Sequence

from loaders.document import ReportKind, Template
from loaders.forms import Form
from loaders.forms.messages import INDICATOR_TEMPLATE
from loaders.tables.read import FormRead


def template_of(
    tables: Sequence[FormRead], forms: Sequence[Form], *, indicators: bool, kind: ReportKind = ReportKind.ANNUAL_REPORT
) -> Template:
    """The template that most tables follow; a table that several editions print alike has no vote.

    An annual report without a table is NARRATIVE, any other kind without one NONE.
    """
    by_id = {form.id: form for form in forms}
    votes = Counter(table.edition for table in tables if _tells(by_id[table.form], table.edition))
    votes = votes or Counter(table.edition for table in tables)
    known = [edition for edition, _ in votes.most_common() if edition in Template.__members__]
    if known:
        return Template(known[0])
    if indicators:
        return Template(INDICATOR_TEMPLATE)
    return Template.NARRATIVE if kind is ReportKind.ANNUAL_REPORT else Template.NONE


def template_expected(year: int | None, forms: Sequence[Form]) -> Template | None:
    """The template prescribed for reports on that year; the oldest reports followed local tables."""
    if year is None:
        return None
    editions = [edition for form in forms for edition in form.editions if edition.id in Template.__members__]
    expected = next((edition.id for edition in editions if edition.includes(year)), None)
    if expected:
        return Template(expected)
    return Template(INDICATOR_TEMPLATE) if editions and year < min(item.first_year for item in editions) else None


def _tells(form: Form, edition_id: str) -> bool:
    """Whether the edition prints anything that the form's other editions do not."""
    edition = form.edition(edition_id)
    others = [other for other in form.editions if other.id != edition_id]
    return not others or any(edition is not None and other.blocks != edition.blocks for other in others)
