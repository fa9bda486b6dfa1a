"""Many reports that differ, out of the few samples: other places, other figures in the prose; the same ones each time.

The samples of one county stay reports of one county, so that years stand beside years and agencies beside agencies.
"""

from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "loaders" / "samples"
_NAMES = ("青岚", "澜川", "望舒", "栖云", "鹤汀")  # of the places that the samples tell of
_FIRST, _SECOND = "青白清明云松柏兰石玉金银长安永定和平春秋", "川溪河江湖海山岭峰谷原林泉塘渡桥湾洲泽浦"
_MORE = "此外，全年另受理群众来电{}件，举办培训班{}期。"


def write_reports(folder: Path, number: int) -> None:
    """Put so many texts into a folder, a file each."""
    folder.mkdir(parents=True, exist_ok=True)
    for place, text in enumerate(islice(_texts(), number)):
        (folder / f"{place:06}.txt").write_text(text, encoding="utf-8")


def _texts() -> Iterator[str]:
    samples = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*-*.txt"))]
    for world in count():
        for place, sample in enumerate(samples):
            yield _moved(sample, world) + _MORE.format(world * 7 + place + 1, place + 1) + "\n"


def _moved(text: str, world: int) -> str:
    """The text as one of another world, whose places have names of their own."""
    for place, name in enumerate(_NAMES):
        text = text.replace(name, _name(world * len(_NAMES) + place))
    return text


def _name(number: int) -> str:
    """One of many names of places, each of three signs."""
    number, last = divmod(number, len(_SECOND))
    beyond, first = divmod(number, len(_FIRST))
    return _FIRST[first] + _SECOND[beyond % len(_SECOND)] + _SECOND[last]
