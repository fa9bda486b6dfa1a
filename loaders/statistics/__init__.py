"""The statistics of the narrative, stage by stage: numbers, clauses, labels, changes, wholes, periods, zeros."""
