"""Arguments become commands for MongoDB: nothing is sent here."""
