"""Who reports what on which year: title, kind, period, agency, region, scope, contact, cited documents.

What cannot be told without doubt is None, with the candidates where there are some.
"""

from loaders.identity.facts import SUSPECT_MIRROR, identity_of

__all__ = ["SUSPECT_MIRROR", "identity_of"]
