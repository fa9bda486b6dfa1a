"""The documentation as pages: the Markdown in `docs/` and the questions in `questions/`, rendered once.

Leave: `/docs`, the list of pages, and `/docs/NAME`. Each query on them has a link that opens it in GraphiQL. Refused: a
page that is not there (404).
"""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from html import escape
from string import Template
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.failures import Refusal
from api.pages import OPEN_IN_GRAPHIQL, PAGES, QUESTIONS_HEAD
from schema.errors import nearest

DOCS, QUESTIONS = PAGES / "docs", PAGES / "questions"
QUESTION_PAGE = "questions"

# Nothing on these pages runs, and nothing is fetched: the style stands in the page.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none'; "
HEADERS = {"cache-control": "no-cache", "content-security-policy": POLICY + "frame-ancestors 'none'"}


class Documentation:
    """The pages of documentation, by their names."""

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """Every page as HTML; rendered when first asked for."""
        texts = texts_of_pages()
        titles = {name: text.partition("\n")[0].removeprefix("# ") for name, text in texts.items()}
        template = Template((PAGES / "docs.html").read_text(encoding="utf-8"))
        return {
            name: template.substitute(title=escape(titles[name]), links=_links(titles), body=_rendered(text))
            for name, text in texts.items()
        }

    async def page(self, request: Request) -> Response:
        """One page; the first where none is named."""
        name = request.path_params.get("name") or next(iter(self.pages))
        if name not in self.pages:
            hint = nearest(name, self.pages) or f"There are {', '.join(self.pages)}."
            raise Refusal("NOT_FOUND", f"there is no page {name[:100]!r}", hint=hint)
        return HTMLResponse(self.pages[name], headers=HEADERS)


def texts_of_pages() -> dict[str, str]:
    """The Markdown of every page by its name."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(DOCS.glob("*.md"))}
    return {"queries": texts.pop("queries"), QUESTION_PAGE: _question_page(), **texts}


def _question_page() -> str:
    """The questions with the comment above each query as its heading."""
    parts = [QUESTIONS_HEAD]
    for path in sorted(QUESTIONS.glob("*.graphql")):
        text = path.read_text(encoding="utf-8")
        english, chinese, *_ = (line.removeprefix("# ") for line in text.splitlines())
        parts.append(f"## {english}\n\n{chinese}\n\n```graphql\n{text}```\n")
    return "\n".join(parts)


def _links(titles: Mapping[str, str]) -> str:
    return "\n".join(f'<a href="/docs/{name}">{escape(title)}</a>' for name, title in titles.items())


def _rendered(text: str) -> str:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.add_render_rule("fence", _fence)
    return str(markdown.render(_between_pages(text)))


def _between_pages(text: str) -> str:
    """Links from file to file, as a reader of the repository follows them, made links from page to page."""
    return re.sub(r"\]\((\w+)\.md(#[\w-]+)?\)", r"](/docs/\1\2)", text)


def _fence(_renderer: object, tokens: Sequence[Token], index: int, _options: object, _env: object) -> str:
    """A piece of code; a query has a link that opens it."""
    code = tokens[index].content
    run = ""
    if tokens[index].info == "graphql":
        run = f'<a class="run" href="/graphql?query={quote(code)}">{OPEN_IN_GRAPHIQL}</a>'
    return f"<pre><code>{escape(code)}</code></pre>{run}\n"
