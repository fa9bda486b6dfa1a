"""The cases that comments of the loaders name as reasons exist: a rule whose case is gone has lost its reason.

A comment names them on one line: `(golden: pingtan-2019)`, `(sample: a, b; test: test_of_something)`.
`golden` is a report or a gold file of the owner's, `sample` one of `loaders/samples`, `test` a test function anywhere,
`damage` a way to damage a table in `tests/loaders/tables/damages.py`.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.loaders.tables.damages import DAMAGES
from tests.shared import GOLD, REPORTS

ROOT = Path(__file__).parents[2]
KINDS = ("golden", "sample", "test", "damage")
_KIND = rf"(?:{'|'.join(KINDS)})"
_NAMES = rf"{_KIND}: [\w-]+(?:, [\w-]+)*"
WHOLE = re.compile(rf"\({_NAMES}(?:; {_NAMES})*\)")
REFERENCE = re.compile(rf"\(({_KIND}: [^()]*)\)")


def comments(source: str) -> Iterator[str]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return (token.string for token in tokens if token.type == tokenize.COMMENT)


def cases(source: str) -> Iterator[tuple[str, str]]:
    """The (kind, name) pairs of the cases that the comments of a module name."""
    for comment in comments(source):
        for reference in REFERENCE.finditer(comment):
            for part in reference[1].split("; "):
                kind, _, names = part.partition(": ")
                yield from ((kind, name) for name in names.split(", "))


def sources() -> Iterator[str]:
    return (path.read_text(encoding="utf-8") for path in (ROOT / "loaders").rglob("*.py"))


def named(*kinds: str) -> set[tuple[str, str]]:
    return {case for source in sources() for case in cases(source) if case[0] in kinds}


def stems(folder: Path) -> set[str]:
    return {path.name.split(".")[0] for path in folder.iterdir()}


def functions_of_tests() -> Iterator[str]:
    for path in (ROOT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node.name


def goldens() -> Iterator[str]:
    """A gold file or a report by its name, a numbered report by its number, the gold of a report by the report's."""
    for stem in stems(GOLD):
        yield from (stem, stem.removeprefix("tables-"))
    for stem in stems(REPORTS):
        yield from (stem, stem.split("_")[0])


def test_every_sample_test_and_damage_that_a_comment_names_exists() -> None:
    known = {
        *(("sample", name) for name in stems(ROOT / "loaders" / "samples")),
        *(("test", name) for name in functions_of_tests()),
        *(("damage", damage.__name__) for damage in DAMAGES),
    }
    assert named("sample", "test", "damage") - known == set()


@pytest.mark.shared
def test_every_report_of_the_owner_that_a_comment_names_exists() -> None:
    assert named("golden") - {("golden", name) for name in goldens()} == set()


def test_every_reference_is_whole_and_of_known_kinds() -> None:
    opened = re.compile(rf"\({_KIND}: ")
    found = [comment for source in sources() for comment in comments(source) if opened.search(comment)]
    assert [comment for comment in found if not WHOLE.search(comment)] == []


def test_references_are_read_from_comments_alone() -> None:
    source = '"""(sample: no)"""\nX = 1  # why (golden: a, b; test: test_c)\n# a bracket (of words: none)\n'
    assert list(cases(source)) == [("golden", "a"), ("golden", "b"), ("test", "test_c")]
