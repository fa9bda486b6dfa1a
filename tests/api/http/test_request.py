"""What is wrong with a request is told before any work: body, media type, size, address."""

import gzip
import json
import socket
from collections.abc import Iterator

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_server import BODY_LIMIT, GRAPHQL_RESPONSE, JSON, Live, post, refused


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "BAD_JSON", id="empty"),
        pytest.param(b"{ not json", "BAD_JSON", id="no JSON"),
        pytest.param(b"null", "BAD_REQUEST", id="null"),
        pytest.param(b"1", "BAD_REQUEST", id="number"),
        pytest.param(b'"x"', "BAD_REQUEST", id="string"),
        pytest.param(b"[]", "BATCHING_NOT_SUPPORTED", id="empty list"),
        pytest.param(b"[null]", "BATCHING_NOT_SUPPORTED", id="list of null"),
        pytest.param(b'[{"query":"{title}"}]', "BATCHING_NOT_SUPPORTED", id="batch"),
        pytest.param(b"{}", "BAD_REQUEST", id="no query"),
        pytest.param(b'{"query":null}', "BAD_REQUEST", id="null query"),
        pytest.param(b'{"query":""}', "BAD_REQUEST", id="empty query"),
        pytest.param(b'{"query":1}', "BAD_REQUEST", id="number for query"),
        pytest.param(b'{"query":["{title}"]}', "BAD_REQUEST", id="list for query"),
        pytest.param(b'{"query":"{title}","variables":"{}"}', "BAD_REQUEST", id="string for variables"),
        pytest.param(b'{"query":"{title}","variables":[]}', "BAD_REQUEST", id="list for variables"),
        pytest.param(b'{"query":"{title}","operationName":1}', "BAD_REQUEST", id="number for operationName"),
        pytest.param(b'{"query":"{title}","operationName":false}', "BAD_REQUEST", id="false for operationName"),
        pytest.param(b'{"query":"{title}","extensions":0}', "BAD_REQUEST", id="zero for extensions"),
        pytest.param(b'\xff\xfe{"query"', "BAD_JSON", id="no UTF-8"),
        pytest.param('{"query":"{title}"}'.encode("utf-16"), "BAD_JSON", id="UTF-16"),
        pytest.param(b'\xef\xbb\xbf{"query":"{title}"}', "BAD_JSON", id="byte order mark"),
        pytest.param(b'{"query":"\\ud800"}', "BAD_JSON", id="lone surrogate"),
        pytest.param(b'{"query":"{title}\x00"}', "BAD_JSON", id="raw NUL"),
        pytest.param(b'{"query":"{title}","variables":{"a":NaN}}', "BAD_JSON", id="NaN"),
        pytest.param(b'{"query":"{title}","variables":{"a":1e999}}', "BAD_JSON", id="infinity"),
        pytest.param(b"[" * 4_000, "NESTED_TOO_DEEPLY", id="four thousand open brackets"),
        pytest.param(
            b'{"query":"{title}","variables":{"a":' + b"[" * 64 + b"]" * 64 + b"}}", "NESTED_TOO_DEEPLY", id="66 levels"
        ),
    ],
)
def test_a_bad_body_is_400(client: httpx.Client, content: bytes, code: str) -> None:
    response = post(client, content)
    assert (response.status_code, refused(response)) == (400, code)


def test_the_mere_hash_of_a_query_is_answered_so_that_clients_send_it_whole(client: httpx.Client) -> None:
    persisted = b'{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"' + b"0" * 64 + b'"}}}'
    hashed = post(client, persisted)
    whole = post(client, persisted[:-1] + b',"query":"{title}"}')

    assert (hashed.status_code, refused(hashed)) == (200, "PERSISTED_QUERY_NOT_SUPPORTED")
    assert hashed.json()["errors"][0]["message"] == "PersistedQueryNotSupported"
    assert "data" in whole.json()


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


BODIES = st.binary(max_size=200) | st.fixed_dictionaries(
    {},
    optional={"query": st.text() | st.just("{title}") | JSON_VALUES, "variables": JSON_VALUES,
              "operationName": st.text() | JSON_VALUES, "extensions": JSON_VALUES},
).map(lambda value: json.dumps(value).encode())  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(content=BODIES)
def test_no_body_makes_the_server_stumble(client: httpx.Client, content: bytes) -> None:
    response = post(client, content)
    assert response.status_code in {200, 400}
    assert set(response.json()) & {"data", "errors"}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b'{"query":"{title}","variables":null,"operationName":null,"extensions":null}', id="nulls"),
        pytest.param(b'{"query":"{title}","variables":{"a":1e30,"b":[[[1]]]}}', id="variables nobody asks for"),
        pytest.param(b'{"query":"{title}","variables":' + b'{"a":' * 60 + b"1" + b"}" * 60 + b"}", id="61 levels"),
    ],
)
def test_an_odd_but_right_body_is_answered(client: httpx.Client, content: bytes) -> None:
    assert post(client, content).json()["data"] == {"title": "厦门市政府信息公开年度报告"}


@pytest.mark.parametrize(
    "content",
    [b'{"query":"{title}\\u0000"}', b'{"query":"{ echo(text: \\"\\\\ud83d\\") }"}', b'{"query":"{ t\\u00edtle }"}'],
    ids=["NUL", "lone surrogate in a GraphQL string", "letter outside ASCII"],
)
def test_a_document_of_odd_characters_is_a_parse_error(client: httpx.Client, content: bytes) -> None:
    response = post(client, content, accept=GRAPHQL_RESPONSE)
    assert response.status_code == 400
    assert set(response.json()) == {"errors"}


@pytest.mark.parametrize(
    "media_type",
    ["", "text/plain", "text/plain;application/json", "application/x-www-form-urlencoded", "multipart/form-data",
     "application/json; charset=gbk", "application/graphql"],
)  # fmt: skip
def test_another_media_type_is_unsupported(client: httpx.Client, media_type: str) -> None:
    response = post(client, b'{"query":"{title}"}', content_type=media_type)
    assert (response.status_code, refused(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")


@pytest.mark.parametrize("media_type", ["application/json;charset=UTF-8", 'Application/JSON; charset="utf-8"'])
def test_json_with_its_charset_is_supported(client: httpx.Client, media_type: str) -> None:
    assert post(client, b'{"query":"{title}"}', content_type=media_type).status_code == 200


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "gzip, gzip", "x"])
def test_a_compressed_body_is_never_inflated(client: httpx.Client, encoding: str) -> None:
    bomb = gzip.compress(b"0" * 3_000_000)
    response = post(client, bomb, content_encoding=encoding)
    assert (response.status_code, refused(response)) == (415, "UNSUPPORTED_CONTENT_ENCODING")


def too_large() -> bytes:
    return b'{"query":"' + b" " * BODY_LIMIT + b'"}'


def in_parts(content: bytes, size: int) -> Iterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


def test_a_body_over_the_cap_is_refused_by_its_length(client: httpx.Client) -> None:
    response = post(client, too_large())
    assert (response.status_code, refused(response)) == (413, "BODY_TOO_LARGE")


def test_a_body_over_the_cap_is_refused_while_it_streams_in(client: httpx.Client) -> None:
    response = client.post("/graphql", content=in_parts(too_large(), 700), headers={"content-type": JSON})
    assert (response.status_code, refused(response)) == (413, "BODY_TOO_LARGE")


def test_a_body_at_the_cap_is_read_whole_from_its_parts(client: httpx.Client) -> None:
    content = b'{"query":"{title}"' + b" " * (BODY_LIMIT - 19) + b"}"
    assert len(content) == BODY_LIMIT
    response = client.post("/graphql", content=in_parts(content, 700), headers={"content-type": JSON})
    assert response.status_code == 200


def test_a_very_large_body_still_gets_its_answer(client: httpx.Client) -> None:
    response = post(client, b" " * 20_000_000)
    assert (response.status_code, refused(response)) == (413, "BODY_TOO_LARGE")


def test_a_sender_that_stalls_is_given_up(live: Live) -> None:
    with socket.create_connection(("127.0.0.1", live.port)) as raw:
        raw.sendall(
            f"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: {JSON}\r\nContent-Length: 50\r\n\r\n{{".encode()
        )
        answer = raw.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 408")
    assert b'"REQUEST_TIMEOUT"' in answer


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        pytest.param("?query=", 400, "BAD_REQUEST", id="empty query"),
        pytest.param("", 400, "BAD_REQUEST", id="no query"),
        pytest.param("?query=%7Btitle%7D&query=x", 400, "BAD_REQUEST", id="query twice"),
        pytest.param("?query=%FF%FE", 400, "BAD_REQUEST", id="no UTF-8"),
        pytest.param("?query=%7Btitle%7D&variables=%7B", 400, "BAD_JSON", id="variables are no JSON"),
        pytest.param("?query=%7Btitle%7D&variables=%5B%5D", 400, "BAD_REQUEST", id="variables are a list"),
        pytest.param("?query=%7Btitle%7D&extensions=1", 400, "BAD_REQUEST", id="extensions are a number"),
        pytest.param("?" + "&".join(f"a{i}=" for i in range(99)), 400, "BAD_REQUEST", id="many parameters"),
        pytest.param("?query=" + "x" * 33_000, 414, "URL_TOO_LONG", id="long address"),
    ],
)
def test_a_bad_address_is_refused(client: httpx.Client, address: str, status: int, code: str) -> None:
    response = client.get(f"/graphql{address}")
    assert (response.status_code, refused(response)) == (status, code)
