"""Where Chinese words and drivers may stand, and that what is named is there: read off every source file.

Which room may import which is held by import-linter, whose contracts stand in pyproject.toml.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import schema

ROOT = Path(__file__).parents[2]
PACKAGES = ("api", "schema", "loaders")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
CHINESE = re.compile("[\u3400-\u9fff]")


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


def is_there(name: str) -> bool:
    """Whether a dotted name is a module of ours, or something that the module before it names."""
    place, _, last = name.rpartition(".")
    paths = [ROOT.joinpath(*one.split(".")) for one in (name, place)]
    if paths[0].exists() or paths[0].with_suffix(".py").exists():
        return True
    sources = [path for path in (paths[1].with_suffix(".py"), paths[1] / "__init__.py") if path.exists()]
    return any(re.search(rf"\b{last}\b", path.read_text(encoding="utf-8")) for path in sources)


def test_a_module_that_words_name_is_there() -> None:
    named = {
        f"{module_of(path)} names {name}"
        for path in MODULES
        for name in re.findall(r"`((?:api|schema|loaders)(?:\.[a-z_]\w*)+)", path.read_text(encoding="utf-8"))
        if not is_there(name)
    }

    assert named == set()


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
