"""What people see: GraphiQL's page, its ready queries, the documentation, and what installs the third-party files."""

from pathlib import Path

PAGES = Path(__file__).parent
"""The folder of all that is served to browsers."""
