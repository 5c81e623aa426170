"""Takes the problem pictures of a focus area and gives their chapters, marked to be brought up to date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from samsyn.drafting.content import AreaContent, Taken
from samsyn.drafting.questions import ask, ask_points
from samsyn.drafting.setting import DraftSetting
from samsyn.drafting.sources import origin_note
from samsyn.drafting.years import carried, stale_years
from samsyn.extract.headings import heading_meanings
from samsyn.extract.papers import names_paper
from samsyn.models.agreement import ProblemPicture
from samsyn.models.document import BlockKind
from samsyn.models.draft import Block, Chapter, Item, Paragraph, Standing
from samsyn.vocabulary.drafting import draft_text


def problem_chapters(area: AreaContent, level: int, setting: DraftSetting) -> Iterator[Chapter]:
    """One chapter a problem picture; those whose own heading does not say so stand below one that does."""
    general = draft_text("headings", "problem" if level > 1 else "problem_overall")
    chapters = [*_pictured(area, level, general, setting)]
    if level > 1:
        yield from chapters
        yield from _asked(area, level, setting)
        return
    points = ask_points(setting.questions.at("problem"))
    written = [number for number, chapter in enumerate(chapters) if chapter.blocks]
    place = next((number for number in written if chapters[number].heading == general), *written[-1:] or (None,))
    if points and place is None:
        chapters.append(Chapter(general, level, points))
    elif points and place is not None:  # one heading is enough
        chapters[place] = replace(chapters[place], blocks=chapters[place].blocks + points)
    yield from chapters


def _pictured(area: AreaContent, level: int, general: str, setting: DraftSetting) -> Iterator[Chapter]:
    below = False
    for taken in _own_heading_first(area.problems, general):
        title = (taken.value.title or "").strip(" :")
        if _says_problem(title):
            below = title == general
            yield _chapter(taken, title, level, setting)
        elif not title or len(area.problems) == 1:
            below = False
            yield _chapter(taken, general, level, setting)
        else:
            if not below:
                yield Chapter(general, level)
            below = True
            yield _chapter(taken, title, level + 1, setting)


def _own_heading_first(problems: Sequence[Taken[ProblemPicture]], general: str) -> list[Taken[ProblemPicture]]:
    """The pictures, the one that is headed as those below it would be in front of them: one such heading is enough."""
    titles = [(taken.value.title or "").strip(" :") for taken in problems]
    if len(problems) < 2 or titles.count(general) != 1 or any(not title for title in titles):
        return list(problems)
    return sorted(problems, key=lambda taken: (taken.value.title or "").strip(" :") != general)


def _says_problem(title: str) -> bool:
    """True for a heading that announces a problem picture and does not read as the title of another paper."""
    return "problem" in heading_meanings(title) and not names_paper(title)


def _chapter(taken: Taken[ProblemPicture], heading: str, level: int, setting: DraftSetting) -> Chapter:
    items = _list_items(taken)
    blocks: list[Block] = []
    for text in filter(None, taken.value.text.split("\n")):
        passage = carried(text, setting.first_year, standing=Standing.OUTDATED)
        blocks.append(Item(passage) if text in items else Paragraph(passage))
    note = origin_note(taken.source, taken.value.evidence, key="origin_update")
    return Chapter(heading, level, tuple(blocks), (note,), stale=stale_years(heading, setting.first_year))


def _list_items(taken: Taken[ProblemPicture]) -> frozenset[str]:
    """The texts of the picture that are items of a list in its document."""
    wanted = {item.block.split(".")[0] for item in taken.value.evidence}
    blocks = (block for part in taken.source.parts for block in part.blocks() if block.id in wanted)
    return frozenset(block.text for block in blocks if block.kind is BlockKind.LIST_ITEM)


def _asked(area: AreaContent, level: int, setting: DraftSetting) -> Iterator[Chapter]:
    """What a focus area lacks is asked for there."""
    problem = setting.questions.in_area("problem", area.title)
    if problem and not area.problems:
        yield Chapter(draft_text("headings", "problem"), level, (ask(problem),))
    cause = setting.questions.in_area("causes", area.title)
    if cause:
        yield Chapter(draft_text("headings", "cause"), level, (ask(cause),))
