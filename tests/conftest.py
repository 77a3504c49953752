import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import build
from guide import Guide, load_guide

from .server import GuideServer

HERE = Path(__file__).parent
ROOT = HERE.parent
SMALL = HERE / "guides" / "small"


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
    return build_into(tmp_path_factory.mktemp("small") / "dist", SMALL)


@pytest.fixture(scope="session")
def next_dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small guide with one changed page and a new day; it knows nothing of the edition before."""
    return build_next(tmp_path_factory.mktemp("next"))


@pytest.fixture(scope="session")
def update_dist(tmp_path_factory: pytest.TempPathFactory, small_dist: Path) -> Path:
    """The same, built over the edition before, so with updates from that."""
    folder = tmp_path_factory.mktemp("update")
    shutil.copytree(small_dist, folder / "dist")
    return build_next(folder)


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
    return build_into(tmp_path_factory.mktemp("real") / "dist", ROOT / "content")


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
