"""The HTTP server as one call: a port is taken, the application runs on it, and it stops gracefully when told to.

Refused: a port that is taken or not ours to take, an address this machine does not have (`SettingsError`).
"""

import asyncio
import errno
import signal
import socket
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import closing, contextmanager
from functools import partial
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.loops.auto import auto_loop_factory
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from api.http.framing import guarded
from api.settings import Settings
from loaders.errors import SettingsError

GRACE_SECONDS = 5

REASONS = {
    errno.EADDRINUSE: ("another program uses this port", "stop it, or choose another, such as GONGKAI_PORT=8001"),
    errno.EACCES: ("this port is not ours to take", "choose one above 1023, such as GONGKAI_PORT=8000"),
    errno.EADDRNOTAVAIL: ("this machine has no such address", "choose 127.0.0.1, or 0.0.0.0 for all of its addresses"),
}


class GracefulServer(uvicorn.Server):
    """Uvicorn, except that a signal ends the serving, not the process: what was opened around it gets closed."""

    def __init__(self, config: uvicorn.Config, *, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell_started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so only then."""
        await super().startup(sockets)
        self._tell_started()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Turn the first signal into an orderly stop and a second into a quick one."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def run(command: Coroutine[Any, Any, None]) -> None:
    """Run a command that serves, on uvloop where that is installed."""
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        runner.run(command)


async def serve(app: ASGIApp, settings: Settings, *, announce: Callable[[str], None]) -> None:
    """Serve until told to stop; `announce` gets the line that names GraphiQL's address once requests are answered."""
    with closing(listen(settings)) as listener:
        line = f"GraphiQL and the API: {address_of(listener)}/graphql (Ctrl+C stops)"
        server = GracefulServer(server_config(app, settings), started=partial(announce, line))
        await server.serve(sockets=[listener])


def listen(settings: Settings) -> socket.socket:
    """A socket on the host and port of the settings; raises `SettingsError`."""
    try:
        family = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0][0]
        plain = socket.create_server((settings.host, settings.port), family=family)
        # Named as TCP, or asyncio does not know it for TCP and leaves Nagle's delay on: the body of every short answer
        # would then wait, some 40 ms, until the client has acknowledged its head.
        return socket.socket(plain.family, plain.type, socket.IPPROTO_TCP, fileno=plain.detach())
    except OSError as fault:
        hint = "name an address of this machine, such as 127.0.0.1"
        words, hint = REASONS.get(fault.errno or 0, (str(fault.strerror or fault), hint))
        where = "GONGKAI_HOST" if fault.errno not in {errno.EADDRINUSE, errno.EACCES} else "GONGKAI_PORT"
        message = f"cannot listen on {settings.host}:{settings.port}: {words}"
        raise SettingsError(message, hint=hint, where=where) from None


def address_of(listener: socket.socket) -> str:
    """The address a browser on this machine opens."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - read, not bound
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def server_config(app: ASGIApp, settings: Settings) -> uvicorn.Config:
    """How uvicorn is to serve the application."""
    return uvicorn.Config(
        app,
        http=guarded(AutoHTTPProtocol),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        limit_concurrency=settings.concurrency,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
