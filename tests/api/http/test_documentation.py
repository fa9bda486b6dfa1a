"""The pages of documentation: every page, every link between them, and every query opens where it can be run."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from api.http.documentation import texts_of_pages
from tests.documented import QUESTIONS, ROOT, queries_in
from tests.small_server import refused

PAGES = texts_of_pages()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_its_title_and_links_to_the_others(name: str, client: httpx.Client) -> None:
    response = client.get(f"/docs/{name}", headers={"accept": "text/html"})

    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert f"<h1>{PAGES[name].partition(chr(10))[0].removeprefix('# ')}</h1>" in response.text
    assert {f'href="/docs/{other}"' for other in PAGES} <= set(re.findall(r'href="/docs/[^"]*"', response.text))
    assert "<script" not in response.text
    assert "script-src" not in response.headers["content-security-policy"]


def test_the_first_page_is_shown_where_none_is_named(client: httpx.Client) -> None:
    assert client.get("/docs").text == client.get("/docs/queries").text


def test_a_page_that_is_not_there_is_refused_with_the_nearest(client: httpx.Client) -> None:
    response = client.get("/docs/setings")

    assert (response.status_code, refused(response)) == (404, "NOT_FOUND")
    assert "settings" in response.json()["errors"][0]["extensions"]["hint"]


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_to_pages_that_are_there(name: str, client: httpx.Client) -> None:
    for link in re.findall(r'href="(/docs/[^"#]*)', client.get(f"/docs/{name}").text):
        assert client.get(link).status_code == 200, link


@pytest.mark.parametrize("name", PAGES)
def test_every_query_of_a_page_opens_in_graphiql_as_it_stands(name: str, client: httpx.Client) -> None:
    links = re.findall(r'<a class="run" href="([^"]+)"', client.get(f"/docs/{name}").text)

    opened = [parse_qs(urlsplit(unescape(link)).query)["query"] for link in links]
    assert opened == [[query] for query in queries_in(PAGES[name])]


def test_every_question_is_asked_on_a_page_in_english_and_chinese() -> None:
    for path in QUESTIONS.glob("*.graphql"):
        text = path.read_text(encoding="utf-8")
        english, chinese, *_ = (line.removeprefix("# ") for line in text.splitlines())
        assert f"## {english}\n\n{chinese}\n" in PAGES["questions"]


@pytest.mark.parametrize("text", [ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=lambda path: path.name)
def test_the_links_of_the_texts_at_the_top_lead_to_files_that_are_there(text: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text.read_text(encoding="utf-8"))

    assert [link for link in links if not (ROOT / link).exists()] == []
