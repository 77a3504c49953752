import pytest

from guide.markup import Renderer
from guide.model import FACT_CLOSE, FACT_OPEN


def address(path: str) -> str:
    return f"/nl{path}/"


RENDERER = Renderer(address)


def block(source: str) -> str:
    return RENDERER.block(source, 1).html


def test_inner_links_get_the_address_of_their_page() -> None:
    assert block("[signs](/signs/general#how-many)") == '<p><a href="/nl/signs/general/#how-many">signs</a></p>'


def test_links_to_other_sites_are_marked() -> None:
    assert 'class="needs-network"' in block("[there](https://example.org/)")


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,hello)",
        '<a href="https://example.org" onclick="alert(1)">x</a>',
        "<iframe src=https://example.org></iframe>",
        "<style>body{display:none}</style>",
    ],
)
def test_nothing_that_runs_survives(source: str) -> None:
    html = block(f"Text. {source}\n\n{source}\n")
    for word in ("<script", "onerror", "onclick", "javascript:", "data:", "<iframe", "<style", "alert(1)<"):
        assert word not in html.replace("alert(1)&lt;", "")


def test_facts_pass_through_markdown_unharmed() -> None:
    html = block("## About {{reflection}} {#about}\n\n*Emphasis*{{ hotline }} and **{{art-trafficking.number}}**.\n")
    for name in ("reflection", "hotline", "art-trafficking.number"):
        assert f"{FACT_OPEN}{name}{FACT_CLOSE}" in html
    assert 'id="about"' in html


def test_headings_carry_anchors_in_any_language() -> None:
    text = RENDERER.block("## Être écouté\n\n### Größe\n", 1)
    assert [(heading.level, heading.anchor) for heading in text.headings] == [(2, "être-écouté"), (3, "größe")]


def test_links_know_their_line() -> None:
    text = RENDERER.block("One.\n\nTwo [x](/a), [y](/b#c).\n", 10)
    assert [(link.target, link.line) for link in text.links] == [("/a", 12), ("/b#c", 12)]


def test_callouts_have_a_title_and_a_kind() -> None:
    assert block("/// danger | Careful\nText.\n///\n") == (
        '<div class="admonition danger">\n<p class="admonition-title">Careful</p>\n<p>Text.</p>\n</div>'
    )


def test_table_cells_name_their_column_and_keep_their_role() -> None:
    html = block("| | Trafficking |\n|---|---|\n| Border | not needed |\n")
    assert '<td role="cell" data-label="Trafficking">not needed</td>' in html or (
        '<td data-label="Trafficking" role="cell">not needed</td>' in html
    )
    assert 'role="table"' in html and 'role="columnheader"' in html and 'role="rowheader"' in html


def test_a_line_has_no_paragraph_of_its_own() -> None:
    assert RENDERER.line("Call *now*,\nplease.", 1).html == "Call <em>now</em>, please."


def test_a_text_knows_nothing_of_the_one_before() -> None:
    first = RENDERER.block("## Now\n\n[x]: /signs\n\n## Now\n", 1)
    assert [heading.anchor for heading in first.headings] == ["now", "now_1"]
    second = RENDERER.block("## Now\n\n[x]\n", 1)
    assert [heading.anchor for heading in second.headings] == ["now"]
    assert second.html.endswith("<p>[x]</p>")


def test_an_empty_text_has_no_links_of_the_one_before() -> None:
    assert RENDERER.block("[x](/signs)", 1).links
    assert RENDERER.block("", 1).links == ()
