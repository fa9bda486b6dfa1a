"""The commands of `gongkai`, one module each."""
