"""Guide in, Flask application out: addresses, templates, and facts written in the reader's language.

The only room that knows Flask and Flask-Babel.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from babel.dates import format_date
from flask import Flask, Response, abort, g, render_template
from flask_babel import Babel, force_locale, get_translations, gettext, ngettext
from jinja2 import StrictUndefined
from markupsafe import Markup, escape

from . import assets, catalogues, search
from .locales import Locale
from .model import (
    ADVICE,
    DANGER,
    FACT_CLOSE,
    FACT_OPEN,
    FRAME_SECTIONS,
    HOME,
    NOT_FOUND,
    SEARCH,
    Article,
    Contact,
    Count,
    Day,
    Duration,
    Guide,
    Law,
    Page,
    Paper,
    Text,
    page_url,
)

_MARKED_FACT = re.compile(f"{FACT_OPEN}([a-z0-9.-]+){FACT_CLOSE}")


def create_app(guide: Guide, static: Path, address: str) -> Flask:
    """The application that answers every address of the guide.

    `address` is where the guide will stand, such as https://guide.example; only the sitemap needs it.
    """
    app = Flask(__name__, static_folder=None)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.url_map.strict_slashes = True
    _add_translations(app)
    _add_template_helpers(app, guide)
    _add_pages(app, guide)
    _add_files(app, guide, static, address.rstrip("/"))
    return app


def site_urls(guide: Guide, static: Path) -> Iterator[str]:
    """Every address of the guide, in the order in which it is frozen."""
    yield from ("/", "/404.html", "/sitemap.xml", "/robots.txt", "/assets/guide.css", "/assets/guide.js")
    yield from (f"/icons/{path.name}" for path in sorted((static / "icons").iterdir()))
    for locale in Locale:
        yield from (guide.page(locale, path).url for path in (*guide.outline.paths(), NOT_FOUND))
        yield from (f"/{locale}/manifest.webmanifest", f"/{locale}/search.json")


def site_parts(guide: Guide) -> dict[str, list[str]]:
    """What a phone stores, by part: `shell` is enough to open and to say what is missing, then one per locale.

    The pictures of the home-screen icon are not in it: the system fetches them itself when it installs the guide.
    """
    always = (HOME, NOT_FOUND)
    shell = ["/", "/assets/guide.css", "/assets/guide.js", "/icons/guide.svg"]
    for locale in Locale:
        shell += [*(page_url(locale, path) for path in always), f"/{locale}/manifest.webmanifest"]
    parts = {"shell": shell}
    for locale in Locale:
        paths = (path for path in guide.outline.paths() if path not in always)
        parts[locale.value] = [*(page_url(locale, path) for path in paths), f"/{locale}/search.json"]
    return parts


# ── Addresses ──────────────────────────────────────────────────────────────────────────────────────────────


def _add_pages(app: Flask, guide: Guide) -> None:
    @app.get("/")
    def chooser() -> str:
        return render_template("chooser.html", locale=Locale.NL)

    @app.get("/404.html")
    def unknown_locale() -> str:
        return render_template("unknown-locale.html", locale=Locale.NL)

    @app.get("/<locale>/", defaults={"path": HOME})
    @app.get("/<locale>/<path:path>/")
    def page(locale: str, path: str) -> str:
        found = guide.pages[_locale(locale)].get(path)
        if found is None:
            abort(404)
        return _set_spaces(
            render_template(f"pages/{_template_of(found)}.html", page=found, locale=found.locale), found.locale
        )


def _template_of(page: Page) -> str:
    return SEARCH if page.path == SEARCH else page.kind


def _add_files(app: Flask, guide: Guide, static: Path, address: str) -> None:
    @app.get("/<locale>/manifest.webmanifest")
    def manifest(locale: str) -> Response:
        _locale(locale)
        text = render_template("manifest.webmanifest", locale=locale, home=guide.page(Locale(locale), HOME))
        return Response(text, mimetype="application/manifest+json")

    @app.get("/<locale>/search.json")
    def search_documents(locale: str) -> Response:
        plain = partial(plain_text, guide=guide, locale=_locale(locale))
        documents = list(search.search_documents(guide, Locale(locale), plain))
        return Response(app.json.dumps(documents, separators=(",", ":")), mimetype="application/json")

    @app.get("/sitemap.xml")
    def sitemap() -> Response:
        text = render_template("sitemap.xml", paths=guide.outline.paths(), address=address)
        return Response(text, mimetype="application/xml")

    @app.get("/robots.txt")
    def robots() -> Response:
        return Response(f"User-agent: *\nAllow: /\nSitemap: {address}/sitemap.xml\n", mimetype="text/plain")

    @app.get("/assets/guide.css")
    def style_sheet() -> Response:
        return Response(assets.style_sheet(static / "css"), mimetype="text/css")

    @app.get("/assets/guide.js")
    def script() -> Response:
        return Response(assets.script(static / "js" / "main.js"), mimetype="text/javascript")

    @app.get("/icons/<name>")
    def icon(name: str) -> Response:
        path = static / "icons" / name
        mimetype = {".svg": "image/svg+xml", ".png": "image/png"}.get(path.suffix)
        if mimetype is None or not path.is_file():
            abort(404)
        return Response(path.read_bytes(), mimetype=mimetype)


def _locale(code: str) -> Locale:
    if code not in set(Locale):
        abort(404)
    g.locale = code
    return Locale(code)


# ── Words ──────────────────────────────────────────────────────────────────────────────────────────────────


def _add_translations(app: Flask) -> None:
    with TemporaryDirectory(prefix="guide-") as folder:
        catalogues.compile_catalogues(Path(folder))
        Babel(
            app,
            default_translation_directories=folder,
            locale_selector=lambda: _locale_here().value,
        )
        with app.app_context():
            for locale in Locale:
                with force_locale(locale.value):
                    get_translations()  # reads the catalogue, which from then on is kept in memory


def _add_template_helpers(app: Flask, guide: Guide) -> None:
    def words(text: Text) -> Markup:
        return html_text(text, guide=guide, locale=_locale_here())

    app.jinja_env.globals.update(
        guide=guide,
        locales=tuple(Locale),
        navigation=FRAME_SECTIONS,
        DANGER=DANGER,
        ADVICE=ADVICE,
        page_url=page_url,
        in_locale=_in_locale,
        HOME=HOME,
        NOT_FOUND=NOT_FOUND,
        SEARCH=SEARCH,
    )
    app.jinja_env.filters.update(
        words=words,
        plain=partial(_plain_here, guide),
        day=lambda value: _write_day(value, _locale_here()),
        period=_write_limit,
        weight=_weight,
        hours=_hours,
    )


def _locale_here() -> Locale:
    return Locale(g.get("locale", Locale.NL.value))


def _in_locale(locale: Locale, message: str, **values: str) -> str:
    """A message in another language than the page's, for the language choice."""
    with force_locale(locale.value):
        return str(gettext(message, **values))


def _plain_here(guide: Guide, text: Text) -> str:
    return plain_text(text, guide=guide, locale=_locale_here())


def _weight(weight: str) -> str:
    words: dict[str, str] = {
        "seen": gettext("You see it"),
        "asked": gettext("It comes out in a talk"),
        "documented": gettext("It is in a file or on paper"),
    }
    return words[weight]


def _hours(hours: str) -> str:
    words: dict[str, str] = {
        "always": gettext("Day and night, every day"),
        "unknown": gettext("Hours not confirmed"),
    }
    return words[hours]


def _set_spaces(html: str, locale: Locale) -> str:
    """In French no line begins with a colon or ends with an opening quote: those spaces do not break."""
    if locale is not Locale.FR:
        return html
    return re.sub(r">[^<]+<", lambda text: re.sub(r" (?=[:;?!»])|(?<=«) ", "\u00a0", text[0]), html)


# ── Facts in words ─────────────────────────────────────────────────────────────────────────────────────────


def html_text(text: Text, *, guide: Guide, locale: Locale) -> Markup:
    """The HTML of a text with every fact written out in that language."""
    return Markup(_with_facts(text.html, guide, locale, as_html=True))


def plain_text(text: Text, *, guide: Guide, locale: Locale) -> str:
    """The words of a text with every fact written out in that language."""
    return search.without_tags(_with_facts(text.html, guide, locale, as_html=False))


def _with_facts(html: str, guide: Guide, locale: Locale, *, as_html: bool) -> str:
    named = guide.facts.named

    def written(match: re.Match[str]) -> str:
        name, _, part = match[1].partition(".")
        fact = named[name]
        if isinstance(fact, Contact) and not part and as_html:
            return f'<a class="tel" href="{fact.tel}">{escape(fact.number)}</a>'
        return str(escape(_WRITERS[type(fact)](fact, part, name, guide, locale)))

    return _MARKED_FACT.sub(written, html)


def _write_duration(fact: Duration) -> str:
    # Not CLDR's unit patterns: Babel 2.18 has none for days in Dutch and writes "45 duration-day".
    match fact.unit:
        case "day":
            return str(ngettext("%(num)s day", "%(num)s days", fact.number))
        case "month":
            return str(ngettext("%(num)s month", "%(num)s months", fact.number))
        case "year":
            return str(ngettext("%(num)s year", "%(num)s years", fact.number))


def _write_limit(fact: Duration) -> str:
    period = _write_duration(fact)
    return str(gettext("at most %(period)s", period=period)) if fact.at_most else period


def _write_article(fact: Article, part: str, guide: Guide, locale: Locale) -> str:
    if part:
        return str(getattr(fact, part))
    laws = guide.facts.laws
    now: str = gettext("article %(number)s %(of_law)s", number=fact.number, of_law=laws[fact.law].of[locale])
    if not fact.formerly:
        return now
    old = gettext("article %(number)s", number=fact.formerly)
    if fact.formerly_law:
        of_law = laws[fact.formerly_law].of[locale]
        old = gettext("article %(number)s %(of_law)s", number=fact.formerly, of_law=of_law)
    return str(gettext("%(now)s, formerly %(old)s", now=now, old=old))


_WRITERS: dict[type, Callable[..., str]] = {
    Contact: lambda fact, part, name, guide, locale: (
        guide.page(locale, f"contacts/{name}").title if part else fact.number
    ),
    Duration: lambda fact, part, name, guide, locale: str(fact.number) if part else _write_duration(fact),
    Day: lambda fact, part, name, guide, locale: str(fact.date.year) if part else _write_day(fact.date, locale),
    Count: lambda fact, part, name, guide, locale: str(fact.number),
    Law: lambda fact, part, name, guide, locale: fact.name[locale],
    Article: lambda fact, part, name, guide, locale: _write_article(fact, part, guide, locale),
    Paper: lambda fact, part, name, guide, locale: fact.name[locale],
}


def _write_day(day: date, locale: Locale) -> str:
    written = format_date(day, "long", locale=locale.conventions)
    return re.sub(r"^1 ", "1er ", written) if locale is Locale.FR else written  # CLDR has no “1er”
