"""Which package may import what, and where Chinese words may stand: read off every source file, without importing any.

Imports point one way: api, then schema, then loaders, then loaders.forms. The drivers stay at their edges.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import schema

ROOT = Path(__file__).parents[2]
PACKAGES = ("api", "schema", "loaders")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
CHINESE = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True)
class Ban:
    """Modules under `inside` (but not `but`) must import nothing under `never`."""

    why: str
    inside: str
    never: tuple[str, ...]
    but: tuple[str, ...] = ()


BANS = (
    Ban("loaders knows no GraphQL and no HTTP", "loaders", ("api", "schema", "strawberry", "graphql", "starlette")),
    Ban("schema knows no HTTP and no process", "schema", ("api", "starlette", "uvicorn")),
    Ban("the read side never loads a parser", "schema", ("loaders",), (
        "loaders.store.collections", "loaders.store.database", "loaders.store.derived_rows",
        "loaders.store.region_rows",
        "loaders.document", "loaders.errors", "loaders.fields", "loaders.forms", "loaders.text", "loaders.vocabulary",
    )),
    Ban("the forms are data and import nothing of ours", "loaders.forms", ("loaders", "api", "schema"),
        ("loaders.forms", "loaders.document")),
    Ban("the vocabulary is data and imports nothing of ours", "loaders.vocabulary", ("loaders", "api", "schema"),
        ("loaders.vocabulary", "loaders.forms", "loaders.document")),
    Ban("GraphQL is spoken in schema alone", "api", ("strawberry",)),
    Ban("the stored document depends on no stage", "loaders.document", ("loaders",)),
    Ban("its declaration depends on no stage", "loaders.fields", ("loaders",), ("loaders.document", "loaders.forms")),
)  # fmt: skip
DRIVERS = ("motor", "pymongo", "bson", "gridfs")
DRIVER_FILES = 3


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def under(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


@pytest.mark.parametrize("ban", BANS, ids=lambda ban: ban.why)
def test_imports_point_one_way(ban: Ban) -> None:
    found = {
        f"{module_of(path)} imports {name}"
        for path in MODULES
        if under(module_of(path), (ban.inside,))
        for name in imports(path)
        if under(name, ban.never) and not under(name, ban.but)
    }

    assert found == set()


def test_the_driver_is_imported_in_few_files_of_api() -> None:
    found = {module_of(path) for path in MODULES if any(under(name, DRIVERS) for name in imports(path))}

    assert all(module.startswith("api.") for module in found)
    assert len(found) <= DRIVER_FILES


def test_no_import_is_relative() -> None:
    relative = {
        module_of(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    }

    assert relative == set()


def test_chinese_words_are_data() -> None:
    data = ("loaders.forms", "loaders.fields", "loaders.vocabulary", "loaders.samples", "api.pages")
    found = {
        f"{module_of(path)}:{node.lineno}"
        for path in MODULES
        if not under(module_of(path), data)
        for node in strings(ast.parse(path.read_text(encoding="utf-8")))
        if CHINESE.search(str(node.value))
    }

    assert found == set()


def strings(tree: ast.Module) -> Iterator[ast.Constant]:
    """Every string literal that is no docstring."""
    docstrings: set[int] = set()
    for node in ast.walk(tree):
        bodies = getattr(node, "body", None)
        if isinstance(bodies, list):
            docstrings.update(id(item.value) for item in bodies if isinstance(item, ast.Expr))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node


def test_the_schema_package_is_ours() -> None:
    assert schema.__file__ == str(ROOT / "schema" / "__init__.py")


def test_there_are_three_packages_and_the_tests() -> None:
    found = {path.parent.name for path in ROOT.glob("*/__init__.py")} | {"tests"}

    assert found == {*PACKAGES, "tests"}
