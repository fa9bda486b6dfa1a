"""Golden queries: a document, its answer, and every command sent for it.

A case is `tests/golden/queries/<topic>/<case>.graphql`, with its variables as `<case>.variables.json` where it has
some; the first comment says why it is there. `UPDATE_GOLDEN=1` writes answers and commands for review.
"""

import os
from pathlib import Path
from typing import Any

import orjson
import pytest

from schema.engine import Engine, GraphQLRequest
from tests.recording import RecordingDatabase

FOLDER = Path(__file__).parents[1] / "golden" / "queries"
CASES = sorted(FOLDER.glob("*/*.graphql"))
UPDATE = os.environ.get("UPDATE_GOLDEN") == "1"


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def request_of(path: Path) -> GraphQLRequest:
    variables = path.with_suffix(".variables.json")
    given = orjson.loads(variables.read_bytes()) if variables.exists() else None
    return GraphQLRequest(path.read_text(encoding="utf-8"), given)


def hold(path: Path, found: Any) -> None:
    """The found value equals the one kept in the file, or is written for review."""
    text = orjson.dumps(found, option=orjson.OPT_INDENT_2, default=list) + b"\n"
    if UPDATE:
        path.write_bytes(text)
    elif not path.exists():
        path.write_bytes(text)
        pytest.fail(f"{path.name} did not exist and was written: review it, then run again")
    assert text == path.read_bytes()


@pytest.mark.parametrize("path", CASES, ids=name_of)
async def test_a_golden_query_gives_its_answer_with_its_commands(
    path: Path, engine: Engine, stocked: RecordingDatabase
) -> None:
    answer = await engine.execute(request_of(path))

    hold(path.with_suffix(".json"), {"data": answer.data, "errors": answer.errors, "extensions": answer.extensions})
    # fields of one request are read at the same time: what is sent is held, not whose turn came first
    hold(
        path.with_suffix(".commands.json"),
        sorted(stocked.sent, key=lambda command: orjson.dumps(command, default=list)),
    )


@pytest.mark.parametrize("path", CASES, ids=name_of)
async def test_graphql_core_and_the_compiled_plan_answer_alike(path: Path, stocked: RecordingDatabase) -> None:
    request = request_of(path)

    short = await Engine(stocked).execute(request)
    long = await Engine(stocked, compile_plans=False).execute(request)

    assert orjson.dumps(long.data) == orjson.dumps(short.data)
    assert long.errors == short.errors


@pytest.mark.parametrize("path", CASES, ids=name_of)
async def test_asking_again_gives_the_same_answer(path: Path, engine: Engine) -> None:
    first, second = [await engine.execute(request_of(path)) for _ in range(2)]

    assert first == second


@pytest.mark.parametrize("path", CASES, ids=name_of)
def test_each_case_says_why_it_is_there(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("# ")


def test_golden_files_are_not_rewritten_in_ci() -> None:
    assert not (UPDATE and os.environ.get("CI"))


def test_no_golden_file_is_renewed_where_nobody_looks() -> None:
    assert not (UPDATE and "CI" in os.environ), "UPDATE_GOLDEN renews files for review: run it where you see the diff"
