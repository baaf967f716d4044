"""The systemd unit is one that systemd takes, and it shuts the app in. It cannot be run here: nothing here is started
by systemd."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from youthapp import serve

SHIPPED = (ROOT / "deploy" / "porchlight.service").read_text("utf-8")
ANALYZE = shutil.which("systemd-analyze")

needs_systemd = pytest.mark.skipif(
    ANALYZE is None, reason="no systemd-analyze on this machine: the unit was not read by systemd"
)


def read_by_systemd(unit: str, folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    file = folder / "porchlight.service"
    # systemd wants the program to be there; on this machine it is not installed where the unit says.
    file.write_text(re.sub(r"(?m)^ExecStart=\S+", "ExecStart=/bin/true", unit))
    return subprocess.run([str(ANALYZE), *words, str(file)], capture_output=True, text=True, check=False)


@needs_systemd
def test_systemd_takes_the_unit_without_a_word(tmp_path: Path) -> None:
    done = read_by_systemd(SHIPPED, tmp_path, "verify")
    assert (done.returncode, done.stderr) == (0, "")


@needs_systemd
def test_systemd_finds_a_misspelt_line(tmp_path: Path) -> None:
    done = read_by_systemd(SHIPPED.replace("ProtectHome=", "ProtectHom="), tmp_path, "verify")
    assert "ProtectHom" in done.stderr


@needs_systemd
def test_systemd_counts_the_unit_among_the_well_shut_ones(tmp_path: Path) -> None:
    """Its own count of what a service could still do, from 0 (nothing) to 10: below 2 is what it calls OK."""
    done = read_by_systemd(SHIPPED, tmp_path, "security", "--offline=true", "--threshold=20")
    if "unrecognized option" in done.stderr:
        pytest.skip("this systemd cannot count without running")
    assert done.returncode == 0, done.stdout[-400:]


def test_the_unit_starts_what_pip_installs_and_lets_it_reach_nothing() -> None:
    assert re.search(r"(?m)^ExecStart=\S+/porchlight serve --host 127\.0\.0\.1 ", SHIPPED)
    for line in (
        "DynamicUser=yes",
        "ProtectSystem=strict",
        "ProtectHome=yes",
        "IPAddressDeny=any",
        "IPAddressAllow=localhost",
        "CapabilityBoundingSet=",
        "LimitCORE=0",
    ):
        assert f"\n{line}\n" in SHIPPED
    assert not re.search(r"(?m)^(?:StateDirectory|LogsDirectory|CacheDirectory|ReadWritePaths)=", SHIPPED)


def test_systemd_waits_until_the_workers_have_answered() -> None:
    waits = re.search(r"(?m)^TimeoutStopSec=(\d+)$", SHIPPED)
    assert waits
    assert int(waits[1]) > serve.STOP_SECONDS + serve.DRAIN_SECONDS
