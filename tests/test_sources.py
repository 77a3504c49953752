from pathlib import Path

import pytest

from guide.sources import UnreadableFile, read_markdown, read_yaml


def write(folder: Path, text: str, name: str = "page.md") -> Path:
    path = folder / "content" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_values_know_their_line(tmp_path: Path) -> None:
    path = write(tmp_path, "---\ntitle: One\nlist:\n  - a\n  - text: b\n---\nBody.\n")
    document = read_markdown(path, tmp_path / "content")
    assert document.file == "content/page.md"
    assert document.line_of(("title",)) == 2
    assert document.line_of(("list", 1, "text")) == 5
    assert document.line_of(("list", 1, "not there")) == 5
    assert document.body == "Body.\n"
    assert document.body.line == 7


def test_text_of_a_block_begins_below_its_mark(tmp_path: Path) -> None:
    path = write(tmp_path, "---\ntext: |\n  First.\n  Second.\n---\n")
    document = read_markdown(path, tmp_path / "content")
    assert document.values["text"] == "First.\nSecond.\n"
    assert document.values["text"].line == 3


@pytest.mark.parametrize("word", ["no", "yes", "on", "off", "12:30", "1_000", "0x10", "~x"])
def test_words_that_yaml_would_bend_stay_words(word: str, tmp_path: Path) -> None:
    path = write(tmp_path, f"word: {word}\n", "facts.yaml")
    assert read_yaml(path, tmp_path / "content").values["word"] == word


def test_windows_line_ends_are_read_like_others(tmp_path: Path) -> None:
    path = tmp_path / "content" / "page.md"
    path.parent.mkdir()
    path.write_bytes(b"---\r\ntitle: One\r\n---\r\nBody.\r\n")
    assert read_markdown(path, tmp_path / "content").body == "Body.\n"


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"content/facts.yaml:1: the file is missing"):
        read_yaml(tmp_path / "content" / "facts.yaml", tmp_path / "content")
