"""GraphiQL's files: installed from the lock file, by any npm, whole or not at all; the page made of them."""

import json
import os
import re
import sys
from pathlib import Path

import pytest
from graphql import build_schema, parse, validate

from api.http.graphiql import MODULES, OURS, GraphiQL, ready_queries
from api.pages import install as installer
from api.pages.install import InstallError, install

PAGES = Path(installer.__file__).parent
LOCK = json.loads((PAGES / "package-lock.json").read_text(encoding="utf-8"))

# Stands where npm would be: lays out the four packages in their least form.
SCRIPT_OF_A_SMALL_NPM = """
import json, pathlib, sys
assert sys.argv[1] == "ci", sys.argv
root = pathlib.Path("node_modules")
files = {
    "react/umd/react.production.min.js": "react\\n//# sourceMappingURL=react.js.map",
    "react-dom/umd/react-dom.production.min.js": "react-dom",
    "graphiql/graphiql.min.js": "graphiql",
    "@graphiql/plugin-explorer/dist/index.umd.js": "explorer",
    "graphiql/graphiql.min.css": "@font-face{font-family:Roboto;src:url(data:font/woff2;base64,AAAA)}.a{color:red}",
    "@graphiql/plugin-explorer/dist/style.css": ".b{color:blue}",
    "react/LICENSE": "The text of a licence",
}
for name, text in files.items():
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text)
for name in ("react", "react-dom", "graphiql", "@graphiql/plugin-explorer"):
    about = {"name": name, "version": "1.0.0", "license": "MIT"}
    (root / name / "package.json").write_text(json.dumps(about))
"""


def small_npm(_scratch: Path) -> list[str]:
    return [sys.executable, "-c", SCRIPT_OF_A_SMALL_NPM]


def test_scripts_are_joined_in_order_and_styles_lose_their_fonts(tmp_path: Path) -> None:
    target = tmp_path / "static"
    assert install(target, find_npm=small_npm)
    assert (target / "graphiql.js").read_text() == "react;\nreact-dom;\ngraphiql;\nexplorer"
    assert (target / "graphiql.css").read_text() == ".a{color:red}\n.b{color:blue}"


def test_the_licence_of_every_package_is_kept(tmp_path: Path) -> None:
    install(tmp_path / "static", find_npm=small_npm)
    words = (tmp_path / "static" / "licenses.txt").read_text()
    assert "react 1.0.0 (MIT)\n-----------------\nThe text of a licence" in words
    assert "@graphiql/plugin-explorer 1.0.0 (MIT)" in words


def test_a_second_install_does_nothing_and_a_stale_one_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "static"
    assert install(target, find_npm=small_npm)
    assert not install(target, find_npm=small_npm)
    (target / "fingerprint").write_text("of an older lock file")
    (target / "left-over.js").touch()
    assert install(target, find_npm=small_npm)
    assert sorted(path.name for path in target.iterdir()) == [
        "fingerprint", "graphiql.css", "graphiql.js", "licenses.txt",
    ]  # fmt: skip
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        pytest.param(["no-such-npm"], "cannot run no-such-npm", id="no npm"),
        pytest.param([sys.executable, "-c", "raise SystemExit('registry away')"], "registry away", id="npm fails"),
        pytest.param(
            [sys.executable, "-c", SCRIPT_OF_A_SMALL_NPM.replace("graphiql.min.js", "graphiql.js")],
            r"graphiql\.min\.js is not where",
            id="another layout",
        ),
    ],
)
def test_a_failed_install_says_why_and_leaves_what_was_there(tmp_path: Path, command: list[str], words: str) -> None:
    target = tmp_path / "static"
    install(target, find_npm=small_npm)
    (target / "fingerprint").write_text("of an older lock file")
    with pytest.raises(InstallError, match=words):
        install(target, find_npm=lambda _scratch: command)
    assert (target / "graphiql.js").read_text().startswith("react")


def test_the_lock_file_pins_every_package_by_its_hash_and_names_no_host() -> None:
    packages = {name: package for name, package in LOCK["packages"].items() if name}
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert not any("resolved" in package for package in packages.values())
    wanted = json.loads((PAGES / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted


def test_the_installed_files_are_never_committed() -> None:
    ignored = (PAGES.parents[1] / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "api/pages/static/" in ignored


def test_without_its_files_the_page_says_what_to_run(tmp_path: Path) -> None:
    response = GraphiQL.installed(tmp_path).page()
    words = bytes(response.body).decode()
    assert response.status_code == 503
    assert "make static" in words
    assert "<script>" not in words


def test_the_page_names_its_own_origin_only_and_runs_no_inline_script(tmp_path: Path) -> None:
    install(tmp_path / "static", find_npm=small_npm)
    response = GraphiQL.installed(tmp_path / "static").page()
    words = bytes(response.body).decode()
    assert not re.findall(r'(?:src|href)="(?!/graphql/static/)', words)
    assert all('src="' in tag or 'type="application/json"' in tag for tag in re.findall(r"<script[^>]*>", words))
    policy = response.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe-eval" not in policy
    assert "frame-ancestors 'none'" in policy


def test_the_ready_queries_stand_in_the_page_as_data() -> None:
    page = GraphiQL({"boot.js": b"", "graphiql.js": b"", "graphiql.css": b"", "page.css": b"", "icon.svg": b""},
                    ("# </script><script>\n{ a }",))  # fmt: skip
    (data,) = re.findall(r'id="ready-queries">(.*?)</script>', page.html)
    assert json.loads(data) == ["# </script><script>\n{ a }"]


def test_there_are_ready_queries_each_with_a_name_of_its_own() -> None:
    names = [re.findall(r"^query (\w+)", query, flags=re.MULTILINE) for query in ready_queries()]
    assert len(names) >= 5
    assert all(len(name) == 1 for name in names)
    assert len({name for (name,) in names}) == len(names)


def test_every_module_that_a_script_of_the_page_imports_is_served() -> None:
    imported = {name for script in PAGES.glob("*.js") for name in re.findall(r'from "\./(.+)"', script.read_text())}
    assert imported == set(MODULES)
    assert {script.name for script in PAGES.glob("*.js")} <= set(OURS)


@pytest.mark.parametrize("query", ready_queries(), ids=lambda query: query.splitlines()[0])
def test_each_ready_query_begins_with_a_line_of_chinese_and_then_english(query: str) -> None:
    chinese, english = query.splitlines()[:2]
    assert re.match(r"# [“\u4e00-\u9fff]", chinese)
    assert re.match(r"# [A-Z][a-z]+[ :,]", english)


@pytest.mark.parametrize("query", ready_queries(), ids=lambda query: query.splitlines()[0])
def test_each_ready_query_fits_the_schema(query: str) -> None:
    schema = build_schema((PAGES.parents[1] / "schema" / "schema.graphql").read_text(encoding="utf-8"))
    assert validate(schema, parse(query)) == []


@pytest.mark.skipif(not os.environ.get("CI"), reason="fetches from the npm registry; runs in CI, or with CI=1")
def test_the_lock_file_installs_with_the_npm_of_this_machine(tmp_path: Path) -> None:
    target = tmp_path / "static"
    assert install(target)
    assert (target / "graphiql.js").stat().st_size > 1_000_000
    assert (target / "graphiql.css").stat().st_size < 100_000
    assert "@font-face" not in (target / "graphiql.css").read_text(encoding="utf-8")
    assert (target / "licenses.txt").read_text(encoding="utf-8").count("MIT License") > 20
