"""The queries that are measured, as GraphQL for the two servers that speak it.

Q1 one report by id, ten scalars. Q2 fifty reports of a year, sorted, eight nested figures each. Q3 one whole report:
all forms, sections, passages and narrative figures. Q4 a hundred reports with the whole requests table.
"""

from collections.abc import Iterable

from loaders.forms import FORMS, Form, Kind

SCALARS = (
    "kind", "template", "title", "year", "periodStart", "periodEnd", "publishedOn", "scope", "revision", "agency",
)  # fmt: skip
FIGURES = (
    "requests.received.total",
    "requests.carriedOver.total",
    "requests.outcomes.granted.total",
    "requests.outcomes.partiallyGranted.total",
    "requests.outcomes.unavailable.notHeld.total",
    "requests.outcomes.total.total",
    "requests.pending.total",
    "reviewAndLitigation.reconsideration.corrected",
)
_SCALARS = " ".join(name for name in SCALARS if name != "agency") + " agency { name }"
_WHOLE_PARTS = (
    "sections { id title level start end } passages { id text start end } statistics { label value unit start end }"
)


def selection(paths: Iterable[str], *, amounts: frozenset[str] = frozenset()) -> str:
    """The selection set of these dotted paths; an amount is asked for its yuan."""
    tree: dict[str, dict[str, object]] = {}
    for path in paths:
        node: dict[str, dict[str, object]] = tree
        for key in (*path.split("."), *(("yuan",) if path in amounts else ())):
            node = node.setdefault(key, {})  # type: ignore[assignment]

    def text(node: dict[str, dict[str, object]]) -> str:
        return " ".join(f"{key} {{ {text(child)} }}" if child else key for key, child in node.items())  # type: ignore[arg-type]

    return text(tree)


def _form(form: Form, *, with_yuan: bool) -> str:
    money = frozenset(cell.path for cell in form.cells if cell.kind is Kind.MONEY)
    return selection((cell.path for cell in form.cells), amounts=money if with_yuan else frozenset())


def ours(report: str, year: int) -> dict[str, str]:
    """The queries as our schema takes them."""
    whole = " ".join(_form(form, with_yuan=True) for form in FORMS[:3])
    page = f"reports(where: {{year: {{eq: {year}}}}}, orderBy: [{{path: PUBLISHED_ON, direction: DESC}}], first: 50)"
    return {
        "Q1": f'{{ report(id: "{report}") {{ id {_SCALARS} }} }}',
        "Q2": f"{{ {page} {{ nodes {{ {selection(FIGURES)} }} }} }}",
        "Q3": f'{{ report(id: "{report}") {{ id {_SCALARS} {_WHOLE_PARTS} {whole} }} }}',
        "Q4": (
            f"{{ reports(where: {{year: {{eq: {year}}}}}, orderBy: [{{path: YEAR, direction: ASC}}], first: 100) "
            f"{{ nodes {{ {_form(FORMS[1], with_yuan=True)} }} }} }}"
        ),
    }


def plain(report: str, year: int) -> dict[str, str]:
    """The same for the plain Strawberry server."""
    whole = " ".join(_form(form, with_yuan=False) for form in FORMS[:3])
    return {
        "Q1": f'{{ report(id: "{report}") {{ id {_SCALARS} }} }}',
        "Q2": f"{{ reports(year: {year}, first: 50) {{ {selection(FIGURES)} }} }}",
        "Q3": f'{{ report(id: "{report}") {{ id {_SCALARS} {_WHOLE_PARTS} {whole} }} }}',
        "Q4": f"{{ reports(year: {year}, first: 100) {{ {_form(FORMS[1], with_yuan=False)} }} }}",
    }
