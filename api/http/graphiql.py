"""GraphiQL for browsers, from our own origin alone.

Each of its files, third parties' and our own, is named by the hash of its content, so that browsers may keep it. The
files are compressed when the server starts, which takes 60 ms, rather than when they are installed: so ours are treated
as the third parties' are, and neither the wheel nor the folder holds anything twice. Where the third-party files are
not installed, the page says what to run.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.failures import Refusal
from api.http.compression import codings_taken, compressed_once, least_bytes
from api.pages import PAGES
from loaders.faults import ErrorCode

STATIC = PAGES / "static"
QUERIES = PAGES / "queries"
HOW_TO_INSTALL = PAGES / "missing.html"

INSTALLED = ("graphiql.js", "graphiql.css", "licenses.txt")
# boot.js opens the page; the modules that it imports carry no version in their address and are asked for again.
MODULES = ("answers.js", "examples.js", "focus.js", "links.js", "notices.js")
OURS = ("boot.js", *MODULES, "page.css", "icon.svg")

MEDIA_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}

# GraphiQL sets styles on elements, hence 'unsafe-inline' for styles; scripts are ours alone, and none is inline.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class GraphiQL:
    """The page and its files; `files` is empty where they are not installed."""

    def __init__(self, files: Mapping[str, bytes], queries: tuple[str, ...]) -> None:
        self.files = files
        self.compressed = {name: compressed_once(content) for name, content in files.items()}
        self.versions = {name: hashlib.sha256(content).hexdigest()[:16] for name, content in files.items()}
        self.html = _rendered(self.versions, queries) if files else ""

    @classmethod
    def installed(cls, static: Path = STATIC) -> "GraphiQL":
        """The page with what is installed in `static`, read once."""
        if not all((static / name).is_file() for name in INSTALLED):
            return cls({}, ())
        places = [static / name for name in INSTALLED] + [PAGES / name for name in OURS]
        return cls({place.name: place.read_bytes() for place in places}, ready_queries())

    def page(self) -> Response:
        """GraphiQL, or what to run to get it."""
        headers = {"cache-control": "no-cache", "vary": "accept", "content-security-policy": PAGE_POLICY}
        if not self.files:
            return HTMLResponse(HOW_TO_INSTALL.read_text(encoding="utf-8"), status_code=503, headers=headers)
        return HTMLResponse(self.html, headers=headers)

    async def file(self, request: Request) -> Response:
        """One of the page's files; kept for ever where the address carries its version, else asked for again."""
        name = request.path_params["name"]
        if name not in self.files:
            raise Refusal(ErrorCode.NOT_FOUND, f"no such file: {name}")
        version = self.versions[name]
        current = request.query_params.get("v") == version
        headers = {
            "etag": f'W/"{version}"',  # weak, for it stands for the file in either coding
            "cache-control": "public, max-age=31536000, immutable" if current else "no-cache",
            "vary": "accept-encoding",
        }
        if _is_known(version, request.headers.getlist("if-none-match")):
            return Response(status_code=304, headers=headers)
        content, coding = self._content(name, request)
        return Response(content, headers=headers | coding, media_type=MEDIA_TYPES[Path(name).suffix])

    def _content(self, name: str, request: Request) -> tuple[bytes, dict[str, str]]:
        taken = codings_taken(request.headers)
        if taken.prefers_gzip and len(self.files[name]) >= least_bytes(taken):
            return self.compressed[name], {"content-encoding": "gzip"}
        return self.files[name], {}


def ready_queries() -> tuple[str, ...]:
    """The queries that the page offers, in the order of their file names; the first is open at first."""
    return tuple(path.read_text(encoding="utf-8") for path in sorted(QUERIES.glob("*.graphql")))


def _is_known(version: str, if_none_match: Sequence[str]) -> bool:
    tags = [tag.strip().removeprefix("W/") for tag in ",".join(if_none_match).split(",")]
    return "*" in tags or f'"{version}"' in tags


def _rendered(versions: Mapping[str, str], queries: tuple[str, ...]) -> str:
    template = Template((PAGES / "graphiql.html").read_text(encoding="utf-8"))
    # "<" could end the script element that holds the queries.
    words = json.dumps(queries, ensure_ascii=False).replace("<", "\\u003c")
    by_place = {name.replace(".", "_").removesuffix("_svg"): version for name, version in versions.items()}
    return template.substitute(by_place, ready_queries=words)
