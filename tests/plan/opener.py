"""A second implementation of the sealed format (SECURITY.md), written from the description and sharing no code with
static/js/plan/sealed.js.

AES-256-GCM is spelled out here, because the standard library has none; slow and only for tests.
"""

import base64
import hashlib
import hmac
import json
import zlib
from functools import cache
from typing import Any

STEP = 4096


def _boxes() -> tuple[bytes, list[int]]:
    """Return AES's substitution box and the doubling table of its field."""
    double = [(n << 1) ^ (0x11B if n & 0x80 else 0) for n in range(256)]

    def times(a: int, b: int) -> int:
        product = 0
        while b:
            if b & 1:
                product ^= a
            a, b = double[a], b >> 1
        return product

    box = bytearray(256)
    for n in range(256):
        inverse = next((m for m in range(256) if times(n, m) == 1), 0)
        told = 0x63
        for shift in range(5):
            told ^= ((inverse << shift) | (inverse >> (8 - shift))) & 0xFF
        box[n] = told
    return bytes(box), double


SBOX, DOUBLE = _boxes()


@cache
def _round_keys(key: bytes) -> tuple[bytes, ...]:
    words = [key[i : i + 4] for i in range(0, 32, 4)]
    constant = 1
    for i in range(8, 60):
        word = words[-1]
        if i % 8 == 0:
            word = bytes(SBOX[b] for b in word[1:] + word[:1])
            word = bytes([word[0] ^ constant]) + word[1:]
            constant = DOUBLE[constant]
        elif i % 8 == 4:
            word = bytes(SBOX[b] for b in word)
        words.append(bytes(a ^ b for a, b in zip(word, words[i - 8], strict=True)))
    return tuple(b"".join(words[i : i + 4]) for i in range(0, 60, 4))


def _aes(key: bytes, block: bytes) -> bytes:
    keys = _round_keys(key)
    state = bytes(a ^ b for a, b in zip(block, keys[0], strict=True))
    for number, round_key in enumerate(keys[1:], 1):
        state = bytes(SBOX[state[(i + 4 * (i % 4)) % 16]] for i in range(16))
        if number < 14:
            mixed = bytearray()
            for i in range(0, 16, 4):
                column = state[i : i + 4]
                every = column[0] ^ column[1] ^ column[2] ^ column[3]
                mixed += bytes(column[j] ^ every ^ DOUBLE[column[j] ^ column[(j + 1) % 4]] for j in range(4))
            state = bytes(mixed)
        state = bytes(a ^ b for a, b in zip(state, round_key, strict=True))
    return state


def _ghash(h: int, data: bytes) -> int:
    y = 0
    for i in range(0, len(data), 16):
        y ^= int.from_bytes(data[i : i + 16].ljust(16, b"\0"), "big")
        product, v = 0, h
        for bit in range(127, -1, -1):
            if (y >> bit) & 1:
                product ^= v
            v = (v >> 1) ^ ((0xE1 << 120) if v & 1 else 0)
        y = product
    return y


def _padded(part: bytes) -> bytes:
    return part + b"\0" * (-len(part) % 16)


def _gcm(key: bytes, nonce: bytes, data: bytes, extra: bytes, *, opening: bool) -> tuple[bytes, bytes]:
    stream = b"".join(_aes(key, nonce + counter.to_bytes(4, "big")) for counter in range(2, 2 + (len(data) + 15) // 16))
    other = bytes(a ^ b for a, b in zip(data, stream, strict=False))
    sealed = data if opening else other
    lengths = (8 * len(extra)).to_bytes(8, "big") + (8 * len(sealed)).to_bytes(8, "big")
    told = _ghash(int.from_bytes(_aes(key, b"\0" * 16), "big"), _padded(extra) + _padded(sealed) + lengths)
    tag = bytes(a ^ b for a, b in zip(told.to_bytes(16, "big"), _aes(key, nonce + b"\0\0\0\1"), strict=True))
    return other, tag


def seal(key: bytes, nonce: bytes, text: bytes, extra: bytes) -> bytes:
    """Return AES-256-GCM ciphertext and tag."""
    sealed, tag = _gcm(key, nonce, text, extra, opening=False)
    return sealed + tag


def unseal(key: bytes, nonce: bytes, sealed: bytes, extra: bytes) -> bytes | None:
    """Return what was sealed, or None when the tag is not right."""
    text, tag = _gcm(key, nonce, sealed[:-16], extra, opening=True)
    return text if hmac.compare_digest(tag, sealed[-16:]) else None


def unveiled(veil: bytes, slot: bytes) -> bytes:
    """Return what is under the veil of a slot: AES-256-CTR whose last 4 bytes count."""
    start, count = slot[:12], int.from_bytes(slot[12:16], "big")
    body = slot[16:]
    stream = b"".join(
        _aes(veil, start + ((count + at) % 2**32).to_bytes(4, "big")) for at in range((len(body) + 15) // 16)
    )
    return bytes(a ^ b for a, b in zip(body, stream, strict=False))


def hkdf(secret: bytes, salt: bytes, info: bytes) -> bytes:
    """HKDF-SHA-256, 32 bytes (RFC 5869)."""
    return hmac.digest(hmac.digest(salt, secret, "sha256"), info + b"\1", "sha256")


def stretched(words: str, header: bytes) -> bytes:
    """Return what the PIN or words come to through every count of a header; zeros when none is set."""
    if not header[5] & 1:
        return bytes(32)
    told = words.encode()
    for at in range(24, 40, 4):
        if count := int.from_bytes(header[at : at + 4], "big"):
            told = hashlib.pbkdf2_hmac("sha256", told, header[8:24], count)
    return told


def open_box(box: bytes, secret: bytes, words: str) -> tuple[int, dict[str, Any]] | None:
    """Return (slot, list) that these words open in a box, or None."""
    header, length = box[:48], int.from_bytes(box[40:44], "big")
    for slot in (0, 1):
        mixed = secret + stretched(words, header)
        key, veil = (hkdf(mixed, header[8:24], f"list 1 {of} {slot}".encode()) for of in ("slot", "veil"))
        kept = unveiled(veil, box[48 + slot * length : 48 + (slot + 1) * length])
        for steps in range((length - 44) // STEP, 0, -1):
            text = unseal(key, kept[:12], kept[12 : 28 + steps * STEP], header[:40] + bytes([slot]))
            if text is not None:
                return slot, json.loads(text[4 : 4 + int.from_bytes(text[:4], "big")])
    return None


def open_backup(parts: list[str], words: str) -> bytes:
    """Return the text of a backup."""
    letters = "".join(part.split(".")[3] for part in sorted(parts, key=lambda part: int(part.split(".")[1])))
    whole = base64.b32decode(letters + "=" * (-len(letters) % 8))
    body, told = whole[:-4], whole[-4:]
    assert hashlib.sha256(body).digest()[:4] == told
    key = hkdf(
        hashlib.pbkdf2_hmac("sha256", words.encode(), body[1:17], int.from_bytes(body[17:21], "big")),
        body[1:17],
        b"list 1 backup",
    )
    text = unseal(key, body[21:33], body[33:], body[:21])
    assert text is not None
    inner = text[5 : 5 + int.from_bytes(text[1:5], "big")]
    return zlib.decompress(inner, -15) if text[0] else inner
