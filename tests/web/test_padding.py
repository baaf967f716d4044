"""Compressed bodies are filled up to steps, and every decoder reads them as if they were not."""

import gzip
import random
import shutil
import subprocess
import zlib
from collections import Counter

import brotli
import pytest
from flask import Flask

from tests.conftest import ROOT
from tests.pages import LANGUAGES, all_paths
from youthapp.web import padding
from youthapp.web.padding import LONG, STEP, STEP_OF_LONG, brotli_padded, gzip_padded, padded_length

RANDOM = random.Random(20261125)
BODIES = [
    b"",
    b"a",
    b"tel:988 " * 40_000,
    *(RANDOM.randbytes(size) for size in (100, 500, 511, 512, 513, 1000, LONG - 20, LONG + 1, 70_000)),
]


def test_a_length_is_filled_up_to_its_step() -> None:
    assert [padded_length(length) for length in (0, 1, 512, 513, LONG, LONG + 1, 16_385)] == [
        0,
        512,
        512,
        1024,
        14_336,
        16_384,
        18_432,
    ]


@pytest.mark.parametrize("body", BODIES, ids=len)
def test_each_decoder_reads_the_body_and_nothing_else(body: bytes) -> None:
    for packed, opened in (
        (gzip_padded(body), gzip.decompress),
        (gzip_padded(body), lambda data: zlib.decompress(data, 31)),
        (brotli_padded(body, 11), brotli.decompress),
    ):
        assert opened(packed) == body
        assert len(packed) == padded_length(len(packed)), "a step, and no more than one step away"
        assert len(packed) % (STEP if len(packed) <= LONG else STEP_OF_LONG) == 0


@pytest.mark.parametrize("size", [*range(600), 4095, 65_539, 65_540, 70_000])
def test_metadata_fills_any_gap_to_the_byte(size: int) -> None:
    fill = padding._metadata(size)
    assert len(fill) == size
    compressor = brotli.Compressor(quality=5)
    assert brotli.decompress(compressor.process(b"one line") + compressor.flush() + fill + b"\x03") == b"one line"


def test_the_same_body_gives_the_same_bytes() -> None:
    assert brotli_padded(BODIES[2], 11) == brotli_padded(BODIES[2], 11)
    assert gzip_padded(BODIES[2]) == gzip_padded(BODIES[2])


@pytest.mark.skipif(not (shutil.which("node") or (ROOT / ".venv" / "bin" / "node").exists()), reason="no Node here")
def test_another_brotli_decoder_reads_it_too() -> None:
    node = shutil.which("node") or str(ROOT / ".venv" / "bin" / "node")
    script = "process.stdout.write(require('zlib').brotliDecompressSync(require('fs').readFileSync(0)))"
    for body in BODIES:
        assert (
            subprocess.run([node, "-e", script], input=brotli_padded(body, 11), capture_output=True, check=True).stdout
            == body
        )


def test_every_page_that_is_sent_is_filled_up(app: Flask) -> None:
    client = app.test_client()
    for path in ("/en/", "/en/talk", "/es/ask", "/quiet", f"/en/{app.extensions['library'].get('lifeline-988').code}"):
        for encoding in ("br", "gzip"):
            answer = client.get(path, headers={"Accept-Encoding": encoding})
            assert answer.headers["Content-Encoding"] == encoding
            assert len(answer.data) == int(answer.headers["Content-Length"]) == padded_length(len(answer.data))


@pytest.mark.parametrize("language", LANGUAGES)
def test_few_pages_are_alone_with_their_length(app: Flask, language: str) -> None:
    """At a quick quality, since lengths differ as much there: before, 302 of 374 English pages had a length of their
    own."""
    cache = app.extensions["page_cache"]
    bodies = [
        response.body for path in all_paths(app, language) if "/cards" not in path and (response := cache.get(path))
    ]
    plain = Counter(len(brotli.compress(body, quality=5)) for body in bodies)
    filled = Counter(len(brotli_padded(body, 5)) for body in bodies)
    assert len(bodies) > 250
    assert sum(count == 1 for count in plain.values()) > len(bodies) / 2, "the measure finds lengths that tell"
    assert sum(count == 1 for count in filled.values()) <= len(bodies) / 40
