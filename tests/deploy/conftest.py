"""The app with its production server, for the proxies of deploy/ to stand before."""

from collections.abc import Iterator

import pytest

from tests.conftest import Server, start_server


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = start_server(
        tmp_path_factory.mktemp("app") / "log", environment={"PORCHLIGHT_ADDRESS": "https://porch.example"}
    )
    yield running
    running.process.terminate()
    running.process.wait(60)
