"""Which edition a report follows, told by the labels of its tables and never by its year."""

from collections import Counter
from collections.abc import Sequence

from loaders.document import ReportKind
from loaders.forms import Form
from loaders.forms.editions import LOCAL, NARRATIVE, NONE
from loaders.tables.read import FormRead


def edition_followed(
    tables: Sequence[FormRead], forms: Sequence[Form], *, indicators: bool, kind: ReportKind = ReportKind.ANNUAL_REPORT
) -> str:
    """The edition that most tables follow; a table that several editions print alike has no vote.

    An annual report without a table is NARRATIVE, any other kind without one NONE.
    """
    by_id = {form.id: form for form in forms}
    votes = Counter(table.edition for table in tables if _tells(by_id[table.form], table.edition))
    votes = votes or Counter(table.edition for table in tables)
    if votes:
        return votes.most_common(1)[0][0]
    if indicators:
        return LOCAL
    return NARRATIVE if kind is ReportKind.ANNUAL_REPORT else NONE


def _tells(form: Form, edition_id: str) -> bool:
    """Whether the edition prints anything that the form's other editions do not."""
    edition = form.edition(edition_id)
    others = [other for other in form.editions if other.id != edition_id]
    return not others or any(edition is not None and other.blocks != edition.blocks for other in others)
