"""Measure queries on three servers in turn, groups, parser, search, indexes and loading; print Markdown.

    python -m tests.bench [--reports 2000] [--seconds 3] [--rounds 3] [--passages 100000]
                          [--files 1000] [--only queries|groups|parser|search|indexes|loading]

Every figure is the median of the rounds; the servers take turns within a round, so that a ratio compares what ran
side by side. CPU is what the server process used for one request (Linux only).
"""

import argparse
import asyncio
import json
import os
import platform
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from api.mongo.driver import connect, make_primary
from api.mongo.private_mongod import Lease
from api.settings import Settings
from loaders.store import reports as store
from tests.bench import groups, indexes, loading, parser, queries, search
from tests.bench.client import Load, Request, load, send
from tests.documents import report_document, written

CLIENTS = 16
BATCH = 100
YEAR = 2020
YEARS = range(2019, 2025)
PARAGRAPHS = 10  # for each of six sections: a document of about the size of real ones
OURS, REST, PLAIN = "gongkai", "Starlette + Motor + orjson, no GraphQL", "plain Strawberry + Motor"
UVICORN = [sys.executable, "-m", "uvicorn", "--log-level", "warning", "--factory"]
COMMANDS = {
    OURS: [str(Path(sys.executable).with_name("gongkai")), "serve", "--port"],
    REST: [*UVICORN, "tests.bench.baselines:create_rest", "--port"],
    PLAIN: [*UVICORN, "tests.bench.baselines:create_plain", "--port"],
}


def main() -> None:
    """Run what the arguments ask for and print it."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument(
        "--reports", type=int, default=2_000, help="documents to generate (20000 compares to published figures)"
    )
    arguments.add_argument(
        "--seconds", type=float, default=3.0, help="seconds of load for each server and query in a round"
    )
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--passages", type=int, default=100_000, help="passages to search, up to 1000000")
    arguments.add_argument("--files", type=int, default=1_000, help="files to load (5000 compares to the target)")
    arguments.add_argument("--only", choices=("queries", "groups", "parser", "search", "indexes", "loading"))
    chosen = arguments.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.platform()}\n")
    if chosen.only in {None, "parser"}:
        print(parser.table())
    if chosen.only in {None, "search"}:
        with _database() as settings:
            print(asyncio.run(search.table(settings, chosen.passages)))
    if chosen.only in {None, "indexes"}:
        with _database() as settings:
            print(asyncio.run(indexes.table(settings, chosen.reports)))
    if chosen.only in {None, "loading"}:
        with _database() as settings:
            print(loading.table(settings, chosen.files))
    if chosen.only in {None, "queries", "groups"}:
        with _database() as settings:
            report = asyncio.run(_fill(settings, chosen.reports))
            if chosen.only != "queries":
                print(asyncio.run(groups.table(settings, 3 * chosen.rounds)))
            if chosen.only != "groups":
                asyncio.run(_queries(settings, report, chosen.seconds, chosen.rounds))


@contextmanager
def _database() -> Iterator[Settings]:
    """Settings of an empty database of its own, gone afterwards."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:  # the server may write until it is gone
        lease = Lease(Path(folder) / "data", make_primary=make_primary)
        try:
            yield Settings(mongodb_uri=lease.join(), database="bench", data=Path(folder))
        finally:
            lease.leave()


async def _queries(settings: Settings, report: str, seconds: float, rounds: int) -> None:
    with _servers(settings) as ports:
        await _measure(ports, report, seconds, rounds)


async def _fill(settings: Settings, count: int) -> str:
    """Store the generated reports; the id of one of the measured year."""
    began = time.perf_counter()
    async with connect(settings) as database:
        await store.prepare(database)
        batch = []
        report = ""
        for number in range(count):
            document = report_document(
                number, year=YEARS[number % len(YEARS)], agency=f"第{number}号机关", paragraphs=PARAGRAPHS
            )
            report = report or (document["_id"] if document["year"] == YEAR else "")
            batch.append(document)
            if len(batch) == BATCH:
                await database.transact(written(batch))
                batch = []
        await database.transact(written(batch))
        (size,) = await database.aggregate("reports", [{"$collStats": {"storageStats": {}}}], deadline_ms=60_000)
        shape = f"{size['storageStats']['avgObjSize'] / 1000:,.0f} KB each"
    _tell(f"{count} reports ({shape}) stored in {time.perf_counter() - began:.0f} s")
    return report


@contextmanager
def _servers(settings: Settings) -> Iterator[dict[str, tuple[int, int]]]:
    """Every server's port and process id, while they run."""
    environment = {
        **os.environ,
        "MONGODB_URI": settings.mongodb_uri,
        "GONGKAI_DATABASE": settings.database,
        "GONGKAI_DATA": str(settings.data),
    }
    running = {}
    try:
        for name, command in COMMANDS.items():
            port = _free_port()
            running[name] = (port, subprocess.Popen([*command, str(port)], env=environment, stdout=subprocess.DEVNULL))
        for port, process in running.values():
            _wait_for(port, process)
        yield {name: (port, process.pid) for name, (port, process) in running.items()}
    finally:
        for _, process in running.values():
            process.send_signal(signal.SIGTERM)
        for _, process in running.values():
            process.wait(20)


async def _measure(ports: Mapping[str, tuple[int, int]], report: str, seconds: float, rounds: int) -> None:
    requests = await _requests(ports, report)
    print("\n| query | server | requests/s | p99 ms | CPU ms a request | ours against it |\n|---|---|---|---|---|---|")
    for query in ("Q1", "Q2", "Q3", "Q4"):
        found: dict[str, list[tuple[Load, float]]] = {name: [] for name in ports}
        for _ in range(rounds):
            for name, (port, pid) in ports.items():
                await load(
                    port, [requests[name][query]], clients=CLIENTS, seconds=0.3
                )  # warm caches are what is compared
                before = _cpu(pid)
                shown = await load(port, [requests[name][query]], clients=CLIENTS, seconds=seconds)
                found[name].append((shown, (_cpu(pid) - before) * 1000 / shown.requests))
        _print_rows(query, found)


def _print_rows(query: str, found: Mapping[str, Sequence[tuple[Load, float]]]) -> None:
    rates = {name: statistics.median(run.rate for run, _ in runs) for name, runs in found.items()}
    for name, runs in found.items():
        tail = statistics.median(run.percentile(0.99) for run, _ in runs)
        cpu = statistics.median(used for _, used in runs)
        ratio = "" if name == OURS else f"{rates[OURS] / rates[name]:.2f} x"
        print(f"| {query} | {name} | {rates[name]:,.0f} | {tail:,.1f} | {cpu:.2f} | {ratio} |", flush=True)


async def _requests(ports: Mapping[str, tuple[int, int]], report: str) -> dict[str, dict[str, Request]]:
    ids = await _global_id(ports[OURS][0])
    return {
        OURS: {name: _post(text) for name, text in queries.ours(ids, YEAR).items()},
        PLAIN: {name: _post(text, "/graphql/") for name, text in queries.plain(report, YEAR).items()},
        REST: {
            "Q1": Request.get(f"/q1?id={report}", "periodStart"),
            "Q2": Request.get(f"/q2?year={YEAR}", "received"),
            "Q3": Request.get(f"/q3?id={report}", "passages"),
            "Q4": Request.get(f"/q4?year={YEAR}", "received"),
        },
    }


async def _global_id(port: int) -> str:
    """Our opaque id of a stored report of the measured year; any is as large as another."""
    text = f"{{ reports(where: {{year: {{eq: {YEAR}}}}}, first: 1) {{ nodes {{ id }} }} }}"
    answer = json.loads(await send(port, _post(text)))
    return str(answer["data"]["reports"]["nodes"][0]["id"])


def _post(text: str, path: str = "/graphql") -> Request:
    return Request.post(path, json.dumps({"query": text}).encode(), '"data":')


def _cpu(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if process.poll() is not None:
                raise SystemExit(f"a server ended with {process.returncode} before it answered") from None
            time.sleep(0.05)
        else:
            return
    raise SystemExit("a server does not answer")


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
