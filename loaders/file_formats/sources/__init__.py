"""Files that may be reports: which there are under the paths that were given, and the bytes of each.

`folders` and `archives` list them, `manifest` and `sidecars` say where each came from, `fetching` has the bytes.
Nothing is decided here about text. Refused is what does not exist, may not be read, is empty or too large, and
archives that are damaged, protected, nested or swell without end.
"""

from loaders.file_formats.sources.fetching import fetch
from loaders.file_formats.sources.folders import inventory
from loaders.file_formats.sources.model import Entry, Inventory, Origin, Record, SourceFile
from loaders.file_formats.sources.names import bare, shown

__all__ = ["Entry", "Inventory", "Origin", "Record", "SourceFile", "bare", "fetch", "inventory", "shown"]
