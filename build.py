"""The compiler's table of contents: load the guide, check it, make the app, freeze it, pack it.

python build.py check          print every problem of the content, write nothing
python build.py build          check, then write dist/ for the place named with --address
python build.py serve          write dist/ for this machine, then serve it as readers get it
python build.py preview        serve the content as it stands, live, without a worker
python build.py messages       bring the catalogues of interface words up to date
python build.py reviews        what must be read or compared with its source again within sixty days
python build.py paths          print every way through the questions of “next step”, for docs/next-step.md
python build.py practice       print how much practice each role has, for docs/practice.md
python build.py language       how readable role cards and steps are, words per page, terms not used
python build.py calls          write docs/who-to-call.md: who is called in every situation, for review
"""

import argparse
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.serving import run_simple
from werkzeug.wrappers import Response

from guide import (
    Guide,
    GuideError,
    GuideProblems,
    Locale,
    Problem,
    application,
    check_catalogues,
    check_guide,
    create_app,
    freeze,
    load_guide,
    overdue_reviews,
    pack,
    paths_document,
    plain_reader,
    practice_document,
    readability,
    review_table,
    site_parts,
    site_urls,
    unused_terms,
    update_catalogues,
    withdraw,
    word_counts,
)

HERE = Path(__file__).resolve().parent
CONTENT = HERE / "content"
WRITTEN = re.compile(
    rf"{'|'.join(Locale)}|assets|cards|icons|offline"
    r"|(?:index\.html|404\.html|sitemap\.xml|robots\.txt|sw\.js|headers\.json)(?:\.br|\.gz)?"
)
"""The names that a build writes into dist/ itself; a folder with any other is not ours to replace."""


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 when all is well, 1 when there are problems, which are printed."""
    options = _options(arguments)
    try:
        COMMANDS[options.command](options)
    except GuideProblems as error:
        number = len(error.problems)
        print(_in_folder(str(error), options.content), file=sys.stderr)
        print(f"{number} problem{'s' if number > 1 else ''}. Nothing was written.", file=sys.stderr)
        return 1
    except GuideError as error:
        print(f"{error} Nothing was written.", file=sys.stderr)
        return 1
    return 0


def load_checked(content: Path) -> Guide:
    """The guide in that folder. Raises GuideProblems with all of them together."""
    guide, problems = load_guide(content)
    problems += check_guide(guide)
    problems += check_catalogues()
    if problems:
        raise GuideProblems(problems)
    return guide


def build(
    content: Path,
    static: Path,
    dist: Path,
    address: str,
    *,
    before: Path | None = None,
    is_withdrawn: bool = False,
    is_local: bool = False,
) -> str:
    """Write the guide into `dist`, whole or not at all; the name of the edition, or “withdrawn”.

    `before` is the folder of the edition published before, else `dist` is: phones that have it get an update.
    `is_local`: the address is one of this machine, which no telephone can open.
    """
    dist = dist.resolve()  # a link stays: what it leads to is replaced
    _refuse_other_folders(dist, content, static)
    if before and not (before / "offline").is_dir():
        raise GuideError(f"{before} holds no edition, or a withdrawn one. Name the folder of the one published before.")
    guide = load_checked(content)
    app = create_app(guide, static, address, is_withdrawn=is_withdrawn, is_local=is_local)
    with _replacing(dist) as folder:
        freeze(app, site_urls(guide, static), folder)
        if is_withdrawn:
            withdraw(folder, static / "sw-withdrawn.js")
            return "withdrawn"
        return pack(folder, site_parts(guide), static / "sw.js", guide.outline.edition, before=before or dist)


def _check(options: argparse.Namespace) -> None:
    guide = load_checked(options.content)
    if overdue := overdue_reviews(guide, options.today):
        print(
            f"note: {len(overdue)} pages and facts are to be reviewed within sixty days; “build.py reviews” lists them."
        )
    pages = sum(1 for _ in guide.all_pages())
    print(f"No problems: {pages} pages, {len(guide.facts.named)} facts, {len(guide.facts.signs)} signs.")


def _build(options: argparse.Namespace) -> None:
    if options.is_local:
        raise GuideError(
            "Where will the guide stand? Name it with --address https://guide.example: "
            "the sitemap, robots.txt and the codes for telephones hold that address."
        )
    _write(options)


def _write(options: argparse.Namespace) -> None:
    edition = build(
        options.content,
        options.static,
        options.dist,
        options.address,
        before=options.before,
        is_withdrawn=options.withdraw,
        is_local=options.is_local,
    )
    print(f"Edition {edition} is in {options.dist}.")


def _serve(options: argparse.Namespace) -> None:
    _write(options)
    print(f"The guide is on http://127.0.0.1:{options.port}  (Ctrl-C ends it)", flush=True)
    run_simple("127.0.0.1", options.port, application(options.dist), threaded=True)


def _preview(options: argparse.Namespace) -> None:
    watched = [str(path) for path in (*options.content.rglob("*"), *options.static.rglob("*")) if path.is_file()]
    run_simple("127.0.0.1", options.port, _live(options), use_reloader=True, extra_files=watched)


def _live(options: argparse.Namespace) -> WSGIApplication:
    """The content as it stands; while something is wrong with it, that in the place of every page."""
    app: WSGIApplication | None = None

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        nonlocal app
        try:  # again at each request, since a file that was missing is not among those that are watched
            app = app or create_app(
                load_checked(options.content), options.static, options.address, is_local=options.is_local
            )
        except GuideProblems as error:
            text = f"{_in_folder(str(error), options.content)}\n\nMend it, save it, and load this page again.\n"
            return Response(text, status=500, mimetype="text/plain")(environ, start_response)
        return app(environ, start_response)

    return answer


def _messages(options: argparse.Namespace) -> None:
    update_catalogues()
    _print_warnings(check_catalogues())


def _reviews(options: argparse.Namespace) -> None:
    _print_warnings(overdue_reviews(load_checked(options.content), options.today), options.content)


def _language(options: argparse.Namespace) -> None:
    guide = load_checked(options.content)
    plain = plain_reader(create_app(guide, options.static, options.address), guide)
    for kind in ("role", "steps"):
        print(f"{kind:8}{'sentences':>12}{'words each':>12}{'longest':>9}{'long words':>12}")
        for row in readability(guide, [kind], plain):
            figures = f"{row.sentences:12}{row.words_per_sentence:12.1f}{row.longest:9}{row.long_words:12.1%}"
            print(f"  {row.locale:6}{figures}")
    print(f"\n{'words':34}" + "".join(f"{locale:>7}" for locale in Locale))
    for counts in word_counts(guide, plain):
        mark = "" if counts.is_even else "   uneven"
        print(f"{counts.path:34}" + "".join(f"{counts.words[locale]:7}" for locale in Locale) + mark)
    print()
    _print_warnings(list(unused_terms(guide, plain)), options.content)


def _calls(options: argparse.Namespace) -> None:
    guide = load_checked(options.content)
    roles = [page.slug for page in guide.section_pages(Locale.EN, "roles")]
    (HERE / "docs" / "who-to-call.md").write_text(review_table(guide.facts, roles), encoding="utf-8")


def _practice(options: argparse.Namespace) -> None:
    print(practice_document(load_checked(options.content)), end="")


def _paths(options: argparse.Namespace) -> None:
    print(paths_document(load_checked(options.content)), end="")


def _print_warnings(warnings: list[Problem], content: Path = CONTENT) -> None:
    for warning in warnings:
        print(f"note: {_in_folder(str(warning), content)}")


def _in_folder(text: str, content: Path) -> str:
    """The text with files named in the folder that was read; what the guide says of itself is in content/."""
    return text if content == CONTENT else re.sub(r"(?<![\w./-])content/", lambda _: f"{content.as_posix()}/", text)


def _refuse_other_folders(dist: Path, content: Path, static: Path) -> None:
    """Raise GuideError when `dist` holds, or is part of, something that must not be thrown away."""
    hint = "Name another folder with --dist."
    for folder in (content.resolve(), static.resolve(), HERE):
        is_usual = folder == HERE and dist == HERE / "dist"
        if not is_usual and (dist.is_relative_to(folder) or folder.is_relative_to(dist)):
            raise GuideError(f"{dist} is, holds or lies in the sources in {folder}. {hint}")
    if dist.exists() and not dist.is_dir():
        raise GuideError(f"{dist} is a file. {hint}")
    names = {path.name for path in dist.iterdir()} if dist.exists() else set()
    if others := sorted(name for name in names if not WRITTEN.fullmatch(name)):
        raise GuideError(f"{dist} holds other files than a built guide: {', '.join(others)}. {hint}")
    if names and not {"sw.js", "headers.json"} <= names:
        raise GuideError(f"{dist} holds other files than a built guide: sw.js or headers.json is missing. {hint}")


@contextmanager
def _replacing(dist: Path) -> Iterator[Path]:
    """A new folder that takes the place of `dist` when all went well; until then the old one stays."""
    dist.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(mkdtemp(prefix=f".{dist.name}-", dir=dist.parent))
    old = fresh.with_name(f"{fresh.name}-old")
    try:
        yield fresh
        fresh.chmod(0o755)
        if dist.exists():
            dist.rename(old)
        fresh.rename(dist)
    finally:
        if old.exists() and not dist.exists():  # stopped between the two renames
            old.rename(dist)
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


COMMANDS = {
    "check": _check,
    "build": _build,
    "serve": _serve,
    "preview": _preview,
    "messages": _messages,
    "reviews": _reviews,
    "paths": _paths,
    "practice": _practice,
    "language": _language,
    "calls": _calls,
}


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("--content", type=Path, default=CONTENT)
    parser.add_argument("--static", type=Path, default=HERE / "static")
    parser.add_argument("--dist", type=Path, default=HERE / "dist")
    parser.add_argument(
        "--before", type=Path, help="a copy of the edition published before, for updates; what is in dist/ unless named"
    )
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument(
        "--withdraw", action="store_true", help="build a guide that takes itself off every device and is read online"
    )
    parser.add_argument(
        "--address",
        help="where the guide will stand, such as https://guide.example, for the sitemap, robots.txt and the codes for"
        " telephones; build needs it, the others take the local address",
    )
    parser.add_argument(
        "--today", type=date.fromisoformat, default=date.today(), help="the day reviews are counted from"
    )
    options = parser.parse_args(arguments)
    options.is_local = options.address is None
    options.address = options.address or f"http://127.0.0.1:{options.port}"
    if not re.fullmatch(r"https?://[^/\s]+/?", options.address):
        parser.error(f"--address {options.address}: write it whole and without a folder, such as https://guide.example")
    return options


if __name__ == "__main__":
    sys.exit(main())
