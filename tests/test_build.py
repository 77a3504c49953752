"""The commands as an author runs them: what they print, what they write, what they leave alone."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

import build

from .conftest import HERE, ROOT, SMALL, build_into, built_once

BUILD = ("build", "--content", str(SMALL), "--address", "https://guide.example")
BROKEN = sorted((HERE / "guides" / "broken").iterdir())


def broken_content(mistake: Path, folder: Path) -> Path:
    content = Path(shutil.copytree(SMALL, folder / "content"))
    shutil.copytree(mistake, content, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt", "removed.txt"))
    removed = mistake / "removed.txt"
    for name in removed.read_text().split() if removed.exists() else ():
        (content / name).unlink()
    return content


@pytest.mark.parametrize("mistake", BROKEN, ids=lambda path: path.name)
def test_each_mistake_is_told_with_file_line_and_hint(
    mistake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(broken_content(mistake, tmp_path).parent)
    assert build.main(["check", "--content", "content"]) == 1
    told = capsys.readouterr().err.splitlines()
    assert told[:-1] == (mistake / "expected.txt").read_text().splitlines()
    assert told[-1].endswith("Nothing was written.")


def test_there_is_a_broken_guide_for_at_least_twelve_rules() -> None:
    assert len(BROKEN) >= 12
    assert all((mistake / "expected.txt").read_text().strip() for mistake in BROKEN)


def test_all_problems_are_printed_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    content = Path(shutil.copytree(SMALL, tmp_path / "content"))
    for name in ("broken-link", "page-without-sources", "number-in-the-title"):
        shutil.copytree(HERE / "guides" / "broken" / name, content, dirs_exist_ok=True)
    (content / "expected.txt").unlink()
    monkeypatch.chdir(tmp_path)
    assert build.main(["check", "--content", "content"]) == 1
    told = capsys.readouterr().err
    assert [line.split(":")[0] for line in told.splitlines()] == [
        "content/en/contacts/emergency.md",
        "content/fr/about/privacy.md",
        "content/nl/home.md",
        "3 problems. Nothing was written.",
    ]


def test_one_problem_is_told_in_the_folder_that_was_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = broken_content(HERE / "guides" / "broken" / "page-in-no-section", tmp_path).rename(tmp_path / "mine")
    assert build.main(["check", "--content", str(content)]) == 1
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith(f"{content}/")
    assert told[0].endswith(f"Add it to its section in {content}/guide.yaml.")
    assert told[1:] == ["1 problem. Nothing was written."]


def test_files_that_systems_and_editors_hide_are_not_read(tmp_path: Path) -> None:
    content = Path(shutil.copytree(SMALL, tmp_path / "content"))
    (content / "cards").mkdir()
    for name in ("nl/._home.md", "nl/topics/._documents.md", "cards/._ar.yaml", ".cache/home.md", "nl/.cache/home.md"):
        (content / name).parent.mkdir(exist_ok=True)
        (content / name).write_bytes(b"\x00\x05\x16\x07\xff")
    (content / "nl" / ".#home.md").symlink_to("somebody@somewhere.1234")
    assert build.main(["check", "--content", str(content)]) == 0


def test_a_folder_with_the_name_of_a_page_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = Path(shutil.copytree(SMALL, tmp_path / "content"))
    (content / "fr" / "topics" / "new.md").mkdir()
    assert build.main(["check", "--content", str(content)]) == 1
    told = capsys.readouterr().err
    assert f"{content}/fr/topics/new.md:1: this is a folder with the name of a file. Rename it." in told


def test_a_short_number_may_have_four_digits(tmp_path: Path) -> None:
    content = Path(shutil.copytree(SMALL, tmp_path / "content"))
    replace_in(content / "facts" / "contacts.yaml", 'phone: "112"', 'phone: "1712"')
    assert build.main(["check", "--content", str(content)]) == 0


def test_problems_leave_dist_untouched(tmp_path: Path) -> None:
    dist = build_into(tmp_path / "dist", SMALL)
    before = {path: path.read_bytes() for path in dist.rglob("*") if path.is_file()}
    content = broken_content(HERE / "guides" / "broken" / "unknown-fact", tmp_path)
    assert build.main([*BUILD, "--content", str(content), "--dist", str(dist)]) == 1
    assert {path: path.read_bytes() for path in dist.rglob("*") if path.is_file()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["content", "dist"]


def test_an_error_while_writing_leaves_dist_untouched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dist = build_into(tmp_path / "dist", SMALL)
    before = (dist / "sw.js").read_bytes()
    static = Path(shutil.copytree(ROOT / "static", tmp_path / "static"))
    (static / "sw.js").write_text("// no place for the edition\n")
    arguments = [*BUILD, "--static", str(static), "--dist", str(dist)]
    assert build.main(arguments) == 1
    assert "must stand there exactly once" in capsys.readouterr().err
    assert (dist / "sw.js").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dist", "static"]


def test_a_build_is_for_a_place_that_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["build", "--content", str(SMALL), "--dist", str(tmp_path / "dist")]) == 1
    assert "Name it with --address https://guide.example" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["guide.example", "https://guide.example/folder", "https:/guide.example"])
def test_an_address_is_written_whole(address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        build.main([*BUILD, "--dist", str(tmp_path / "dist"), "--address", address])
    assert "write it whole and without a folder, such as https://guide.example" in capsys.readouterr().err


def test_the_address_stands_where_machines_look_for_it(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    assert build.main([*BUILD, "--dist", str(dist), "--address", "https://other.example/"]) == 0
    assert "Sitemap: https://other.example/sitemap.xml" in (dist / "robots.txt").read_text()
    assert "<loc>https://other.example/nl/</loc>" in (dist / "sitemap.xml").read_text()


def test_the_edition_before_is_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [*BUILD, "--dist", str(tmp_path / "dist"), "--before", str(tmp_path / "dits")]
    assert build.main(arguments) == 1
    assert f"{tmp_path / 'dits'} holds no edition" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_other_files_is_not_thrown_away(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "mother.txt").write_text("Dear")
    assert build.main([*BUILD, "--dist", str(tmp_path / "letters")]) == 1
    assert "holds other files than a built guide" in capsys.readouterr().err
    assert (tmp_path / "letters" / "mother.txt").read_text() == "Dear"


@pytest.mark.parametrize("name", ["CNAME", ".git"])
def test_a_built_guide_with_other_files_is_not_thrown_away(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dist = build_into(tmp_path / "dist", SMALL)
    (dist / name).write_text("kept")
    assert build.main([*BUILD, "--dist", str(dist)]) == 1
    assert f"{dist} holds other files than a built guide: {name}. Name another folder" in capsys.readouterr().err
    assert (dist / name).read_text() == "kept"


def test_a_folder_with_a_worker_alone_is_no_built_guide(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sw.js").write_text("// another worker")
    assert build.main([*BUILD, "--dist", str(tmp_path / "site")]) == 1
    assert "sw.js or headers.json is missing" in capsys.readouterr().err
    assert (tmp_path / "site" / "sw.js").read_text() == "// another worker"


@pytest.mark.parametrize("place", ["content", "static", "static/js", ".", "content/new"])
def test_the_sources_are_not_thrown_away(place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(SMALL, tmp_path / "content")
    shutil.copytree(ROOT / "static", tmp_path / "static")
    before = sorted(tmp_path.rglob("*"))
    sources = ["--content", str(tmp_path / "content"), "--static", str(tmp_path / "static")]
    assert build.main([*BUILD, *sources, "--dist", str(tmp_path / place)]) == 1
    assert "is, holds or lies in the sources" in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("place", [ROOT, ROOT / "docs" / "new"])
def test_the_project_is_not_thrown_away(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main([*BUILD, "--dist", str(place)]) == 1
    assert "is, holds or lies in the sources" in capsys.readouterr().err


def test_a_build_stopped_between_two_editions_keeps_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dist = build_into(tmp_path / "dist", SMALL)
    (dist / "robots.txt").write_text("the old one")
    rename = Path.rename

    def stop_before_the_new_one(path: Path, target: Path) -> Path:
        if path.name.startswith(".dist-") and target == dist and not path.name.endswith("-old"):
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", stop_before_the_new_one)
    with pytest.raises(KeyboardInterrupt):
        build_into(dist, SMALL)
    assert (dist / "robots.txt").read_text() == "the old one"
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


def test_a_link_to_the_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "dist").symlink_to(tmp_path / "disk" / "site")
    for _ in range(2):
        build_into(tmp_path / "dist", SMALL)
        assert (tmp_path / "dist").is_symlink()
        assert (tmp_path / "disk" / "site" / "sw.js").is_file()
    assert [path.name for path in (tmp_path / "disk").iterdir()] == ["site"]


def test_problems_of_facts_do_not_hide_those_of_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = Path(shutil.copytree(SMALL, tmp_path / "content"))
    for name in ("malformed-phone-number", "page-without-sources"):
        shutil.copytree(HERE / "guides" / "broken" / name, content, dirs_exist_ok=True)
    (content / "expected.txt").unlink()
    assert build.main(["check", "--content", str(content)]) == 1
    told = capsys.readouterr().err
    assert "malformed phone number" in told and '"sources" is missing' in told


def test_two_builds_of_the_real_guide_are_identical(dist: Path, tmp_path: Path) -> None:
    again = build_into(tmp_path / "elsewhere" / "dist", ROOT / "content")
    names = sorted(path.relative_to(dist) for path in dist.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert [name for name in names if (dist / name).read_bytes() != (again / name).read_bytes()] == []


def test_overdue_reviews_are_told_but_do_not_stop(capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["check", "--content", str(SMALL), "--today", "2026-12-01"]) == 0
    assert "are to be reviewed within sixty days" in capsys.readouterr().out
    assert build.main(["reviews", "--content", str(SMALL), "--today", "2026-12-01"]) == 0
    told = capsys.readouterr().out
    assert f"note: {SMALL}/facts/contacts.yaml:1:" in told
    assert f"note: {SMALL}/nl/home.md:1: to be reviewed by 2027-01-10" in told


def test_nothing_is_overdue_long_before(capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["check", "--content", str(SMALL), "--today", "2026-02-01"]) == 0
    assert "note:" not in capsys.readouterr().out


# ── Facts have one home ────────────────────────────────────────────────────────────────────────────────────


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def readable_files(dist: Path) -> dict[str, str]:
    suffixes = (".html", ".json", ".js", ".webmanifest", ".xml", ".pack")
    return {
        path.relative_to(dist).as_posix(): path.read_text(encoding="utf-8", errors="ignore").replace("\xa0", " ")
        for path in dist.rglob("*")
        if path.suffix in suffixes
    }


@pytest.fixture(scope="module")
def changed_dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real guide after a telephone number, a period and an article were changed in the facts."""
    return built_once(tmp_path_factory, "changed", build_changed)


def build_changed(folder: Path) -> Path:
    content = Path(shutil.copytree(ROOT / "content", folder / "content"))
    for name, old, new in (
        ("contacts", '"+3278055800"', '"+3278999111"'),
        ("contacts", "078 055 800", "078 999 111"),
        ("durations", "number: 45", "number: 89"),
        ("articles", 'number: "258"', 'number: "958"'),
    ):
        replace_in(content / "facts" / f"{name}.yaml", old, new)
    return build_into(folder / "dist", content)


def test_a_telephone_number_changed_in_the_facts_changes_everywhere(dist: Path, changed_dist: Path) -> None:
    before, after = readable_files(dist), readable_files(changed_dist)
    pages = [name for name in before if name.endswith(".html") and name[:3] in ("nl/", "fr/", "de/", "en/")]
    pages = [name for name in pages if "/clock/" not in name]  # it shows nothing of the guide, on purpose
    assert len(pages) >= 4 * 25
    for name in pages:
        assert "078 055 800" in before[name], name
        assert before[name].count("078 055 800") == after[name].count("078 999 111"), name
        assert before[name].count("tel:+3278055800") == after[name].count("tel:+3278999111") > 0, name
    for name, text in after.items():
        assert not re.search(r"78[\s./-]?0?55[\s./-]?800|78[\s./-]?05[\s./-]?58[\s./-]?00", text), name


def test_a_period_changed_in_the_facts_changes_in_every_language(dist: Path, changed_dist: Path) -> None:
    before, after = readable_files(dist), readable_files(changed_dist)
    for locale, days in {"nl": "dagen", "fr": "jours", "de": "Tage", "en": "days"}.items():
        name = f"{locale}/steps/procedure/index.html"
        assert f"45 {days}" in before[name]
        assert f"89 {days}" in after[name]
    for name, text in after.items():
        if name.endswith("index.html"):
            # Minutes of a talk or of practice are no period of the law.
            bare = re.sub(r'<svg.*?</svg>|<p class="talk-plan__time">.*?</p>|"practice-index__time">.*?</h3>', "", text)
            assert not re.search(r"(?<![\w.:-])45(?![\w.-])", bare), name


def test_an_article_number_changed_in_the_facts_changes_in_every_language(changed_dist: Path) -> None:
    after = readable_files(changed_dist)
    for locale in ("nl", "fr", "de", "en"):
        pages = [text for name, text in after.items() if name.startswith(f"{locale}/") and name.endswith(".html")]
        assert any(re.search(r"[Aa]rti(?:kel|cle) 958", text) for text in pages)
        assert not any(re.search(r"[Aa]rti(?:kel|cle) 258", text) for text in pages)


def test_no_choice_of_practice_is_a_link_too(dist: Path) -> None:
    for path in dist.glob("*/learn/*/index.html"):
        for summary in re.findall(r"<summary>.*?</summary>", path.read_text(encoding="utf-8"), re.DOTALL):
            assert "<a " not in summary, path  # a tap would ring somebody, or lead away from the story


def test_who_informs_whom_is_told_in_words_too(dist: Path) -> None:
    html = (dist / "nl/topics/actors/index.html").read_text(encoding="utf-8")
    whom = "Gespecialiseerd centrum, Referentiemagistraat, Dienst Vreemdelingenzaken"
    assert f"<strong>Politie of inspectie</strong>: {whom}</li>" in html


def test_headers_stand_in_dist_for_any_server(dist: Path) -> None:
    headers = json.loads((dist / "headers.json").read_text())
    assert "default-src 'none'" in headers["/"]["Content-Security-Policy"]


def test_a_mistake_saved_during_preview_is_told_in_the_page_until_it_is_mended(tmp_path: Path) -> None:
    content = Path(shutil.copytree(SMALL, tmp_path / "content"))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}/nl/talk/questions/"
    command = [sys.executable, "build.py", "preview", "--content", str(content), "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True) as preview:
        try:
            wait_for_answer(url, 200, "<h1>Vragen</h1>")
            page = content / "nl/talk/questions.md"
            right = page.read_text(encoding="utf-8")
            page.write_text(right.replace("title:", "titel:"), encoding="utf-8")
            wait_for_answer(url, 500, f"{page}:")
            page.unlink()
            wait_for_answer(url, 500, "missing")
            page.write_text(right, encoding="utf-8")
            wait_for_answer(url, 200, "<h1>Vragen</h1>")
        finally:
            os.killpg(preview.pid, signal.SIGTERM)


def wait_for_answer(url: str, status: int, text: str) -> None:
    """Until the address answers so; AssertionError when it does not within half a minute."""
    end = time.monotonic() + 30
    answer = ""
    while time.monotonic() < end:
        try:
            with urlopen(url) as response:
                found, answer = response.status, response.read().decode()
        except HTTPError as error:
            found, answer = error.code, error.read().decode()
        except OSError:  # it begins anew
            found = 0
        if found == status and text in answer:
            return
        time.sleep(0.2)
    raise AssertionError(f"{url} never answered {status} with {text!r}, but {answer[:500]}")
