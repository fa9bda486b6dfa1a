"""The driver, and the private mongod that needs no installation."""
