import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

import build
from guide import Guide, load_guide

from .server import GuideServer

HERE = Path(__file__).parent
ROOT = HERE.parent
SMALL = HERE / "guides" / "small"


@cache
def real_guide() -> Guide:
    """The guide itself; reading it takes seconds, so a process does it once."""
    guide, problems = load_guide(ROOT / "content")
    assert problems == []
    return guide


@pytest.fixture
def small_content(tmp_path: Path) -> Path:
    """A copy of the small guide's content that a test may change."""
    return Path(shutil.copytree(SMALL, tmp_path / "content"))


@pytest.fixture
def small_guide() -> Guide:
    guide, problems = load_guide(SMALL)
    assert problems == []
    return guide


@pytest.fixture(scope="session")
def small_dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small guide, built."""
    return built_once(tmp_path_factory, "small", lambda folder: build_into(folder / "dist", SMALL))


@pytest.fixture(scope="session")
def next_dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small guide with one changed page and a new day; it knows nothing of the edition before."""
    return built_once(tmp_path_factory, "next", build_next)


@pytest.fixture(scope="session")
def update_dist(tmp_path_factory: pytest.TempPathFactory, small_dist: Path) -> Path:
    """The same, built over the edition before, so with updates from that."""

    def build_over(folder: Path) -> Path:
        shutil.copytree(small_dist, folder / "dist")
        return build_next(folder)

    return built_once(tmp_path_factory, "update", build_over)


def build_next(folder: Path) -> Path:
    """The next edition of the small guide, in `dist` in that folder."""
    content = Path(shutil.copytree(SMALL, folder / "content"))
    for file, old, new in (
        (content / "guide.yaml", "2026-01-15", "2026-02-01"),
        (content / "nl/talk/questions.md", "title: Vragen", "title: Nieuwe vragen"),
    ):
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
    return build_into(folder / "dist", content)


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real guide, built."""
    return built_once(tmp_path_factory, "real", lambda folder: build_into(folder / "dist", ROOT / "content"))


def built_once(factory: pytest.TempPathFactory, name: str, build_in: Callable[[Path], Path]) -> Path:
    """A guide built by the first of the processes that test side by side, and read by all of them."""
    run = factory.getbasetemp()
    shared = run.parent if "PYTEST_XDIST_WORKER" in os.environ else run
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / f"{name}.built").exists():
            shutil.rmtree(shared / name, ignore_errors=True)
            (shared / name).mkdir()
            build_in(shared / name)
            (shared / f"{name}.built").touch()
    return shared / name / "dist"


@pytest.fixture
def serve() -> Iterator[Callable[[Path], GuideServer]]:
    """Serve a built guide on a port, so an origin, of its own; every server is gone after the test."""
    servers: list[GuideServer] = []

    def start(folder: Path) -> GuideServer:
        servers.append(GuideServer(folder))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


def build_into(dist: Path, content: Path) -> Path:
    build.build(content, ROOT / "static", dist, "https://guide.example")
    return dist
