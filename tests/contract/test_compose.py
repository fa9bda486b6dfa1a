"""What runs in containers, and what the documentation says of it, agree with the declared settings."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.settings import SETTINGS, dump, from_env, settings_table

ROOT = Path(__file__).parents[2]
DECLARED = {setting.variable for setting in SETTINGS}
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def variables_of_the_image() -> dict[str, str]:
    (block,) = re.findall(r"^ENV ((?:.*\\\n)*.*)$", DOCKERFILE, flags=re.MULTILINE)
    return dict(re.findall(r"(\w+)=(\S+)", block))


def is_ours(variable: str) -> bool:
    return variable.startswith(("GONGKAI_", "MONGODB_"))


def test_compose_sets_declared_settings_only() -> None:
    assert set(COMPOSE["services"]["api"]["environment"]) <= DECLARED


def test_the_image_sets_declared_settings_only() -> None:
    assert {name for name in variables_of_the_image() if is_ours(name)} <= DECLARED


def test_what_containers_set_can_be_read() -> None:
    together = variables_of_the_image() | COMPOSE["services"]["api"]["environment"]
    settings = from_env(together)
    assert dump(settings).items() >= {name: value for name, value in together.items() if is_ours(name)}.items()
    assert COMPOSE["services"]["api"]["ports"] == [f"127.0.0.1:8000:{settings.port}"]


def test_the_replica_set_is_named_alike_everywhere() -> None:
    mongo = COMPOSE["services"]["mongo"]
    name = mongo["command"][mongo["command"].index("--replSet") + 1]
    assert COMPOSE["services"]["api"]["environment"]["MONGODB_URI"].endswith(f"replicaSet={name}")
    assert f'rs.initiate({{_id: "{name}"' in mongo["healthcheck"]["test"][-1]


@pytest.mark.parametrize("folder", ["api", "schema", "loaders"])
def test_every_package_of_the_wheel_reaches_the_image_build(folder: str) -> None:
    assert f"COPY {folder} {folder}\n" in DOCKERFILE
    assert f"!{folder}\n" in (ROOT / ".dockerignore").read_text(encoding="utf-8")


def test_the_documentation_has_every_setting() -> None:
    assert settings_table() in (ROOT / "api" / "pages" / "docs" / "settings.md").read_text(encoding="utf-8")


def test_only_the_settings_module_reads_our_variables() -> None:
    sources = [path for package in ("api", "schema", "loaders") for path in (ROOT / package).rglob("*.py")]
    reading = re.compile(r"""(environ|getenv)(\.get)?\W+(GONGKAI|MONGODB)_""")
    assert [path.name for path in sources if reading.search(path.read_text(encoding="utf-8"))] == []
