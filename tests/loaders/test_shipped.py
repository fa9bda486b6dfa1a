"""Samples are told from real reports by their bytes, whatever their name, wherever they and the package lie."""

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from loaders.batch import parse_entry
from loaders.file_formats import SUFFIXES
from loaders.file_formats.sources import inventory

ROOT = Path(__file__).parents[2]
SAMPLES = sorted(path for path in (ROOT / "loaders" / "samples").iterdir() if path.stem != "README")

# Says of each hash whether it is a sample's.
PROGRAM = "import sys; from loaders.shipped import is_sample; print(*map(is_sample, sys.argv[1:]))"


def marked(path: Path) -> bool:
    """Whether the one report under a path is read as a sample."""
    (entry,) = inventory([path], suffixes=SUFFIXES).entries
    outcome = parse_entry(entry)
    assert outcome.document is not None
    return bool(outcome.document["source"]["sample"])


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_each_sample_is_told_by_its_bytes_whatever_its_name(path: Path, tmp_path: Path) -> None:
    renamed = tmp_path / f"report{path.suffix}"
    renamed.write_bytes(path.read_bytes())

    assert (marked(path), marked(renamed)) == (True, True)


def test_a_sample_in_an_archive_is_told_too(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "reports.zip", "w") as archive:
        archive.write(SAMPLES[0], f"inner/{SAMPLES[0].name}")

    assert marked(tmp_path / "reports.zip")


def test_a_sample_that_was_changed_is_no_sample(tmp_path: Path) -> None:
    changed = tmp_path / SAMPLES[0].name
    changed.write_bytes(SAMPLES[0].read_bytes() + b"\n")

    assert not marked(changed)


def test_samples_are_told_where_the_package_lies_in_an_archive(tmp_path: Path) -> None:
    digest = parse_digest(SAMPLES[0])
    with ZipFile(tmp_path / "package.zip", "w") as archive:
        for path in (ROOT / "loaders" / "__init__.py", ROOT / "loaders" / "shipped.py", *SAMPLES):
            archive.write(path, path.relative_to(ROOT))

    told = subprocess.run(
        [sys.executable, "-P", "-c", PROGRAM, digest, "0" * 64],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "package.zip")},
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout == "True False\n"


def parse_digest(path: Path) -> str:
    """The hash that the document of a report states."""
    (entry,) = inventory([path], suffixes=SUFFIXES).entries
    document = parse_entry(entry).document
    assert document is not None
    return str(document["source"]["sha256"])
