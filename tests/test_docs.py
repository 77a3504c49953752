"""The documents keep their promises: what they name exists."""

import re
from pathlib import Path

import yaml

from .conftest import ROOT, real_guide
from .mutations import MUTATIONS

FAULTS = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
COVERAGE = yaml.safe_load((ROOT / "docs" / "coverage.yaml").read_text(encoding="utf-8"))


def test_every_fact_is_stated_on_a_page_that_exists_or_has_a_reason_why_not() -> None:
    guide = real_guide()
    paths = set(guide.outline.paths()) | {f"facts/{path.stem}" for path in (ROOT / "content" / "facts").iterdir()}
    for fact, place in COVERAGE.items():
        if isinstance(place, dict):
            assert list(place) == ["not"] and len(place["not"]) > 10, fact
        else:
            assert place and set(place) <= paths, (fact, set(place) - paths)


def test_the_table_knows_every_kind_of_fact() -> None:
    kinds = {fact.split("-")[0] for fact in COVERAGE}
    assert kinds == {"D", "R", "T", "SF", "G", "TR", "X", "PL"}
    assert len(COVERAGE) >= 200


def test_links_of_the_documents_lead_to_files() -> None:
    for document in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8")):
            if not target.startswith(("http", "/")):
                assert (document.parent / Path(target)).exists(), f"{document.name}: {target}"


def test_every_room_and_element_is_in_the_design() -> None:
    design = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    files = [*(ROOT / "guide").glob("[a-z]*.py"), *(ROOT / "guide").glob("*/__init__.py")]
    rooms = {path.parent.name if path.name == "__init__.py" else path.stem for path in files}
    assert {"model", "checks", "search", "updates"} <= rooms
    for room in rooms:
        assert re.search(rf"^      \b.*\b{room}\b|^    +{room} ", design, re.MULTILINE), room


def test_every_fault_names_a_test_that_exists() -> None:
    rows = re.findall(r"^\| (\d+) \| (.+?) \| .+ \| (\(F\) )?(\w+): (\w+) \|$", FAULTS, re.MULTILINE)
    assert len(rows) >= 50
    assert [int(number) for number, *_ in rows] == list(range(1, len(rows) + 1))
    for number, _, in_firefox, room, name in rows:
        text = (ROOT / f"tests/browser/test_{room}.py").read_text(encoding="utf-8")
        assert f"def test_{name}(" in text, number
        assert bool(in_firefox) == (room == "firefox"), number


def test_every_mutation_is_in_the_document_with_the_test_that_catches_it() -> None:
    for mutation in MUTATIONS:
        assert f"| {mutation.name} | {mutation.tests.partition('::test_')[2]} |" in FAULTS
