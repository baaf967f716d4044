"""Compressed pages whose length says little: each is filled up to a step, with bytes that every decoder skips.

TLS hides what is read, and not how long it is. Of 374 English pages, 302 had a length of their own under brotli, so
that whoever runs the Wi-Fi could tell them apart; filled up to steps of 512 bytes, 4 have: Ask, the plan, its backup
page and Forget (2026-11-25; a page grows by 4.3 %, 257 bytes). The few pages above 14 KB go in wider steps, so that at
least their languages look alike.
"""

import gzip
import struct

import brotli

STEP = 512
LONG = 14 * 1024
STEP_OF_LONG = 2048

_GZIP_HEADER_BYTES = 10
_FEXTRA = 4
_LEAST_GZIP_FILL = 2 + 4
"""Length of all extra fields (2 bytes), name and length of one field (4 bytes)."""
_EMPTY_LAST_BLOCK = b"\x03"
_EMPTY_METADATA_BLOCK = b"\x06"


def padded_length(length: int) -> int:
    """Return the length in bytes to which a body of this length is filled up."""
    step = STEP if length <= LONG else STEP_OF_LONG
    return -(-length // step) * step


def brotli_padded(body: bytes, quality: int) -> bytes:
    """Return a body as a brotli stream of this quality (0 to 11) that is filled up to padded_length()."""
    compressor = brotli.Compressor(mode=brotli.MODE_TEXT, quality=quality)
    # Flushed and not finished: the stream ends at a whole byte, and metadata blocks may follow before the last block.
    stream = compressor.process(body) + compressor.flush()
    length = len(stream) + len(_EMPTY_LAST_BLOCK)
    return bytes(stream) + _metadata(padded_length(length) - length) + _EMPTY_LAST_BLOCK


def _metadata(size: int) -> bytes:
    """Return metadata blocks of so many bytes in all (RFC 7932, section 9.2): skipped by every decoder, and no part of
    the body."""
    filled = b""
    while (missing := size - len(filled)) > 0:
        if missing < 3 or missing == 259:  # no block has this length: one byte first
            filled += _EMPTY_METADATA_BLOCK
            continue
        # Bits, the lowest first: 0 (not the last block), 11 (metadata), 0 (reserved), 2 bits: bytes of the length, the
        # length less 1.
        length_bytes = 1 if missing <= 258 else 2
        skipped = min(missing - 1 - length_bytes, 65536)
        filled += (0b0110 | length_bytes << 4 | (skipped - 1) << 6).to_bytes(1 + length_bytes, "little") + bytes(
            skipped
        )
    return filled


def gzip_padded(body: bytes) -> bytes:
    """Return a body as gzip that is filled up to padded_length() by an extra field in the header (RFC 1952, section
    2.3.1.1)."""
    packed = gzip.compress(body, 9, mtime=0)
    length = len(packed) + _LEAST_GZIP_FILL
    fill = padded_length(length) - length
    extra = struct.pack("<2sH", b"PD", fill) + bytes(fill)
    header = bytearray(packed[:_GZIP_HEADER_BYTES])
    header[3] |= _FEXTRA
    return bytes(header) + struct.pack("<H", len(extra)) + extra + packed[_GZIP_HEADER_BYTES:]
