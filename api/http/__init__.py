"""The HTTP face: one ASGI application and the server that runs it."""
