"""The fields of Query answered: the only part of the schema that waits for MongoDB."""
