"""Markdown and facts in, an offline guide out. These are the names other code may use."""

from .app import create_app, plain_reader, site_parts, site_urls
from .calls import review_table
from .catalogues import check_catalogues, update_catalogues
from .checks import check_guide, overdue_reviews
from .content import load_guide
from .errors import GuideError, GuideProblems, Problem
from .freeze import freeze
from .language import readability, unused_terms, word_counts
from .locales import Locale
from .model import Guide
from .packs import pack, withdraw
from .paths import document as paths_document
from .practice import document as practice_document
from .wsgi import application

__all__ = [
    "Guide",
    "GuideError",
    "GuideProblems",
    "Locale",
    "Problem",
    "application",
    "check_catalogues",
    "check_guide",
    "create_app",
    "freeze",
    "load_guide",
    "overdue_reviews",
    "pack",
    "paths_document",
    "plain_reader",
    "practice_document",
    "readability",
    "review_table",
    "site_parts",
    "site_urls",
    "unused_terms",
    "update_catalogues",
    "withdraw",
    "word_counts",
]
