"""The list of faults is the one truth: the documentation shows it whole, and the program raises what stands in it."""

import re
from pathlib import Path

import pytest

from loaders.faults import FAILED, MISUSED, ErrorCode, Told

ROOT = Path(__file__).parents[2]
ERRORS = ROOT / "api" / "pages" / "docs" / "errors.md"
LIST = ROOT / "loaders" / "faults.py"
HASHED = ErrorCode.PERSISTED_QUERY_NOT_SUPPORTED  # clients read its code in an answer like any other


def row(code: ErrorCode) -> tuple[str, ...]:
    status = str(code.status) if {*code.told} - {Told.COMMAND} else ""
    return f"`{code.name}`", ", ".join(code.told), status, code.meaning, code.hint


def raised(*places: str) -> set[ErrorCode]:
    """The codes that the modules under these folders name."""
    modules = (path for place in places for path in (ROOT / place).rglob("*.py") if path != LIST)
    return {
        ErrorCode[name] for path in modules for name in re.findall(r"\bErrorCode\.([A-Z_]+)\b", path.read_text("utf-8"))
    }


def told(*places: Told) -> set[ErrorCode]:
    return {code for code in ErrorCode if {*code.told} & {*places}}


def test_the_table_of_the_documentation_is_the_list() -> None:
    lines = [line for line in ERRORS.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]

    assert [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines] == [*map(row, ErrorCode)]


def test_the_documentation_names_whatever_ends_a_command_as_misused() -> None:
    named = re.search(r"misused \((.+?)\)", ERRORS.read_text(encoding="utf-8"))

    assert named
    assert re.findall(r"\w+", named[1]) == [code.name for code in ErrorCode if code.exit_code == MISUSED]
    assert {code.exit_code for code in ErrorCode} == {FAILED, MISUSED}


def test_every_code_of_the_list_is_raised_somewhere() -> None:
    assert set(ErrorCode) - raised("api", "schema", "loaders") == set()


@pytest.mark.parametrize(
    ("folders", "places"),
    [
        pytest.param(("schema",), (Told.GRAPHQL, Told.EXPORT), id="schema"),
        pytest.param(("api/http",), (Told.HTTP, Told.GRAPHQL), id="HTTP"),
        pytest.param(("loaders", "api/mongo", "api/commands"), (Told.COMMAND, Told.GRAPHQL), id="the command line"),
    ],
)
def test_a_code_is_told_where_it_is_raised(folders: tuple[str, ...], places: tuple[Told, ...]) -> None:
    assert raised(*folders) - told(*places) == set()


def test_no_two_codes_mean_the_same() -> None:
    assert len({code.meaning for code in ErrorCode}) == len(ErrorCode)


def test_every_refusal_of_http_has_a_status_of_its_kind() -> None:
    refused = {code for code in told(Told.HTTP) if Told.COMMAND not in code.told} - {HASHED, ErrorCode.INTERNAL}

    assert HASHED.status == 200
    assert {code for code in refused if not 400 <= code.status < 500} == set()
