"""Worker processes: what an item does to its process costs that item alone, and nothing is waited for without end."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Timer

import pytest

from loaders.workers import Cause, Limits, Loss, NoWorkerError, Task, Workers
from tests.tasks import (
    crash,
    done,
    endless,
    endless_in_c,
    exit_at_once,
    failing,
    getting_on,
    greedy,
    held,
    killed,
    process,
    starting_another,
    talkative,
    unprepared,
)

PATIENCE = 30.0
LIMITS = Limits(seconds=1, memory_mb=64)
DONE: Task[object, object] = Task(done)
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits on CPU time and memory are tried here")


def causes(results: list[tuple[object, object]]) -> list[Cause | object]:
    return [result.cause if isinstance(result, Loss) else result for _, result in results]


def test_an_item_that_ends_its_process_costs_itself_alone() -> None:
    items: list[object] = [1, crash, 2, killed, exit_at_once, failing, 3, talkative, greedy, 4]

    with Workers(DONE, items, jobs=1, limits=LIMITS) as workers:
        results = list(workers)

    crashed = Cause.CRASHED
    assert causes(results) == [1, crashed, 2, Cause.KILLED, crashed, crashed, 3, "said", "bounded", 4]
    assert [result.detail for _, result in results if isinstance(result, Loss)] == [
        "SIGSEGV",
        "SIGKILL",
        "exit code 7",
        "exit code 1: foresaw this",
    ]


@pytest.mark.parametrize("item", [endless, endless_in_c])
def test_an_item_without_end_is_given_up_after_its_time(item: Callable[[], None]) -> None:
    with Workers(DONE, [1, item, 2], jobs=1, limits=LIMITS) as workers:
        assert causes(list(workers)) == [1, Cause.SLOW, 2]


def test_an_item_that_says_it_is_getting_on_has_its_time_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loaders.workers._PATIENCE", 2)

    with Workers(Task[object, object](done), [getting_on, endless, 1], jobs=1, limits=LIMITS) as workers:
        assert causes(list(workers)) == ["got there", Cause.SLOW, 1]


def test_an_item_that_only_waits_is_given_up_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loaders.workers._PATIENCE", 0.2)

    with Workers(Task(time.sleep), [0, 600, 0], jobs=1, limits=LIMITS) as workers:
        assert causes(list(workers)) == [None, Cause.SLOW, None]


def test_what_an_item_has_started_ends_with_its_worker() -> None:
    with Workers(Task(done), [starting_another], jobs=1, limits=LIMITS) as workers:
        ((_, started),) = workers

    assert isinstance(started, int)
    wait_until(lambda: not lives(started))


def test_one_worker_keeps_the_order_and_serves_for_all() -> None:
    with Workers(Task(process), range(50), jobs=1, limits=LIMITS) as workers:
        results = [result for _, result in workers if not isinstance(result, Loss)]

    assert [item for item, _ in results] == [*range(50)]
    assert len({worker for _, worker in results}) == 1


def test_a_worker_that_holds_on_to_memory_is_replaced() -> None:
    with Workers(Task(held), [1, 20, 1, 1], jobs=1, limits=LIMITS) as workers:
        first, second, third, fourth = (result for _, result in workers)

    assert first == second != third == fourth


def test_items_are_taken_as_workers_are_free() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for number in range(1_000):
            taken = number
            yield number

    with Workers(Task(done), items(), jobs=2, limits=LIMITS) as workers:
        next(iter(workers))
        time.sleep(0.2)
        assert taken < 20


def test_what_goes_wrong_with_the_items_is_raised() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise RuntimeError("no more items")

    with Workers(Task(done), items(), jobs=1, limits=LIMITS) as workers, pytest.raises(RuntimeError, match="no more"):
        list(workers)


def test_who_waits_is_let_go_when_all_is_closed() -> None:
    with Workers(Task(time.sleep), [600.0, 600.0], jobs=2, limits=LIMITS) as workers:
        timer = Timer(1.0, workers.close)
        timer.start()
        began = time.monotonic()

        assert list(workers) == []

    assert time.monotonic() - began < PATIENCE
    assert not any(map(lives, workers.processes))


def test_a_worker_that_cannot_start_says_why() -> None:
    said = "exit code 1: ImportError: no such library"
    with Workers(Task(done, unprepared), [1], limits=LIMITS) as workers, pytest.raises(NoWorkerError, match=said):
        list(workers)


def test_no_item_starts_no_worker() -> None:
    with Workers(Task(done), [], limits=LIMITS) as workers:
        assert list(workers) == []
        assert workers.processes == []


def lives(process: int) -> bool:
    """Whether a process is still at something; one that nobody waits for is not."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.02)
