"""Other people's clients and linters against a live server: each a small node project, installed from its lock file.

They are fetched from the npm registry into a temporary folder. Without npm, and in CI unless GONGKAI_CLIENT_TESTS=1,
they are skipped.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import pytest

from schema.types.sdl import SDL_FILE
from tests.documented import QUESTIONS

HERE = Path(__file__).parent
PROJECTS = sorted(path.parent.name for path in HERE.glob("*/package-lock.json"))
TITLES = [
    "鹤汀市人民政府办公厅2024年政府信息公开工作年度报告",
    "澜川市望舒区人民政府2023年政府信息公开工作年度报告",
    "青岚县人民政府2022年政府信息公开工作年度报告",
    "青岚县行政审批局2021年政府信息公开工作年度报告",
]
WANTED = os.environ.get("GONGKAI_CLIENT_TESTS") == "1" or not os.environ.get("CI")
Install = Callable[[str], Path]

pytestmark = pytest.mark.clients


@pytest.fixture(scope="session")
def install(tmp_path_factory: pytest.TempPathFactory) -> Install:
    """Installs a project, once, and gives the folder it is in; the schema lies beside it."""
    npm = shutil.which("npm")
    if not WANTED:
        pytest.skip("in CI other people's clients are tested only with GONGKAI_CLIENT_TESTS=1: they come from npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("node and npm are not installed; other people's clients are not tested")
    scratch = tmp_path_factory.mktemp("clients")

    @cache
    def installed(name: str) -> Path:
        folder = scratch / name
        shutil.copytree(HERE / name, folder, ignore=shutil.ignore_patterns("node_modules"))
        shutil.copy(SDL_FILE, folder)
        quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", f"--cache={scratch / 'cache'}"]
        run(folder, npm, "ci", *quiet)
        return folder

    return installed


def run(folder: Path, *command: str, fails: bool = False) -> str:
    """What a command prints; it must succeed, or must fail where that is wanted."""
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", timeout=300, check=False)
    assert (done.returncode != 0) == fails, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def node(folder: Path, script: str, *arguments: str) -> Any:
    return orjson.loads(run(folder, "node", script, *arguments))


def tool(folder: Path, name: str, *arguments: str, fails: bool = False) -> str:
    return run(folder, str(folder / "node_modules" / ".bin" / name), *arguments, fails=fails)


def test_every_audit_of_graphql_over_http_passes(install: Install, address: str) -> None:
    results = node(install("graphql-http"), "audit.mjs", address)

    assert [one for one in results if one["status"] != "ok"] == []
    assert len(results) == 61


def test_apollo_client_asks_pages_and_reads_errors(install: Install, address: str) -> None:
    answers = node(install("apollo"), "client.mjs", address)

    expected = {"totalCount": 13, "titles": TITLES, "node": True, "codes": ["GRAPHQL_VALIDATION_FAILED"]}
    assert answers == {"post": expected, "get": expected, "hashed": expected}


def test_what_two_searches_found_of_one_passage_stays_apart_in_a_cache(install: Install, address: str) -> None:
    answers = node(install("apollo"), "twice.mjs", address, "公开", "公开 OR 申请")

    assert answers["shared"] > 1
    assert answers["same"]


def test_urql_asks_pages_and_reads_errors(install: Install, address: str) -> None:
    answers = node(install("urql"), "client.mjs", address)

    expected = {"totalCount": 13, "titles": TITLES, "node": True, "codes": ["GRAPHQL_VALIDATION_FAILED"]}
    assert answers == {"post": expected, "get": expected}


def test_relay_compiles_persists_and_runs_its_queries(install: Install, address: str) -> None:
    folder = install("relay")
    (folder / "artifacts").mkdir()
    (folder / "persisted.json").write_text("{}", encoding="utf-8")  # relay-compiler adds to it and never makes it

    tool(folder, "relay-compiler", "relay.config.json")
    answers = node(folder, "client.cjs", address)

    assert answers == {
        "persisted": 4,
        "firstPage": TITLES[:2],
        "titles": TITLES,
        "node": "Report",
        "refetched": TITLES[0],
    }


def test_the_schema_keeps_the_rules_of_graphql_eslint_and_relay(install: Install) -> None:
    found = node(install("lint"), "lint.mjs")

    assert found["left"] == []
    assert found["idle"] == [], "an exception covers nothing any more"
    assert found["rules"] >= 24


def test_graphql_inspector_finds_the_served_schema_and_the_questions_valid(install: Install, address: str) -> None:
    folder = install("lint")
    committed = folder / "committed.graphql"
    text = SDL_FILE.read_text(encoding="utf-8")
    committed.write_text(text.replace(" @oneOf {", " {"), encoding="utf-8")  # the inspector does not ask for it
    shutil.copytree(QUESTIONS, folder / "questions")

    tool(folder, "graphql-inspector", "introspect", address, "--write", "served.graphql")

    assert "No changes detected" in tool(folder, "graphql-inspector", "diff", "served.graphql", "committed.graphql")
    assert "All documents are valid" in tool(
        folder, "graphql-inspector", "validate", "questions/*.graphql", SDL_FILE.name
    )


def test_graphql_inspector_sees_a_field_that_is_gone(install: Install) -> None:
    folder = install("lint")
    older = folder / "older.graphql"
    older.write_text(SDL_FILE.read_text(encoding="utf-8").replace("type Query {", "type Query { gone: Int", 1))

    told = tool(folder, "graphql-inspector", "diff", older.name, SDL_FILE.name, fails=True)

    assert "Field gone was removed from object type Query" in told


@pytest.mark.parametrize("name", PROJECTS)
def test_a_lock_file_pins_every_package_and_names_no_registry(name: str) -> None:
    packages = orjson.loads((HERE / name / "package-lock.json").read_bytes())["packages"]
    wanted = orjson.loads((HERE / name / "package.json").read_bytes())["dependencies"]

    assert all("integrity" in one and "resolved" not in one for path, one in packages.items() if path)
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
