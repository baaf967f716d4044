"""Reading sheets back as a phone's camera would: PDF to picture, picture to code."""

import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image


def need(*tools: str) -> None:
    """Skip a test whose tool is not on this machine, and say which."""
    if missing := [tool for tool in tools if shutil.which(tool) is None]:
        pytest.skip(
            f"{', '.join(missing)} is not on this machine: `bash tests/browser/install.sh` installs it where apt-get "
            f"is there"
        )


def pictures(pdf: bytes, folder: Path, dpi: int = 300) -> list[Path]:
    """Return the pages of a PDF as PNG files."""
    need("pdftoppm")
    (folder / "sheet.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", str(folder / "sheet.pdf"), str(folder / "page")], check=True)
    return sorted(folder.glob("page*.png"))


def codes(*pictures: Path) -> list[str]:
    """Return the text of every square code in some pictures."""
    need("zbarimg")
    told = subprocess.run(
        ["zbarimg", "--nodbus", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", *map(str, pictures)],
        capture_output=True,
        text=True,
        check=False,
    )
    return told.stdout.split()


def anything(picture: Path) -> list[str]:
    """Return the text of every code of any kind in a picture."""
    need("zbarimg")
    return subprocess.run(
        ["zbarimg", "--nodbus", "-q", str(picture)], capture_output=True, text=True, check=False
    ).stdout.split()


def cut(picture: Path, box: tuple[float, float, float, float], dpi: int, to_dpi: int) -> Path:
    """Cut a card (left, top, width, height in points) out of a page and make it smaller, as a camera farther away sees
    it."""
    unit = dpi / 72
    left, top, width, height = (value * unit for value in box)
    card = Image.open(picture).convert("L").crop((int(left), int(top), int(left + width), int(top + height)))
    card = card.resize((int(card.width * to_dpi / dpi), int(card.height * to_dpi / dpi)), Image.Resampling.BILINEAR)
    paper = Image.new("L", (card.width + 80, card.height + 80), 200)  # a table, not white paper, around it
    paper.paste(card, (40, 40))
    made = picture.with_name(f"card-{to_dpi}-{left:.0f}-{top:.0f}.png")
    paper.save(made)
    return made
