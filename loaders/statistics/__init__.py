"""Narrative figures, stage by stage: compact text, numbers, labels, changes, wholes, periods, statements of zero."""
