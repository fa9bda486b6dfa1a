"""A load generator that costs little: raw HTTP/1.1 over kept-alive connections on the loopback interface."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Load:
    """What a stretch of load showed: requests done, seconds, and each request's milliseconds, sorted."""

    requests: int
    seconds: float
    milliseconds: tuple[float, ...]

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds

    def percentile(self, share: float) -> float:
        """The milliseconds that this share of requests stayed below."""
        return self.milliseconds[min(len(self.milliseconds) - 1, int(len(self.milliseconds) * share))]


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request, ready to be sent, and what its answer must contain."""

    raw: bytes
    marker: bytes

    @classmethod
    def get(cls, path: str, marker: str) -> "Request":
        """A GET request."""
        return cls(f"GET {path} HTTP/1.1\r\nHost: bench\r\n\r\n".encode(), marker.encode())

    @classmethod
    def post(cls, path: str, body: bytes, marker: str) -> "Request":
        """A POST request with a JSON body."""
        head = (
            f"POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
            f"Accept: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return cls(head.encode() + body, marker.encode())


async def send(port: int, request: Request) -> bytes:
    """The body of one answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        return await _exchange(reader, writer, request)
    finally:
        writer.close()


async def load(port: int, requests: Sequence[Request], *, clients: int, seconds: float) -> Load:
    """Send the requests in turn from several connections at once for so many seconds."""
    start = time.perf_counter()
    end = start + seconds
    parts = await asyncio.gather(*(_client(port, requests, offset, end) for offset in range(clients)))
    times = sorted(moment for part in parts for moment in part)
    return Load(len(times), time.perf_counter() - start, tuple(times))


async def _client(port: int, requests: Sequence[Request], offset: int, end: float) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    times: list[float] = []
    try:
        while (began := time.perf_counter()) < end:
            request = requests[(offset + len(times)) % len(requests)]
            body = await _exchange(reader, writer, request)
            times.append((time.perf_counter() - began) * 1000)
            if request.marker not in body or b'"errors"' in body:
                raise RuntimeError(f"an answer lacks {request.marker!r} or has errors: {body[-300:]!r}")
    finally:
        writer.close()
    return times


async def _exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: Request) -> bytes:
    writer.write(request.raw)
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = head.split(b" ", 2)[1]
    length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
    body = await reader.readexactly(length)
    if status != b"200":
        raise RuntimeError(f"an answer has status {status.decode()}: {body[:300]!r}")
    return body
