"""The app in its own languages and in the two made-up ones."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.i18n import made_up


@pytest.fixture(scope="session")
def four_languages(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return made_up.app_with_both(tmp_path_factory.mktemp("made-up"))


@pytest.fixture(scope="session")
def address(four_languages: Flask) -> Iterator[str]:
    with made_up.served(four_languages) as address:
        yield address
