"""The official forms as data: the one declaration from which everything else is derived.

Nothing here reads a report. Every derivation is a function of the forms it is given, so that a form or an edition
added to `FORMS` (or handed to a function in a test) is parsed, stored, served, filtered and checked without any
other change.
"""

from loaders.forms import annex_statistics, proactive_disclosure, requests, review_and_litigation
from loaders.forms.model import (
    Block,
    Cell,
    Column,
    Comparison,
    Edition,
    Equation,
    Form,
    Kind,
    Label,
    Row,
    Rule,
    Severity,
    Shape,
    cell_path,
    cells_of,
)

FORMS: tuple[Form, ...] = (
    proactive_disclosure.FORM,
    requests.FORM,
    review_and_litigation.FORM,
    annex_statistics.FORM,
)

__all__ = [
    "FORMS",
    "Block",
    "Cell",
    "Column",
    "Comparison",
    "Edition",
    "Equation",
    "Form",
    "Kind",
    "Label",
    "Row",
    "Rule",
    "Severity",
    "Shape",
    "cell_path",
    "cells_of",
]
