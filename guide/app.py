"""Guide in, Flask application out: addresses and templates."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask, Response, abort, g, render_template
from flask_babel import Babel, force_locale, get_translations, gettext
from jinja2 import StrictUndefined
from markupsafe import Markup, escape

from . import assets, calls, catalogues, pictures, practice, search, vcards, words
from .locales import Locale
from .model import (
    ADVICE,
    ALL_CONTACTS,
    CONTACTS,
    DANGER,
    FRAME_SECTIONS,
    HOME,
    LEARN,
    NOT_FOUND,
    PERSONS,
    SEARCH,
    Guide,
    Page,
    Text,
    page_url,
)


def create_app(
    guide: Guide, static: Path, address: str, *, is_withdrawn: bool = False, is_local: bool = False
) -> Flask:
    """The application that answers every address of the guide.

    `address` is where the guide will stand, such as https://guide.example: the sitemap, robots.txt and the codes for
    telephones hold it.
    `is_withdrawn`: the pages say that the guide is no longer kept on devices, and do not try.
    `is_local`: no telephone can open that address, so there are no codes for it.
    """
    app = Flask(__name__, static_folder=None)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.url_map.strict_slashes = True
    _add_translations(app)
    _add_template_helpers(app, guide, address.rstrip("/"))
    app.jinja_env.globals.update(is_withdrawn=is_withdrawn, is_local=is_local)
    _add_pages(app, guide)
    _add_cards(app, guide)
    _add_files(app, guide, static, address.rstrip("/"))
    return app


def site_urls(guide: Guide, static: Path) -> Iterator[str]:
    """Every address of the guide, in the order in which it is frozen."""
    yield from ("/", "/404.html", "/sitemap.xml", "/robots.txt", "/assets/guide.css", "/assets/guide.js")
    yield from (f"/icons/{path.name}" for path in sorted((static / "icons").iterdir()))
    for locale in Locale:
        yield from (guide.page(locale, path).url for path in (*guide.outline.paths(), NOT_FOUND))
        yield from (f"/{locale}/manifest.webmanifest", f"/{locale}/search.json", *_vcard_urls(guide, locale))
    yield from _card_urls(guide)


def site_parts(guide: Guide) -> dict[str, list[str]]:
    """What a phone stores, by part: `shell` is enough to open and to say what is missing, then one per locale.

    The cards are a part of their own, since their pages are the same for readers of every locale; so is the practice of
    each locale, since the guide itself can be used before it is here.

    The pictures of the home-screen icon are not in it: the system fetches them itself when it installs the guide.
    """
    always = (HOME, NOT_FOUND)
    shell = ["/", "/assets/guide.css", "/assets/guide.js", "/icons/guide.svg"]
    for locale in Locale:
        shell += [*(page_url(locale, path) for path in always), f"/{locale}/manifest.webmanifest"]
    parts = {"shell": shell}
    if guide.cards:
        parts["cards"] = list(_card_urls(guide))
    for locale in Locale:
        paths = (path for path in guide.outline.paths() if path not in always)
        urls = [page_url(locale, path) for path in paths]
        practice = [url for url in urls if url.startswith(f"/{locale}/{LEARN}/")]
        if practice:
            parts[f"{locale}-practice"] = practice
        parts[locale.value] = [
            *(url for url in urls if url not in practice),
            f"/{locale}/search.json",
            *_vcard_urls(guide, locale),
        ]
    return parts


def _vcard_urls(guide: Guide, locale: Locale) -> list[str]:
    """The cards for the address book: one per contact, and all of them in one file."""
    return [f"/{locale}/{CONTACTS}/{name}.vcf" for name in (*guide.facts.contacts, ALL_CONTACTS)]


def _card_urls(guide: Guide) -> Iterator[str]:
    """The pages of the cards for the person, and the clock that hides them."""
    if guide.cards:
        yield from (language.url for language in guide.shown_cards())
        yield from (f"/{locale}/clock/" for locale in Locale)


def plain_reader(app: Flask, guide: Guide) -> Callable[[Text, Locale], str]:
    """A function that writes a text in plain words of a locale, facts included."""

    def plain(text: Text, locale: Locale) -> str:
        with app.app_context():
            g.locale = locale.value
            return words.plain_text(text, guide=guide, locale=locale)

    return plain


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
        return words.set_spaces(
            render_template(f"pages/{_template_of(found)}.html", page=found, locale=found.locale), found.locale
        )


def _add_cards(app: Flask, guide: Guide) -> None:
    @app.get("/cards/<tag>/")
    def cards(tag: str) -> str:
        language = guide.cards.get(tag)
        if language is None or not language.published:
            abort(404)
        return render_template("pages/person-cards.html", language=language)

    @app.get("/<locale>/clock/")
    def clock(locale: str) -> str:
        return render_template("pages/clock.html", locale=_locale(locale))


def _template_of(page: Page) -> str:
    return SEARCH if page.path == SEARCH else page.kind


def _add_files(app: Flask, guide: Guide, static: Path, address: str) -> None:
    @app.get("/<locale>/manifest.webmanifest")
    def manifest(locale: str) -> Response:
        _locale(locale)
        text = render_template("manifest.webmanifest", locale=locale, home=guide.page(Locale(locale), HOME))
        return Response(text, mimetype="application/manifest+json")

    @app.get("/<locale>/search.json")
    def search_index(locale: str) -> Response:
        plain = partial(words.plain_text, guide=guide, locale=_locale(locale))
        return Response(search.search_index(guide, Locale(locale), plain), mimetype="application/json")

    @app.get(f"/<locale>/{CONTACTS}/<name>.vcf")
    def card(locale: str, name: str) -> Response:
        here = _locale(locale)
        names = tuple(guide.facts.contacts) if name == ALL_CONTACTS else (name,)
        if not set(names) <= guide.facts.contacts.keys():
            abort(404)
        data = vcards.all_vcards(words.contact_card(guide, each, here) for each in names)
        return Response(data, mimetype="text/vcard")

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


def _add_template_helpers(app: Flask, guide: Guide, address: str) -> None:
    app.jinja_env.globals.update(
        guide=guide,
        locales=tuple(Locale),
        navigation=FRAME_SECTIONS,
        DANGER=DANGER,
        ADVICE=ADVICE,
        HOME=HOME,
        NOT_FOUND=NOT_FOUND,
        SEARCH=SEARCH,
        page_url=page_url,
        PERSONS=PERSONS,
        decisions_on_calls=partial(calls.decisions, guide.facts),
        sign_groups_by_kind=partial(_sign_groups_by_kind, guide),
        ways_of=partial(practice.ways_of, guide),
        qr_code=lambda url: pictures.qr_code(address + url),
        call_places=partial(calls.places_of, guide.facts),
        in_locale=_in_locale,
        N_=lambda message: message,  # marks a message for the catalogues that is written later
        in_all=_in_all,
        series_chart=lambda series, name_id: pictures.series_chart(guide, series, name_id, _locale_here()),
        timeline=partial(pictures.timeline, guide),
        district_map=lambda name_id: pictures.district_map(guide, name_id, _locale_here()),
        chain_picture=pictures.chain,
        chain_links=pictures.chain_links,
        word_index_entries=lambda locale: search.word_index(guide, Locale(locale)),
    )
    app.jinja_env.filters.update(
        words=lambda text: words.html_text(text, guide=guide, locale=_locale_here()),
        plain=lambda text: words.plain_text(text, guide=guide, locale=_locale_here()),
        day=lambda value: words.write_day(value, _locale_here()),
        source_date=lambda value: words.write_source_date(value, _locale_here()),
        language=lambda code: words.write_language(code, _locale_here()),
        number=lambda value: words.write_number(value, _locale_here()),
        hours=lambda value: words.write_hours(value, _locale_here()),
        form=lambda value: words.write_form(guide, value, _locale_here()),
        period=words.write_limit,
        opening=words.write_opening,
        person=words.write_person,
        country=words.write_country,
        weight=words.write_weight,
        unit=words.write_unit,
        card=lambda text, locale=None: words.card_html(text, guide=guide, locale=locale),
        by_name=words.by_name,
    )


def _sign_groups_by_kind(guide: Guide) -> list[tuple[str, list[str]]]:
    """The lists of signs in three kinds, each with its title, in the order of the outline."""
    groups = guide.facts.sign_groups
    names = [page.slug for page in guide.section_pages(_locale_here(), "signs")]
    return [
        (gettext("Everywhere"), [name for name in names if groups[name].everywhere]),
        (gettext("By workplace"), [name for name in names if groups[name].workplace]),
        (gettext("By form of exploitation"), [name for name in names if groups[name].form]),
    ]


def _locale_here() -> Locale:
    return Locale(g.get("locale", Locale.NL.value))


def _in_locale(locale: Locale, message: str, **values: str) -> str:
    """A message in another language than the page's, for the language choice."""
    with force_locale(locale.value):
        return str(gettext(message, **values))


def _in_all(message: str) -> Markup:
    """A message in every locale, for pages that readers of all of them share; `person-cards` shows one of them."""
    each = ((locale, escape(_in_locale(locale, message))) for locale in Locale)
    return Markup("".join(f'<span class="for-reader" lang="{locale}">{text}</span>' for locale, text in each))
