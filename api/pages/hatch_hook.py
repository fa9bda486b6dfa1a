"""Wheel build hook: puts GraphiQL's files into the package before it is packed.

The wheel takes in `api/pages/static/` though git ignores it. A build where the files cannot be installed fails, for
its page would be empty.
"""

import importlib.util
import shutil
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

INSTALLER = Path(__file__).with_name("install.py")


def _installer() -> Any:
    """The installer by its file: the project's packages cannot be imported while they are built."""
    spec = importlib.util.spec_from_file_location("gongkai_pages_install", INSTALLER)
    if spec is None or spec.loader is None:
        raise ImportError(f"{INSTALLER} cannot be read")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class PagesHook(BuildHookInterface[Any]):
    """Installs the files for a wheel; an editable install leaves that to `make static`."""

    def dependencies(self) -> list[str]:
        """The wheel that carries npm, where the build machine has none."""
        return [] if shutil.which("npm") else [str(_installer().NODE_WHEEL)]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Install before anything is packed."""
        if version != "editable":
            _installer().install()
            build_data["artifacts"].append("/api/pages/static/**")
