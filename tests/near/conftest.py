"""Apps with places, made the way an organisation makes them: a sheet, the import, a folder of records."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.places import ROW
from tests.sample.make_list import sheet
from youthapp import create_app
from youthapp.places import importing, store
from youthapp.settings import Settings

TODAY = date(2026, 11, 28)


def with_places(folder: Path, text: str, today: date = TODAY, **settings: object) -> Flask:
    """Return an app whose organisation imported a sheet on a day.

    today: the day of the app, which may be later.
    """
    records = folder / "records"
    records.mkdir(parents=True, exist_ok=True)
    (folder / "list.csv").write_text(text, "utf-8")
    result = importing.understand(folder / "list.csv", TODAY, {})
    store.write(records, importing.apply(result, {}, "MR", "JT"))
    return create_app(Settings(records=records, today=today, **settings))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The sample organisation: places all over the state, and 60 in Fresno."""
    return with_places(tmp_path_factory.mktemp("sample"), sheet(60), contact="list@cornerlamp.example")


@pytest.fixture
def near(sample: Flask) -> FlaskClient:
    return sample.test_client()


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Flask]:
    """Return what makes an app of rows, each a change of one plain row."""
    header = list(ROW)

    def made(*rows: dict[str, str], **more: object) -> Flask:
        columns = list(dict.fromkeys([*header, *(name for row in rows for name in row)]))
        lines = [",".join(columns)]
        lines += [",".join(f'"{ {**ROW, **row}.get(name, "") }"' for name in columns) for row in rows]
        return with_places(tmp_path, "\n".join(lines), **more)  # type: ignore[arg-type]

    return made
