"""The addresses of the server, their methods, and the page and probes behind them."""

import httpx
import pytest

from api.http.graphiql import GraphiQL
from loaders.errors import DatabaseTimeoutError, DatabaseUnavailableError
from tests.small_server import JSON, Live, ask, refused

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.mark.parametrize(
    ("path", "method", "allow"),
    [
        pytest.param("/graphql", "PUT", "GET, HEAD, OPTIONS, POST", id="PUT graphql"),
        pytest.param("/graphql", "DELETE", "GET, HEAD, OPTIONS, POST", id="DELETE graphql"),
        pytest.param("/graphql", "PROPFIND", "GET, HEAD, OPTIONS, POST", id="a method of another protocol"),
        pytest.param("/healthz", "POST", "GET, HEAD, OPTIONS", id="POST healthz"),
        pytest.param("/readyz", "PATCH", "GET, HEAD, OPTIONS", id="PATCH readyz"),
    ],
)
def test_another_method_is_refused_with_those_allowed(client: httpx.Client, path: str, method: str, allow: str) -> None:
    response = client.request(method, path)
    assert (response.status_code, refused(response)) == (405, "METHOD_NOT_ALLOWED")
    assert response.headers["allow"] == allow
    options = client.options(path)
    assert (options.status_code, options.headers["allow"], options.content) == (204, allow, b"")


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/graphql?query=%7Btitle%7D"])
def test_head_is_get_without_its_body(client: httpx.Client, path: str) -> None:
    get, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert head.headers["content-type"] == get.headers["content-type"]
    assert head.headers["content-length"] == get.headers["content-length"]


def test_an_unknown_address_is_not_found(client: httpx.Client) -> None:
    response = client.get("/graphiql/../etc/passwd")
    assert (response.status_code, refused(response)) == (404, "NOT_FOUND")


@pytest.mark.parametrize(("path", "location"), [
    pytest.param("/", "/graphql", id="the root"),
    pytest.param("/graphql/", "/graphql", id="a slash too many"),
    pytest.param("/graphql/?query=%7Btitle%7D&x=%0d%0aset-cookie:x", "/graphql?query=%7Btitle%7D&x=%0d%0aset-cookie:x",
                 id="a query goes along"),
])  # fmt: skip
@pytest.mark.parametrize("host", ["evil.example", 'x"><script>', "[", "evil.example:99999", "@evil.example/"])
def test_a_redirect_stays_on_this_server_whatever_host_is_named(
    client: httpx.Client, path: str, location: str, host: str
) -> None:
    response = client.get(path, headers={"host": host})
    assert (response.status_code, response.headers["location"]) == (307, location)
    assert "evil" not in str(response.headers) + response.text


def test_a_post_with_a_slash_too_many_is_led_on_with_its_body(client: httpx.Client) -> None:
    answer = client.post("/graphql/", json={"query": "{ title }"}, follow_redirects=True)
    assert "data" in answer.json()


@pytest.mark.parametrize("path", ["/healthz/", "/export/reports.csv/", "/graphql/static/boot.js/", "//evil.example/"])
@pytest.mark.parametrize("host", ["evil.example", "["])
def test_any_other_address_with_a_slash_too_many_is_not_found(client: httpx.Client, path: str, host: str) -> None:
    response = client.get(f"http://127.0.0.1:{client.base_url.port}{path}", headers={"host": host})
    assert (response.status_code, refused(response)) == (404, "NOT_FOUND")
    assert "location" not in response.headers


def test_no_page_repeats_the_host(client: httpx.Client) -> None:
    for accept in (BROWSER, JSON):
        response = client.get("/graphql", headers={"accept": accept, "host": "evil.example"})
        assert "evil" not in str(response.headers) + response.text
    assert "evil" not in bytes(GraphiQL({}, ()).page().body).decode()


def test_the_root_leads_to_graphql(client: httpx.Client) -> None:
    response = client.get("/")
    assert (response.status_code, response.headers["location"]) == (307, "/graphql")


def test_every_answer_forbids_framing_and_guessing_and_hides_the_server(client: httpx.Client) -> None:
    for response in (client.get("/healthz"), ask(client, "{ title }"), client.get("/none"), client.put("/graphql")):
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
        assert "server" not in response.headers
        assert "access-control-allow-origin" not in response.headers


def test_health_does_not_ask_mongodb(client: httpx.Client, live: Live) -> None:
    live.database.fault = DatabaseUnavailableError("away")
    response = client.get("/healthz")
    live.database.fault = None
    assert (response.status_code, response.json()) == (200, {"status": "alive"})


@pytest.mark.parametrize("fault", [DatabaseUnavailableError("db-7.internal"), DatabaseTimeoutError("db-7.internal")])
def test_readiness_follows_mongodb(client: httpx.Client, live: Live, fault: Exception) -> None:
    assert client.get("/readyz").json() == {"status": "ready"}
    live.database.fault = fault
    response = client.get("/readyz")
    live.database.fault = None
    assert response.status_code == 503
    assert refused(response) in {"DATABASE_UNAVAILABLE", "TIMEOUT"}
    assert "internal" not in response.text


@pytest.mark.parametrize("accept", [BROWSER, "text/html"])
def test_a_browser_gets_a_page(client: httpx.Client, accept: str) -> None:
    response = client.get("/graphql", headers={"accept": accept})
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "公开" in response.text
    assert response.headers["vary"] == "accept, Accept-Encoding"


@pytest.mark.parametrize("accept", ["*/*", JSON, f"{JSON}, text/html;q=0.9"])
def test_a_program_never_gets_the_page(client: httpx.Client, accept: str) -> None:
    response = client.get("/graphql", headers={"accept": accept})
    assert (response.status_code, refused(response)) == (400, "BAD_REQUEST")


def test_the_files_of_the_page_are_versioned_and_revalidated(client: httpx.Client) -> None:
    page = GraphiQL.installed()
    if not page.files:
        pytest.skip("GraphiQL's files are not installed: run `make static`")
    version = page.versions["boot.js"]
    kept = client.get("/graphql/static/boot.js", params={"v": version})
    assert "immutable" in kept.headers["cache-control"]
    assert client.get("/graphql/static/boot.js", params={"v": "old"}).headers["cache-control"] == "no-cache"
    again = client.get("/graphql/static/boot.js", headers={"if-none-match": kept.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["vary"] == kept.headers["vary"] == "accept-encoding"
    assert refused(client.get("/graphql/static/graphiql.py")) == "NOT_FOUND"
    assert refused(client.get("/graphql/static/..%2fgraphiql.py")) == "NOT_FOUND"
