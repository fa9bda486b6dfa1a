"""What cursors are signed with, unless the settings say: a secret made once and kept in the database it is for.

All servers over one database then accept each other's cursors, whichever of them starts first and however often.
"""

from contextlib import suppress
from secrets import token_hex

from loaders.errors import DuplicateKeyError
from loaders.store.collections import STATE
from loaders.store.database import Database, Insert

NOTE = "cursors"
_DEADLINE_MS = 30_000


async def kept_secret(database: Database) -> str:
    """The secret of a prepared database."""
    if (known := await _known(database)) is not None:
        return known
    with suppress(DuplicateKeyError):  # another process was quicker: its secret holds
        await database.transact([Insert(STATE, {"_id": NOTE, "secret": token_hex(32)})], deadline_ms=_DEADLINE_MS)
    return await kept_secret(database)


async def _known(database: Database) -> str | None:
    found = await database.find(STATE, {"_id": NOTE}, deadline_ms=_DEADLINE_MS)
    return found[0]["secret"] if found else None
