"""Guide in, search index out: what a reader's phone looks through, one per locale. Does no input or output."""

from .alphabet import word_index
from .documents import search_documents
from .index import search_index

__all__ = ["search_documents", "search_index", "word_index"]
