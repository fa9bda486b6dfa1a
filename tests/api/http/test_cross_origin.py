"""Pages of other origins may read what is open, errors included, and nothing else; preflights say what may be asked."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.small_server import JSON, Live, ask, refused, serving

HERE = "https://data.example.org"
ELSEWHERE = "https://elsewhere.example"
METHODS = "GET, HEAD, OPTIONS, POST"


@pytest.fixture(scope="module")
def narrow() -> Iterator[httpx.Client]:
    """A client of a server that two origins may read."""
    with serving(origins=(HERE, "http://127.0.0.1:3000")) as live, httpx.Client(base_url=live.address) as http:
        yield http


def preflight(
    client: httpx.Client, path: str = "/graphql", *, origin: str = HERE, method: str = "POST", **headers: str
) -> httpx.Response:
    asked = {"origin": origin, "access-control-request-method": method} | {
        f"access-control-request-{name}": value for name, value in headers.items()
    }
    return client.options(path, headers=asked)


@pytest.mark.parametrize(
    "origin", [HERE, "http://127.0.0.1:3000", "null", "capacitor://localhost", "http://[::1]:3000"]
)
def test_any_origin_may_read_but_never_with_credentials(client: httpx.Client, origin: str) -> None:
    response = ask(client, "{ title }", origin=origin)
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in response.headers
    exposed = response.headers["access-control-expose-headers"].lower().split(", ")
    assert {"server-timing", "content-disposition", "retry-after"} <= set(exposed)
    assert "server-timing" in response.headers
    assert "origin" in response.headers["vary"].split(", ")


@pytest.mark.parametrize(
    "origin", ["", "data.example.org", "https://", f"{HERE}/", f"{HERE}/map", f"{HERE}, {ELSEWHERE}", "NULL", "*"]
)
def test_what_is_no_origin_is_answered_but_nothing_is_opened_for_it(client: httpx.Client, origin: str) -> None:
    response = ask(client, "{ title }", origin=origin)
    assert response.status_code == 200
    assert "access-control-allow-origin" not in response.headers
    asked = preflight(client, origin=origin)
    assert (asked.status_code, refused(asked)) == (403, "ORIGIN_NOT_ALLOWED")
    assert "access-control-allow-origin" not in asked.headers


ERRORS: list[Any] = [
    pytest.param("GET", "/graphql", None, 400, "BAD_REQUEST", id="a request without a query"),
    pytest.param("POST", "/graphql", "{", 400, "BAD_JSON", id="no JSON"),
    pytest.param("PUT", "/graphql", None, 405, "METHOD_NOT_ALLOWED", id="a method that is not offered"),
    pytest.param("POST", "/graphql", '{"query": "{ title } # bug"}', 500, "INTERNAL", id="a fault of ours"),
    pytest.param(
        "POST", "/graphql", '{"query": "{ title } # unavailable"}', 503, "DATABASE_UNAVAILABLE", id="MongoDB away"
    ),
    pytest.param("POST", "/graphql", '{"query": "{ title } # slow"}', 504, "TIMEOUT", id="too slow"),
    pytest.param("GET", "/export/report.csv", None, 404, "UNKNOWN_EXPORT", id="an export that is not there"),
    pytest.param("GET", "/export/a/b", None, 404, "NOT_FOUND", id="no address of an export"),
    pytest.param("GET", "/export/reports.csv", None, 500, "INTERNAL", id="an export that fails"),
]


@pytest.mark.parametrize(("method", "path", "content", "status", "code"), ERRORS)
@pytest.mark.parametrize("origin", [HERE, "null"])
def test_errors_can_be_read_from_other_origins(  # noqa: PLR0913 - a table of cases
    *, client: httpx.Client, method: str, path: str, content: str | None, status: int, code: str, origin: str
) -> None:
    response = client.request(method, path, content=content, headers={"content-type": JSON, "origin": origin})
    assert (response.status_code, refused(response)) == (status, code)
    assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/readyz", "/graphql/", "/graphql/static/boot.js", "/none", "/export"]
)
def test_nothing_else_is_open(client: httpx.Client, path: str) -> None:
    for response in (client.get(path, headers={"origin": HERE}), preflight(client, path, method="GET")):
        assert not [name for name in response.headers if name.startswith("access-control")]


def test_the_page_is_not_open_although_it_shares_its_address(client: httpx.Client) -> None:
    response = client.get("/graphql", headers={"origin": HERE, "accept": "text/html"})
    assert response.headers["content-type"].startswith("text/html")
    assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize("path", ["/graphql", "/export/reports.csv"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_a_preflight_for_what_is_offered_is_granted_for_a_while(client: httpx.Client, path: str, method: str) -> None:
    response = preflight(client, path, method=method, headers="content-type, Apollographql-Client-Name")
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["access-control-allow-methods"] == response.headers["allow"] == METHODS
    assert "content-type" in response.headers["access-control-allow-headers"].split(", ")
    assert int(response.headers["access-control-max-age"]) >= 600
    assert "access-control-allow-credentials" not in response.headers


@pytest.mark.parametrize("method", ["PUT", "DELETE", "QUERY", "post", "*"])
def test_a_preflight_for_a_method_that_is_not_offered_is_told_those_that_are(client: httpx.Client, method: str) -> None:
    response = preflight(client, method=method)
    assert (response.status_code, refused(response)) == (405, "METHOD_NOT_ALLOWED")
    assert response.headers["allow"] == response.headers["access-control-allow-methods"] == METHODS
    assert "access-control-max-age" not in response.headers


@pytest.mark.parametrize("headers", ["authorization", "content-type,X-Api-Key", "cookie", "x" * 3_000, "公开"])
def test_a_preflight_for_a_header_that_is_not_read_is_told_those_that_are(client: httpx.Client, headers: str) -> None:
    response = client.options(
        "/graphql",
        headers=[
            (b"origin", HERE.encode()),
            (b"access-control-request-method", b"POST"),
            (b"access-control-request-headers", headers.encode()),
        ],
    )
    assert (response.status_code, refused(response)) == (403, "HEADER_NOT_ALLOWED")
    assert "content-type" in response.headers["access-control-allow-headers"].split(", ")
    assert response.headers["access-control-allow-methods"] == METHODS


def test_options_without_a_question_names_the_methods_as_ever(client: httpx.Client) -> None:
    response = client.options("/graphql", headers={"origin": HERE})
    assert (response.status_code, response.headers["allow"]) == (204, METHODS)
    assert "access-control-allow-methods" not in response.headers


def test_a_narrowed_server_names_the_origin_that_may_read(narrow: httpx.Client) -> None:
    for response in (ask(narrow, "{ title }", origin=HERE), preflight(narrow, headers="content-type")):
        assert response.is_success
        assert response.headers["access-control-allow-origin"] == HERE
        assert "origin" in response.headers["vary"].split(", ")


@pytest.mark.parametrize("origin", [ELSEWHERE, "null", "*", f"{HERE}.evil.example", f"{HERE}:8443", HERE.upper()])
def test_a_narrowed_server_is_closed_to_all_others(narrow: httpx.Client, origin: str) -> None:
    response = ask(narrow, "{ title }", origin=origin)
    assert response.status_code == 200
    assert "access-control-allow-origin" not in response.headers
    assert "origin" in response.headers["vary"].split(", ")
    asked = preflight(narrow, origin=origin)
    assert (asked.status_code, refused(asked)) == (403, "ORIGIN_NOT_ALLOWED")
    assert "GONGKAI_ORIGINS" in asked.json()["errors"][0]["extensions"]["hint"]


def test_without_an_origin_the_answer_says_that_it_depends_on_one(narrow: httpx.Client, live: Live) -> None:
    for response in (ask(narrow, "{ title }"), httpx.get(f"{live.address}/graphql", params={"query": "{title}"})):
        assert "origin" in response.headers["vary"].split(", ")
        assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_nothing_that_a_page_may_post_without_asking_is_run(client: httpx.Client, content_type: str) -> None:
    content = '{"query": "mutation { forget }"}'
    response = client.post("/graphql", content=content, headers={"content-type": content_type, "origin": ELSEWHERE})
    assert (response.status_code, refused(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")
