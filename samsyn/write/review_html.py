"""Takes a review, gives a page of HTML: the document on one side, what was found in it on the other, to be judged."""

from __future__ import annotations

import base64
from typing import IO

from samsyn.models.review_page import Review, ReviewItem, ReviewPage
from samsyn.write.clean import one_line
from samsyn.write.labels import field_label, measure_label, number_label, value_label
from samsyn.write.page import render_page

_GROUPS = {
    "doubtful": "Osäkra uppgifter",
    "facts": "Om överenskommelsen",
    "focus_areas": "Fokusområden",
    "goals": "Mål",
    "targets": "Målvärden",
    "problem_pictures": "Problembilder",
    "measures": "Åtgärder",
    "mentions": "Återkommande åtgärder som nämns",
    "signatories": "Undertecknare",
}
_ITEMS = {
    "": "Om överenskommelsen",
    "focus_areas": "Fokusområde",
    "goals": "Mål",
    "targets": "Målvärde",
    "problem_pictures": "Problembild",
    "measures": "Åtgärd",
    "mentions": "Nämnd åtgärd",
    "signatories": "Undertecknare",
}
_DOUBTS = {
    "no-value": "Hittades inte i dokumentet.",
    "no-place": "Ingen plats i dokumentet är angiven.",
    "low-score": "Igenkänd med låg säkerhet.",
    "recognised": "Läst från en inskannad bild.",
    "cautioned": "Berörs av en varning.",
}
_FIELDS = {"period.start": "start", "period.end": "end", "decided.body": "decided_by", "decided.date": "decided_on"}


def write_review(review: Review, stream: IO[str]) -> None:
    """Write the page; everything that it shows lies in it, and the same review gives the same bytes."""
    values = {
        "language": "sv",
        "script": "review.js",
        "review": review,
        "groups": _GROUPS,
        "doubts": _DOUBTS,
        "item_name": _item_name,
        "label": _label,
        "shown": _shown,
        "picture": _picture,
        "number": number_label,
        "block_places": {place.block: place.id for place in review.places if place.box is None},
        "heading_tag": _heading_tag,
    }
    stream.write(render_page("review.html.j2", values))


def _item_name(item: ReviewItem) -> str:
    return _ITEMS[item.list]


def _label(item: ReviewItem, field: str) -> str:
    if item.list == "measures":
        return measure_label(field)
    if item.list == "mentions":
        return "Återkommande åtgärd"
    if (item.list, field) == ("signatories", "title"):
        return "Titel"
    return field_label(_FIELDS.get(field, field))


def _shown(text: str) -> str:
    return value_label(text) if text == one_line(text) else text


def _picture(page: ReviewPage) -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(page.picture or b'').decode('ascii')}"


def _heading_tag(level: int) -> str:
    return f"h{min(6, max(3, level + 2))}"
