"""The server as a process: a taken port is named, a signal ends it in order, the address is announced."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from uvicorn.loops.auto import auto_loop_factory

from api.http.server import address_of, listen
from api.settings import Settings
from loaders.errors import SettingsError

ROOT = Path(__file__).parents[3]

# A whole server, with what a command does before and after it.
PROGRAM = """
import asyncio, sys
from api.http.app import create_app
from api.http.server import run, serve
from api.settings import from_env

def say(line):
    print(line, flush=True)

async def main():
    settings = from_env()
    say("database opened")
    await serve(create_app(settings, database=object(), engine=object()), settings, announce=say)
    say("database closed")

{"ours": run, "asyncio": asyncio.run}[sys.argv[1]](main())
print("ended", flush=True)
"""


def test_a_taken_port_is_named_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(SettingsError, match=f"127.0.0.1:{port}: another program uses this port") as refused:
            listen(Settings(port=port))
    assert refused.value.where == "GONGKAI_PORT"
    assert "GONGKAI_PORT=8001" in refused.value.hint


@pytest.mark.parametrize("host", ["203.0.113.7", "no-such-host.invalid"])
def test_an_address_of_another_machine_is_refused(host: str) -> None:
    with pytest.raises(SettingsError) as refused:
        listen(Settings(host=host, port=0))
    assert refused.value.where == "GONGKAI_HOST"


def test_port_zero_picks_a_free_one_and_announces_an_address_that_opens_here() -> None:
    with listen(Settings(host="0.0.0.0", port=0)) as listener:  # noqa: S104
        assert address_of(listener) == f"http://127.0.0.1:{listener.getsockname()[1]}"


async def is_undelayed() -> bool:
    """Whether a connection to our listener sends what it is given at once."""
    undelayed = asyncio.get_running_loop().create_future()

    async def handle(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with socket.socket(fileno=os.dup(writer.get_extra_info("socket").fileno())) as ours:
            undelayed.set_result(ours.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    listener = listen(Settings(port=0))
    async with await asyncio.start_server(handle, sock=listener):
        _, writer = await asyncio.open_connection(*listener.getsockname())
        try:
            return bool(await undelayed)
        finally:
            writer.close()


@pytest.mark.parametrize("loop", [None, auto_loop_factory()], ids=["asyncio", "as served"])
def test_answers_are_sent_without_waiting_for_the_client_to_acknowledge(
    loop: Callable[[], asyncio.AbstractEventLoop] | None,
) -> None:
    with asyncio.Runner(loop_factory=loop) as runner:
        assert runner.run(is_undelayed())


@pytest.mark.parametrize("loop", ["ours", "asyncio"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_server_and_closes_the_database(number: signal.Signals, loop: str) -> None:
    environment = {"GONGKAI_PORT": "0", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", PROGRAM, loop]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        assert server.stdout.readline() == "database opened\n"
        address = server.stdout.readline().split()[4]
        assert httpx.get(address.replace("/graphql", "/healthz")).json() == {"status": "alive"}
        server.send_signal(number)
        assert server.stdout.read() == "database closed\nended\n"
        assert server.wait() == 0
