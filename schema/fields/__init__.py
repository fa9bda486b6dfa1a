"""A field of the schema: which stored paths it reads, how an answer is projected and shaped."""
