"""The whole site as plain files, for hosts that serve files."""

from .crawl import digests as digests
from .crawl import leaves as leaves
from .crawl import write as write
