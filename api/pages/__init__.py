"""The page for people: GraphiQL, its ready queries, and the installer of its third-party files."""
