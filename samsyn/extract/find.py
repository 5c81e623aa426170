"""Takes a divided document and runs every finder over it; gives all findings side by side, decided between by none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from samsyn.extract.area_lists import stated_areas, with_listed
from samsyn.extract.areas import mark_prose_areas, mark_repeated_areas
from samsyn.extract.finders.abbreviations import find_units
from samsyn.extract.finders.found import FoundArea, FoundGoal, FoundMeasure, FoundProblem
from samsyn.extract.finders.goals import find_goals
from samsyn.extract.finders.measure_lists import Setting
from samsyn.extract.finders.measures import find_measures
from samsyn.extract.finders.mentions import find_mentions
from samsyn.extract.finders.metadata import Metadata, find_metadata
from samsyn.extract.finders.problems import find_problems
from samsyn.extract.outline import walk_places
from samsyn.match import Matcher
from samsyn.models.agreement import Mention, Unit
from samsyn.models.document import Document
from samsyn.models.section import Part


@dataclass(frozen=True, slots=True)
class Content:
    """What an agreement says, in reading order within each kind."""

    areas: tuple[FoundArea, ...]
    goals: tuple[FoundGoal, ...]
    problems: tuple[FoundProblem, ...]
    measures: tuple[FoundMeasure, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything found in one agreement's parts."""

    metadata: Metadata
    content: Content
    mentions: tuple[Mention, ...]
    units: tuple[Unit, ...] = ()


def find_in(document: Document, parts: Sequence[Part], matcher: Matcher) -> Findings:
    """The findings in `parts` of the document; `matcher` knows the recurring measures."""
    metadata = find_metadata(document, tuple(parts))
    setting = _setting(metadata)
    read = parts
    found = _find_content(parts, setting)
    if not found.measures:
        read = parts if found.areas else mark_prose_areas(parts)
        prose = _find_content(read, replace(setting, prose=True))
        # Below areas that are known, one sentence ('En uppföljning ska göras') makes no agreement in running text.
        if not found.areas or setting.promises or len(prose.measures) > 1:
            found = prose
    return Findings(
        metadata=metadata,
        content=found,
        mentions=find_mentions(document, read, matcher),
        units=find_units(parts, [unit for one in found.measures for unit in one.responsible], metadata.municipalities),
    )


def _find_content(parts: Sequence[Part], setting: Setting) -> Content:
    tables = find_measures(parts, setting)
    named = [area.title for table in tables for area in table.areas]
    repeated = mark_repeated_areas(parts, named) if named else tuple(parts)
    if repeated != tuple(parts):
        parts, tables = repeated, find_measures(repeated, setting)
    areas = (*_heading_areas(parts), *(area for table in tables for area in table.areas))
    return Content(
        areas=with_listed(areas, parts) or stated_areas(parts),
        goals=(*find_goals(parts), *(goal for table in tables for goal in table.goals)),
        problems=(*find_problems(parts), *(problem for table in tables for problem in table.problems)),
        measures=tuple(measure for table in tables for measure in table.measures),
    )


def _setting(metadata: Metadata) -> Setting:
    return Setting(promises=metadata.is_promise, reported=metadata.kind == "uppföljning")


def _heading_areas(parts: Sequence[Part]) -> list[FoundArea]:
    return [
        FoundArea(place.section.area, place.section.heading.locate())
        for place in walk_places(parts)
        if place.section.area is not None and place.section.heading is not None
    ]
