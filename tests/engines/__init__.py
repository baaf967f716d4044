"""The other browsers, by hand: `python -m tests.engines firefox` and `python -m tests.engines webkit` (see
__main__.py)."""
