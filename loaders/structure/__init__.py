"""The structure of a report's text: its section tree (`sections_of`) and the paragraphs under it (`passages_of`)."""

from loaders.structure.passages import passages_of
from loaders.structure.sections import role_of, sections_of

__all__ = ["passages_of", "role_of", "sections_of"]
