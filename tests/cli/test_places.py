"""Window and command line look for the counter in one place."""

from pathlib import Path

import pytest

from clerk_app.places import counter_folder
from ui import desktop


def test_the_named_folder_comes_before_the_environment_and_that_before_the_users_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CLERK_APP_DATA", raising=False)
    own = counter_folder()
    monkeypatch.setenv("CLERK_APP_DATA", str(tmp_path / "told"))

    assert counter_folder() == tmp_path / "told"
    assert counter_folder(tmp_path / "named") == tmp_path / "named"
    assert own not in {tmp_path / "told", tmp_path / "named"}


def test_the_window_opens_the_folder_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setenv("CLERK_APP_DATA", str(tmp_path))
    monkeypatch.setattr(desktop, "run", lambda folder: opened.append(folder) or 0)

    assert desktop.main([]) == 0
    assert opened == [tmp_path]
