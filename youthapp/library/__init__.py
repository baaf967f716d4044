"""The records: their shapes, the library that holds them, and what it is built from. Imports no Flask."""
