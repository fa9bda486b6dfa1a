"""What a field means is said once: no description stands word for word in two modules."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHORTEST = 12


def literals(path: Path) -> Iterator[str]:
    """Every text of several words in a module, besides docstrings and pieces of f-strings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    statements = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    pieces = {id(piece) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for piece in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in statements | pieces:
            yield node.value.rstrip(".")


def test_no_description_stands_in_two_modules() -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for path in (*(ROOT / "schema").rglob("*.py"), ROOT / "loaders" / "fields.py"):
        for text in literals(path):
            if len(text) >= SHORTEST and " " in text:
                found[text].add(path.name)

    assert {text: modules for text, modules in found.items() if len(modules) > 1} == {}
