"""Answers are compressed for clients that take it, from 1 KB on; files once, large answers elsewhere."""

import asyncio
import gzip

import httpx
import pytest
from starlette.types import Message, Receive, Scope, Send

from api.http.compression import LEAST_BYTES, Compressed
from api.http.graphiql import GraphiQL
from tests.small_server import ask, refused

QUERY = "query ($n: Int!) { words(length: $n) }"
AROUND = len(b'{"data":{"words":""},"extensions":{"cost":1}}')
BROWSER = "gzip, deflate, br, zstd"
PAGE = {"accept": "text/html"}


def words(client: httpx.Client, size: int, accept_encoding: str | None) -> tuple[httpx.Response, bytes]:
    """An answer of that many bytes before any compression, and its body as it came over the wire."""
    body = {"query": QUERY, "variables": {"n": size - AROUND}}
    headers = {} if accept_encoding is None else {"accept-encoding": accept_encoding}
    return as_sent(client, client.build_request("POST", "/graphql", json=body, headers=headers))


def as_sent(client: httpx.Client, request: httpx.Request) -> tuple[httpx.Response, bytes]:
    response = client.send(request, stream=True)
    raw = b"".join(response.iter_raw())
    response.close()
    return response, raw


@pytest.mark.parametrize("accept_encoding", ["gzip", BROWSER, "x-gzip", "*", "br;q=1, gzip;q=0.2"])
def test_an_answer_is_compressed_where_gzip_is_taken(client: httpx.Client, accept_encoding: str) -> None:
    plain = words(client, 50_000, "identity")[1]
    response, raw = words(client, 50_000, accept_encoding)
    assert response.headers["content-encoding"] == "gzip"
    assert response.headers["content-length"] == str(len(raw))
    assert response.headers["vary"] == "accept, Accept-Encoding, origin"
    assert len(raw) < len(plain) / 10
    assert gzip.decompress(raw) == plain


@pytest.mark.parametrize(
    "accept_encoding", ["", "br, zstd", "gzip;q=0", "gzip;q=0, *", "gzip;q=0.1, identity", "gzipped"]
)
def test_an_answer_is_plain_where_gzip_is_not_taken(client: httpx.Client, accept_encoding: str) -> None:
    response, raw = words(client, 50_000, accept_encoding)
    assert "content-encoding" not in response.headers
    assert len(raw) == 50_000
    assert "Accept-Encoding" in response.headers["vary"]


@pytest.mark.parametrize("accept_encoding", ["identity;q=0", "br, *;q=0", "br, identity;q=0", "gzip;q=0, *;q=0"])
@pytest.mark.parametrize("path", ["/graphql?query=%7Btitle%7D", "/export/reports.csv", "/graphql/static/boot.js"])
def test_a_client_that_takes_nothing_we_have_is_told_so(client: httpx.Client, accept_encoding: str, path: str) -> None:
    response = client.get(path, headers={"accept-encoding": accept_encoding})
    assert (response.status_code, refused(response)) == (406, "NOT_ACCEPTABLE")
    assert "gzip" in response.json()["errors"][0]["extensions"]["hint"]


def test_nothing_below_a_kilobyte_is_compressed(client: httpx.Client) -> None:
    assert "content-encoding" not in words(client, LEAST_BYTES - 1, "gzip")[0].headers
    assert words(client, LEAST_BYTES, "gzip")[0].headers["content-encoding"] == "gzip"


def test_a_client_that_takes_gzip_alone_gets_even_the_smallest_answer_in_it(client: httpx.Client) -> None:
    response = ask(client, "{ title }", accept_encoding="gzip, identity;q=0")
    assert response.headers["content-encoding"] == "gzip"
    assert "厦门市" in response.text
    assert "content-encoding" not in client.options("/graphql", headers={"accept-encoding": "gzip, *;q=0"}).headers


@pytest.mark.parametrize("path", ["/graphql?query=%7Bwords(length:5000)%7D", "/graphql", "/graphql/static/graphiql.js"])
def test_head_says_of_a_compressed_answer_what_get_says(client: httpx.Client, path: str) -> None:
    headers = {} if "query" in path else PAGE
    get, head = client.get(path, headers=headers), client.head(path, headers=headers)
    for name in ("content-encoding", "content-length", "vary", "etag", "content-type"):
        assert head.headers.get(name) == get.headers.get(name)
    assert get.headers["content-encoding"] == "gzip"
    assert head.content == b""


def test_the_page_is_compressed(client: httpx.Client) -> None:
    plain = client.get("/graphql", headers=PAGE | {"accept-encoding": "identity"})
    packed = client.get("/graphql", headers=PAGE)
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert packed.text == plain.text


@pytest.fixture(scope="module")
def page() -> GraphiQL:
    """The page as it is installed."""
    page = GraphiQL.installed()
    return page if page.files else pytest.skip("GraphiQL's files are not installed: run `make static`")


def test_files_are_compressed_and_whole(client: httpx.Client, page: GraphiQL) -> None:
    for name, content in page.files.items():
        address = f"/graphql/static/{name}"
        packed = client.get(address, headers={"accept-encoding": BROWSER})
        plain = client.get(address, headers={"accept-encoding": "br"})
        assert packed.content == plain.content == content
        assert ("content-encoding" in packed.headers) == (len(content) >= LEAST_BYTES)
        assert "content-encoding" not in plain.headers
        assert packed.headers["vary"] == plain.headers["vary"] == "accept-encoding"
        assert client.get(address, headers={"accept-encoding": "gzip, *;q=0"}).headers["content-encoding"] == "gzip"


def test_files_are_compressed_once(client: httpx.Client, page: GraphiQL) -> None:
    assert page.compressed["graphiql.js"] == GraphiQL.installed().compressed["graphiql.js"]
    request = client.build_request("GET", "/graphql/static/graphiql.js", headers={"accept-encoding": "gzip"})
    assert as_sent(client, request)[1] == page.compressed["graphiql.js"]


@pytest.mark.parametrize("coding", ["gzip", "identity"])
@pytest.mark.parametrize("held", ["{tag}", 'W/"other", {tag}', "{strong}", '"a","b" , {strong}', "*"])
def test_a_file_in_either_coding_is_known_again_by_its_tag(
    client: httpx.Client, page: GraphiQL, coding: str, held: str
) -> None:
    for kept in ("gzip", "identity"):
        tag = client.get("/graphql/static/page.css", headers={"accept-encoding": kept}).headers["etag"]
        assert tag == f'W/"{page.versions["page.css"]}"'
        asked = held.format(tag=tag, strong=tag.removeprefix("W/"))
        headers = {"accept-encoding": coding, "if-none-match": asked}
        again = client.get("/graphql/static/page.css", headers=headers)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert "content-encoding" not in again.headers


@pytest.mark.parametrize("held", ['"other"', 'W/""', "", "page.css", '"', '"a, b"'])
def test_another_tag_gets_the_whole_file(client: httpx.Client, page: GraphiQL, held: str) -> None:
    response = client.get("/graphql/static/page.css", headers={"if-none-match": held})
    assert (response.status_code, response.content) == (200, page.files["page.css"])


@pytest.mark.parametrize(("size", "elsewhere"), [(10_000_000, True), (50_000, False)])
async def test_a_large_answer_is_compressed_beside_the_event_loop(size: int, *, elsewhere: bool) -> None:
    turns = while_compressed = 0
    sent: list[Message] = []

    async def turn() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async def answer(_scope: Scope, _receive: Receive, send: Send) -> None:
        nonlocal while_compressed
        before = turns
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"x" * size})
        while_compressed = turns - before

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    turning = asyncio.ensure_future(turn())
    await Compressed(answer)({"type": "http", "headers": [(b"accept-encoding", b"gzip")]}, receive, send)
    turning.cancel()
    assert gzip.decompress(sent[1]["body"]) == b"x" * size
    assert (while_compressed > 0) is elsewhere
