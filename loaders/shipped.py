"""The invented reports that come with the program, and what tells them from real ones: their bytes.

Leaves: the folder they lie in, and whether a hash is that of one of them. They are read once, when first asked for,
from wherever the package is installed.
"""

from functools import cache
from hashlib import sha256
from importlib.resources import files

SAMPLES = files("loaders") / "samples"
"""The folder of the samples."""


def is_sample(digest: str) -> bool:
    """Whether this is the SHA-256, in hexadecimal, of a sample."""
    return digest in _digests()


@cache
def _digests() -> frozenset[str]:
    shipped = (file for file in SAMPLES.iterdir() if not file.name.startswith("README"))
    return frozenset(sha256(file.read_bytes()).hexdigest() for file in shipped)
