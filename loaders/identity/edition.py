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
    """The edition that most tables follow; a table that several editions print alike votes for each of them.

    An annual report without a table is NARRATIVE, any other kind without one NONE.
    """
    alike = {table.form: _alike(form, table.edition) for table in tables for form in forms if form.id == table.form}
    votes = Counter(edition for editions in alike.values() for edition in editions)
    if votes:
        leading = [edition for edition, count in votes.items() if count == max(votes.values())]
        # what the table reads as decides among them, the one that fewest editions print alike first
        told = (table.edition for table in sorted(tables, key=lambda table: len(alike[table.form])))
        return next((edition for edition in told if edition in leading), leading[0])
    if indicators:
        return LOCAL
    return NARRATIVE if kind is ReportKind.ANNUAL_REPORT else NONE


def _alike(form: Form, edition_id: str) -> list[str]:
    """The editions that print the form as this one does."""
    edition = form.edition(edition_id)
    return [other.id for other in form.editions if edition is not None and other.blocks == edition.blocks]
