"""From a crawled report file to a checked document in MongoDB; runs without GraphQL and without HTTP.

Doors: :mod:`loaders.forms` (the official forms as data), :mod:`loaders.pipeline` (one file to one document),
:mod:`loaders.store.reports` (documents to MongoDB). Importing this package loads none of them.
"""
