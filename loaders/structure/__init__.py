"""The structure of a report's text: its section tree (`sections_of`) and its passages (`passages_of`).

Enters: the raw text, its folded twin, where the official tables stand. Leaves: sections in printed order, each with its
parent, and the paragraphs and items under them. Nothing is refused.
"""

from loaders.structure.passages import passages_of
from loaders.structure.sections import role_of, sections_of

__all__ = ["passages_of", "role_of", "sections_of"]
