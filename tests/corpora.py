"""Files of many records, written for the tests: made-up pages as JSONL, Parquet, WARC and WACZ."""

import gzip
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_STORED, ZipFile

from loaders.corpora import Columns, Corpora
from loaders.file_formats.sources import Entry

SAMPLES = Path(__file__).parents[1] / "loaders" / "samples"
TEXTS = tuple(
    (SAMPLES / name).read_text(encoding="utf-8") + "\n另附说明。\n"  # with one line more it is no sample
    for name in ("county-water-bureau-2018.txt", "county-government-2020.txt", "town-government-2021.txt")
)
ADDRESSES = tuple(f"http://www.example.gov.cn/art/{number}.html" for number in range(len(TEXTS)))
CHATTER = "今天天气很好，我们去公园散步，看见了许多花。"


def page(text: str) -> str:
    """The text as a web page."""
    lines = "".join(f"<p>{line}</p>" for line in text.splitlines())
    return f"<html><head><title>页面</title></head><body><div>{lines}</div></body></html>"


def jsonl(*records: Mapping[str, Any] | str) -> bytes:
    """The records as lines; a text is a line as it is."""
    lines = (record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records)
    return "".join(f"{line}\n" for line in lines).encode()


def reports() -> list[dict[str, Any]]:
    """A record for each text."""
    return [{"text": text, "url": address} for text, address in zip(TEXTS, ADDRESSES, strict=True)]


class Web:
    """A WARC that is being written."""

    def __init__(self, *, packed: bool = True) -> None:
        self._packed = packed
        self._records: list[bytes] = []

    def answer(self, url: str, body: bytes, status: str = "200 OK", **headers: str) -> "Web":
        """A response; the names of headers are written with underscores."""
        head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        return self.record(url, "response", f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body)

    def record(self, url: str, kind: str, block: bytes = b"", media_type: str = "application/http") -> "Web":
        """A record of any kind."""
        head = {
            "WARC-Type": kind,
            "WARC-Target-URI": url,
            "WARC-Date": "2021-03-01T00:00:00Z",
            "WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, url)}>",
            "Content-Type": media_type,
            "Content-Length": str(len(block)),
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        data = f"WARC/1.0\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"
        self._records.append(gzip.compress(data) if self._packed else data)
        return self

    @property
    def size(self) -> int:
        """How many bytes are written so far."""
        return len(self.data())

    def data(self) -> bytes:
        """The file."""
        return b"".join(self._records)


def crawl(*, packed: bool = True) -> Web:
    """The reports, with what crawls hold besides."""
    web = Web(packed=packed)
    web.record("http://www.example.gov.cn/", "metadata", b"depth: 1")
    for address, text in zip(ADDRESSES, TEXTS, strict=True):
        web.answer(address, page(text).encode("gb18030"), Content_Type="text/html; charset=GBK")
        web.answer(f"{address}.png", b"\x89PNG", Content_Type="image/png")
        web.answer(f"{address}x", b"gone", "404 Not Found", Content_Type="text/html")
    return web


def wacz(path: Path, *warcs: bytes, compression: int = ZIP_STORED) -> Path:
    """An archive of WARC files."""
    with ZipFile(path, "w", compression) as archive:
        archive.writestr("datapackage.json", "{}")
        for number, data in enumerate(warcs):
            archive.writestr(f"archive/{number}.warc.gz", data)
    return path


def records_of(path: Path, columns: Columns | None = None) -> tuple[list[Entry], dict[str, int]]:
    """The records that a corpus is expanded to, and what was passed over."""
    corpora = Corpora([Entry(str(path), path, path.name, size=path.stat().st_size)], columns or Columns())
    entries = list(corpora)
    return entries, dict(corpora.passed_over)


def told(entries: Iterable[Entry]) -> list[str]:
    """Of each record its number, and its fault where it has one."""
    records = [entry.record for entry in entries if entry.record]
    return [f"{one.place.number}{f' {one.fault.code}' if one.fault else ''}" for one in records]
