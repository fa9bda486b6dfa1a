"""A module's test is found from the module's name: it lies in the same room, under the same name.

What tests a room as a whole is named after the room; what tests a whole package, or the program, lies above the rooms.
"""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OF_A_WHOLE_ROOM = {
    "loaders/tables": {
        "damage",
        "displacements",
        "disturbances",
        "golden",
        "properties",
    },  # one report through all stages of a table
}
TESTS = [
    path.relative_to(ROOT / "tests")
    for package in ("api", "schema", "loaders")
    for path in sorted((ROOT / "tests" / package).glob("*/test_*.py"))
]


@pytest.mark.parametrize("test", TESTS, ids=str)
def test_a_test_in_a_room_is_named_after_a_module_of_the_room(test: Path) -> None:
    room, name = test.parent, test.stem.removeprefix("test_")

    assert (
        (ROOT / room / f"{name}.py").is_file() or name == room.name or name in OF_A_WHOLE_ROOM.get(room.as_posix(), ())
    )
