"""The app in its own languages and in the two made-up ones."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.i18n import made_up


@pytest.fixture(scope="session")
def four_languages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    made = made_up.app_with_both(tmp_path_factory.mktemp("made-up"))
    with made.extensions["page_cache"].remembering():  # pages for the rules of the house, and for books
        yield made


@pytest.fixture(scope="session")
def address(four_languages: Flask) -> Iterator[str]:
    with made_up.served(four_languages) as address:
        yield address
