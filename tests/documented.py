"""Every documented query, found and not listed: the questions people ask, GraphiQL's ready ones, those in the texts."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "api" / "pages"
QUESTIONS = PAGES / "questions"
FOLDERS = (QUESTIONS, PAGES / "queries")
TEXTS = (ROOT / "README.md", *sorted((PAGES / "docs").glob("*.md")))


def queries_in(markdown: str) -> list[str]:
    """The queries of a text, in their order."""
    return re.findall(r"^```graphql\n(.*?)^```", markdown, re.DOTALL | re.MULTILINE)


def documented() -> Iterator[tuple[str, str]]:
    """The documented queries by their names."""
    for folder in FOLDERS:
        for path in sorted(folder.glob("*.graphql")):
            yield path.stem, path.read_text(encoding="utf-8")
    for text in TEXTS:
        for number, block in enumerate(queries_in(text.read_text(encoding="utf-8")), start=1):
            yield f"{text.stem}-{number}", block


QUERIES = dict(documented())
