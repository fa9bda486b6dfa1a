"""The process: settings, MongoDB, HTTP, command line."""
