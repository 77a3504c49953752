"""How well and how fast the search finds: `python -m bench.search`, or `make bench-search`.

The queries in `bench/queries/` were written before the search was tuned, by somebody who did not know how it works. A
quarter is held back: tuning looks at the others only, and of those held back this prints totals, never a query.
`--misses` lists what went wrong among the others. The libraries compared are fetched into a throwaway folder with npm.
"""

import argparse
import shutil
import statistics
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import brotli
import yaml
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

import build
from guide import Locale, create_app, plain_reader
from guide.search import search_documents
from tests.chromium import FLAGS, provide_chromium
from tests.server import GuideServer

ROOT = Path(__file__).parent.parent
SLOWER = 4
LIBRARIES = ("minisearch@7.2.0", "lunr@2.3.9", "lunr-languages@1.14.0")


class Query(NamedTuple):
    """Words as typed, what kind of words, the pages any of which answers, and whether tuning may look at it."""

    query: str
    kind: str
    expects: tuple[str, ...]
    held_back: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="list the queries missed, without those held back")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        dist = Path(folder) / "dist"
        edition = build.build(ROOT / "content", ROOT / "static", dist, "https://guide.example")
        print(f"edition {edition}\n")
        print_sizes(dist)
        queries = {locale: read_queries(locale) for locale in Locale}
        browser = playwright.chromium.launch(executable_path=provide_chromium(), args=list(FLAGS))
        found = search_as_a_reader(browser, dist, queries)
        print_relevance("this guide", queries, found)
        if options.misses:
            print_misses(queries, found)
        compare(browser, Path(folder), queries)
        browser.close()


def read_queries(locale: Locale) -> list[Query]:
    rows = yaml.safe_load((ROOT / "bench" / "queries" / f"{locale}.yaml").read_text(encoding="utf-8"))
    return [Query(str(row["query"]), row["kind"], tuple(row["expects"]), row["held_back"]) for row in rows]


# ── Size ───────────────────────────────────────────────────────────────────────────────────────────────────


def print_sizes(dist: Path) -> None:
    print(f"{'index, brotli':22}{'KB':>8}{'of pack':>10}   goal ≤ 25 %")
    for locale in Locale:
        index = len(brotli.compress((dist / locale / "search.json").read_bytes()))
        pack = next((dist / "offline").glob(f"{locale}.*.pack.br")).stat().st_size
        print(f"{locale:22}{index / 1000:8.1f}{index / pack:10.1%}")
    print()


# ── This guide, through its page, with the network cut ─────────────────────────────────────────────────────


Found = Mapping[Locale, Sequence[Sequence[str]]]


def search_as_a_reader(browser: Browser, dist: Path, queries: Mapping[Locale, Sequence[Query]]) -> Found:
    """The pages found for each query, best first, typed into the page while the server is gone; prints the times."""
    server = GuideServer(dist)
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    for locale in Locale:
        page.goto(f"{server.url}/{locale}/")
        page.wait_for_selector('html[data-offline="ready"]', timeout=60_000)
    server.stop()
    throttled = context.new_cdp_session(page)
    print(f"{f'ms at {SLOWER} × slower':22}{'cold':>8}{'key p50':>10}{'key p95':>10}{'worst':>8}   goal ≤ 150, ≤ 50")
    found: dict[Locale, list[list[str]]] = {}
    for locale in Locale:
        url = f"{server.url}/{locale}/search/"
        cold = [time_cold(page, throttled, url, query.query) for query in queries[locale][:5]]
        keys = time_keys(page, throttled, [query.query for query in queries[locale][::6]])
        print(f"{locale:22}{_times(cold, keys)}")
        found[locale] = [answers(page, query.query) for query in queries[locale]]
    print()
    context.close()
    return found


def time_cold(page: Page, throttled: CDPSession, url: str, query: str) -> float:
    """From the first query, put in as soon as the field is there, to the first result laid out.

    Part of the index may be read by then; `compare` measures reading and the first answer together.
    """
    page.goto("about:blank")
    _slow(throttled, SLOWER)
    page.goto(url, wait_until="commit")
    page.wait_for_selector("guide-search:defined input[type=search]")
    took: float = page.evaluate(
        """async (query) => {
            const start = performance.now();
            const field = document.querySelector("input[type=search]");
            field.value = query;
            field.dispatchEvent(new Event("input", { bubbles: true }));
            const results = document.querySelector("#search-results");
            while (!results.firstElementChild) await new Promise((resolve) => setTimeout(resolve, 1));
            document.body.offsetHeight;
            return performance.now() - start;
        }""",
        query,
    )
    _slow(throttled, 1)
    return took


def time_keys(page: Page, throttled: CDPSession, queries: Iterable[str]) -> list[float]:
    """Per keystroke from the event to the results laid out."""
    _slow(throttled, SLOWER)
    times: list[float] = page.evaluate(
        """async (queries) => {
            const field = document.querySelector("input[type=search]");
            const times = [];
            for (const query of queries) for (let end = 1; end <= query.length; end++) {
                await new Promise((resolve) => setTimeout(resolve, 30));
                field.value = query.slice(0, end);
                const start = performance.now();
                field.dispatchEvent(new Event("input", { bubbles: true }));
                document.body.offsetHeight;
                times.push(performance.now() - start);
            }
            return times;
        }""",
        list(queries),
    )
    _slow(throttled, 1)
    return times


def answers(page: Page, query: str) -> list[str]:
    """The paths of the pages that the reader sees, in order."""
    page.locator("input[type=search]").fill("")
    page.locator("input[type=search]").fill(query)
    links: list[str] = page.eval_on_selector_all(
        "#search-results .guide-search__title", "links => links.map(link => link.pathname)"
    )
    return [link.split("/", 2)[2].strip("/") or "home" for link in links]


def _slow(throttled: CDPSession, rate: int) -> None:
    throttled.send("Emulation.setCPUThrottlingRate", {"rate": rate})


def _times(cold: Sequence[float], keys: Sequence[float]) -> str:
    ordered = sorted(keys)
    middle, late = statistics.median(ordered), ordered[int(len(ordered) * 0.95)]
    return f"{statistics.median(cold):8.0f}{middle:10.1f}{late:10.1f}{ordered[-1]:8.0f}"


# ── Relevance ──────────────────────────────────────────────────────────────────────────────────────────────


def print_relevance(name: str, queries: Mapping[Locale, Sequence[Query]], found: Found) -> None:
    """success@1, success@3 and MRR: per language and per kind, for tuning and held back."""
    ranks: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for locale in Locale:
        for query, pages in zip(queries[locale], found[locale], strict=True):
            rank = next((at for at, page in enumerate(pages, 1) if page in query.expects), 0)
            for key in (locale.value, query.kind, "all"):
                ranks[key, query.held_back].append(rank)
    print(f"{name:22}{'for tuning':>8}{'@1':>6}{'@3':>7}{'MRR':>7}   {'held back':>9}{'@1':>7}{'@3':>7}{'MRR':>7}")
    kinds = dict.fromkeys(query.kind for queries_here in queries.values() for query in queries_here)
    for key in (*(locale.value for locale in Locale), *kinds, "all"):
        print(f"{key:22}{_quality(ranks[key, False])}   {_quality(ranks[key, True])}")
    print()


def _quality(ranks: Sequence[int]) -> str:
    if not ranks:
        return f"{0:9}" + 3 * f"{'–':>7}"
    first, three = (sum(0 < rank <= most for rank in ranks) / len(ranks) for most in (1, 3))
    mrr = sum(1 / rank for rank in ranks if rank) / len(ranks)
    return f"{len(ranks):9}{first:7.2f}{three:7.2f}{mrr:7.2f}"


def print_misses(queries: Mapping[Locale, Sequence[Query]], found: Found) -> None:
    for locale in Locale:
        for query, pages in zip(queries[locale], found[locale], strict=True):
            if not query.held_back and not set(pages[:3]) & set(query.expects):
                print(f"{locale} {query.kind}: {query.query} → {', '.join(pages[:3]) or 'nothing'}")
    print()


# ── The libraries weighed ──────────────────────────────────────────────────────────────────────────────────

_STEMMER = {Locale.NL: "nl", Locale.FR: "fr", Locale.DE: "de", Locale.EN: ""}
_MINISEARCH = """
const fold = (word) => word.toLowerCase().normalize("NFD").replace(/\\p{Mn}/gu, "").replace(/ß/g, "ss");
const options = {
    fields: ["title", "keywords", "text"], processTerm: fold,
    searchOptions: { boost: { title: 8, keywords: 6 }, prefix: true, fuzzy: 0.2, combineWith: "OR" },
};
globalThis.make = (documents) => {
    const index = new MiniSearch(options);
    index.addAll(documents);
    return JSON.stringify(index);
};
globalThis.read = (text) => {
    const index = MiniSearch.loadJSON(text, options);
    return (query) => index.search(query).map(({ id }) => id);
};
"""
_LUNR = """
const languages = (code) => code ? [lunr[code]] : [];
globalThis.make = (documents, code) => JSON.stringify(lunr(function () {
    for (const language of languages(code)) this.use(language);
    this.ref("id");
    this.field("title", { boost: 8 });
    this.field("keywords", { boost: 6 });
    this.field("text");
    documents.forEach((each) => this.add(each));
}));
globalThis.read = (text) => {
    const index = lunr.Index.load(JSON.parse(text));
    return (query) => index.query((asked) => {
        const words = lunr.tokenizer(query).map(String);
        asked.term(words, { boost: 10 });
        asked.term(words, { wildcard: lunr.Query.wildcard.TRAILING, usePipeline: false, boost: 3 });
        asked.term(words.filter((word) => word.length > 3), { editDistance: 1, usePipeline: false });
    }).map(({ ref }) => ref);
};
"""
_OWN = """
globalThis.read = (text) => {
    const index = new SearchIndex(JSON.parse(text));
    return (query) => index.find(query).pages.map(({ path }) => path);
};
"""


def compare(browser: Browser, folder: Path, queries: Mapping[Locale, Sequence[Query]]) -> None:
    """The same pages and queries in the libraries weighed, and in our engine without its page."""
    documents, indexes = _documents()
    engines = {"ours, without page": (_own_script(), _OWN)}
    if modules := _fetch_libraries(folder):
        lunr = [modules / "lunr" / "lunr.js", modules / "lunr-languages" / "lunr.stemmer.support.js"]
        lunr += [modules / "lunr-languages" / f"lunr.{code}.js" for code in _STEMMER.values() if code]
        minisearch = modules / "minisearch" / "dist" / "umd" / "index.js"
        engines["MiniSearch"] = (minisearch.read_text(encoding="utf-8"), _MINISEARCH)
        engines["lunr"] = ("\n".join(path.read_text(encoding="utf-8") for path in lunr), _LUNR)
    results: dict[str, Found] = {}
    print(f"at {SLOWER} × slower")
    print(f"{'engine':22}{'index KB':>9}{'script KB':>11}{'cold ms, of 5':>22}{'key p50':>9}{'key p95':>9}")
    for name, (script, use) in engines.items():
        results[name] = {}
        for locale in Locale:
            page = _page_with(browser, script, use)
            index = indexes[locale]
            if name != "ours, without page":
                index = page.evaluate(
                    "([documents, code]) => make(documents, code)", [documents[locale], _STEMMER[locale]]
                )
            asked = [query.query for query in queries[locale]]
            cold = sorted(_time_first(_page_with(browser, script, use), index, query) for query in asked[:5])
            keys, answered = _measure(page, index, asked)
            results[name] = {**results[name], locale: answered}
            sizes = [len(brotli.compress(text.encode())) / 1000 for text in (index, script)]
            late = sorted(keys)[int(len(keys) * 0.95)]
            spread = f"{cold[0]:.0f} to {cold[-1]:.0f}, median {cold[2]:.0f}"
            print(
                f"{name + ' ' + locale:22}{sizes[0]:9.1f}{sizes[1]:11.1f}"
                f"{spread:>22}{statistics.median(keys):9.1f}{late:9.1f}"
            )
            page.close()
    print()
    for name, found in results.items():
        print_relevance(name, queries, found)


def _documents() -> tuple[dict[Locale, list[dict[str, str]]], dict[Locale, str]]:
    """Per locale what a library is given to index, search words among the keywords, and our own index."""
    guide = build.load_checked(ROOT / "content")
    app = create_app(guide, ROOT / "static", "https://guide.example")
    plain = plain_reader(app, guide)
    documents: dict[Locale, list[dict[str, str]]] = {}
    indexes: dict[Locale, str] = {}
    for locale in Locale:
        pages = search_documents(guide, locale, lambda text, locale=locale: plain(text, locale))  # type: ignore[misc]
        said: dict[str, list[str]] = defaultdict(list)
        for entry in guide.facts.search_words.values():
            for path in entry.pages:
                said[path] += entry.words[locale]
        documents[locale] = [
            {
                "id": page.path,
                "title": page.title,
                "keywords": " ".join((*guide.page(locale, page.path).keywords, *said[page.path])),
                "text": " ".join(field.text for field in page.fields),
            }
            for page in pages
        ]
        indexes[locale] = app.test_client().get(f"/{locale}/search.json").text
    return documents, indexes


def _own_script() -> str:
    names = ("text", "search")
    texts = ((ROOT / "static" / "js" / "lib" / f"{name}.js").read_text(encoding="utf-8") for name in names)
    lines = (line for text in texts for line in text.splitlines() if not line.startswith("import "))
    return "\n".join(line.removeprefix("export ") for line in lines)


def _fetch_libraries(folder: Path) -> Path | None:
    if not shutil.which("npm"):
        print("npm is not on this machine: no comparison with other libraries.\n")
        return None
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), *LIBRARIES]
    if subprocess.run(command, check=False).returncode:
        print("npm could not fetch the libraries: no comparison with them.\n")
        return None
    return folder / "node_modules"


def _page_with(browser: Browser, script: str, use: str) -> Page:
    page = browser.new_page()
    page.add_script_tag(content=f"{script}\n{{{use}}}")
    return page


def _time_first(page: Page, index: str, query: str) -> float:
    """Milliseconds until the first answer from the stored text, in a page that has run nothing yet; it is closed."""
    _slow(page.context.new_cdp_session(page), SLOWER)
    taken: float = page.evaluate(
        """([text, query]) => {
            const start = performance.now();
            read(text)(query);
            return performance.now() - start;
        }""",
        [index, query],
    )
    page.close()
    return taken


def _measure(page: Page, index: str, queries: Sequence[str]) -> tuple[list[float], list[list[str]]]:
    """Milliseconds per keystroke, and all answers."""
    throttled = page.context.new_cdp_session(page)
    _slow(throttled, SLOWER)
    keys: list[float] = page.evaluate(
        """([text, queries]) => {
            const find = read(text);
            find(queries[0]);
            const keys = [];
            for (const query of queries.filter((_, at) => at % 6 === 0)) for (let end = 1; end <= query.length; end++) {
                const start = performance.now();
                find(query.slice(0, end));
                keys.push(performance.now() - start);
            }
            return keys;
        }""",
        [index, list(queries)],
    )
    _slow(throttled, 1)
    answered = page.evaluate(
        "([text, queries]) => { const find = read(text); return queries.map((query) => find(query)); }",
        [index, list(queries)],
    )
    return keys, answered


if __name__ == "__main__":
    main()
