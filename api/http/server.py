"""The HTTP server as one call: a port is taken, the application runs on it, and it stops gracefully when told to.

Enter: `Settings`, the doors of `create_app`, a line printer. Leaves: nothing; returns when Ctrl+C or SIGTERM came and
running requests have ended. Refused: a port that is taken or not ours to take, an address this machine does not have
(`SettingsError`), and what the database refuses.
"""

import errno
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, closing, contextmanager, nullcontext
from functools import partial

import uvicorn
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from api.http.app import BuildEngine, OpenDatabase, create_app
from api.http.framing import coded
from api.settings import Settings
from loaders.errors import SettingsError
from loaders.store.database import Database

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


async def serve(
    settings: Settings, *, open_database: OpenDatabase, build_engine: BuildEngine, announce: Callable[[str], None]
) -> None:
    """Serve until told to stop; `announce` gets the line that names GraphiQL's address once requests are answered."""
    with closing(listen(settings)) as listener:
        # Opened here, so that a fault is the caller's to tell and not a traceback of the server's.
        async with open_database(settings) as database:
            app = create_app(settings, open_database=_already(database), build_engine=build_engine)
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


def _already(database: Database) -> OpenDatabase:
    def open_database(_settings: Settings) -> AbstractAsyncContextManager[Database]:
        return nullcontext(database)

    return open_database


def server_config(app: object, settings: Settings) -> uvicorn.Config:
    """How uvicorn is to serve the application."""
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        http=coded(AutoHTTPProtocol),
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        limit_concurrency=settings.concurrency,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
