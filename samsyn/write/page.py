"""Takes a template and its values, gives a page of HTML that stands alone: no file, font or address beside it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from samsyn.write.clean import clean_text

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = "samsyn.write", "templates"


def render_page(template: str, values: Mapping[str, Any]) -> str:
    """The page that the template of templates/ makes of the values.

    Every text is cleaned and escaped; `base.html.j2` puts in the stylesheet, and forbids the page whatever it does
    not hold itself: addresses, and scripts other than the template's own.
    """
    return _environment().get_template(template).render(values)


def page_link(document: str | None, page: int | None) -> str | None:
    """The address of a page within a document that lies at `document`, relative to where the page is written."""
    if document is None:
        return None
    address = quote(document, safe="/.-_~")
    return f"{address}#page={page}" if page and document.lower().endswith(".pdf") else address


def as_markup(text: str) -> Any:
    """Markup that this package has made, such as a drawing, to be put into a page as it is."""
    from markupsafe import Markup

    return Markup(text)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader(*_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_cleaned,
    )
    environment.globals.update(stylesheet=_own("style.css"), own_script=_own, script_hash=_hash, page_link=page_link)
    return environment


def _cleaned(value: object) -> object:
    """Text without control characters, None as nothing; what is markup already stays as it is."""
    if value is None:
        return ""
    return clean_text(value) if type(value) is str else value


@cache
def _own(name: str) -> Any:
    """A file of templates/ as markup, to be put into the page as it is."""
    return as_markup(files(_TEMPLATES[0]).joinpath(_TEMPLATES[1], name).read_text(encoding="utf-8"))


def _hash(name: str) -> str:
    """The digest by which a page's policy lets its own script run and no other."""
    digest = hashlib.sha256(str(_own(name)).encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
