"""The whole site as plain files, for hosts that serve files."""

from . import kit as kit
from .crawl import digests as digests
from .crawl import site as site
from .crawl import write as write
from .site import ExportError as ExportError
