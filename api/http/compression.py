"""Answers in fewer bytes: gzip, for the clients that take it.

Answers of 1 KB and more leave in gzip, a streamed one piece by piece, each flushed so that a slow export's rows arrive.
Only unknown codings: a plain answer. Refused, before any work is done: a client that takes neither gzip nor a plain
answer (406). A client that takes nothing but gzip gets the smallest answer
in it; only the errors of the guard, which stand outside, are plain.

Compressed answers tell their length, and with it how much of them repeats: where a secret and words of the request
stand in one answer, the secret can be guessed letter by letter (BREACH). No answer here holds a secret: there are no
cookies, sessions, keys or forms with tokens; cursors are signed, but the secret that signs them never leaves, and a
signature opens nothing. An answer that is to hold one must stay outside of `Compressed`.
"""

from gzip import compress

from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipResponder, IdentityResponder
from starlette.types import ASGIApp, Receive, Scope, Send

from api.failures import Refusal
from api.http.negotiation import Codings, codings
from loaders.faults import ErrorCode

LEAST_BYTES = 1_024
LEVEL = 3  # measured: the levels above cost up to twice as much and more (4: 1.6, 6: 2.5), for 4 to 14 % fewer bytes
LEVEL_ONCE = 9


class Compressed:
    """An ASGI application whose answers are compressed.

    Starlette's responders do that: flushed pieces, a thread for large ones, lengths, `Vary`. Its middleware, which
    chooses between them, is not used: it looks for the letters "gzip", so that `gzip;q=0` gets gzip, reads the first of
    several headers only, and sends a small answer plain to a client that takes none.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one ASGI request; raises `Refusal`."""
        taken = codings_taken(Headers(scope=scope))
        responder: ASGIApp = IdentityResponder(self.app, LEAST_BYTES)
        if taken.prefers_gzip:
            responder = GZipResponder(self.app, least_bytes(taken), compresslevel=LEVEL)
        await responder(scope, receive, send)


def codings_taken(headers: Headers) -> Codings:
    """What the client takes; raises `Refusal` where that is nothing we have."""
    taken = codings(",".join(headers.getlist("accept-encoding")))
    if not any(taken):
        raise Refusal(
            ErrorCode.NOT_ACCEPTABLE,
            "the client takes neither gzip nor an answer that is not compressed",
            hint="send Accept-Encoding: gzip",
            headers={"vary": "accept-encoding"},
        )
    return taken


def least_bytes(taken: Codings) -> int:
    """How large an answer is at least that is compressed for this client."""
    return LEAST_BYTES if taken.identity else 1


def compressed_once(content: bytes) -> bytes:
    """Content that does not change, as small as it gets; the same bytes at any time."""
    return compress(content, LEVEL_ONCE, mtime=0)
