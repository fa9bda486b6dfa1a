"""Text folded, squeezed and simplified, with the way back to the raw offsets."""
