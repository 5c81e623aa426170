"""Takes the checks of many agreements, gives how complete they are and how many of their goals can be measured."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple

from samsyn.checking.requirements import load_requirements
from samsyn.models.agreement import Agreement
from samsyn.models.check import CheckReport, Measurable, Verdict
from samsyn.models.table import Column, Row, Table, TableSchema

CompletenessBy = Literal["requirement", "agreement", "year"]
GoalsBy = Literal["year", "county", "kind", "agreement"]


class Checked(NamedTuple):
    """What a check says of an agreement in few words, so that those of a large corpus fit in memory."""

    id: str
    municipality: str | None
    counties: tuple[str, ...]
    kind: str
    year: int | None
    """In which it begins."""
    score: int | None
    """Percent of the points that were judged."""
    verdicts: tuple[tuple[str, Verdict], ...]
    """Requirement and verdict of each point that counts."""
    goals: Mapping[Measurable, int]
    """How many goals can be measured, in part or not."""


def checked(report: CheckReport, *, identity: str, agreement: Agreement) -> Checked:
    """The report of the agreement that a corpus calls `identity`, in few words."""
    return Checked(
        id=identity,
        municipality=", ".join(place.name for place in agreement.municipalities) or None,
        counties=tuple(dict.fromkeys(place.county for place in agreement.municipalities if place.county)),
        kind=report.kind,
        year=int(agreement.period.start[:4]) if agreement.period.start else None,
        score=report.score,
        verdicts=tuple((point.id, point.verdict) for point in report.points if point.counted),
        goals=Counter(goal.measurable for goal in report.goals),
    )


_COUNTS = (
    Column("found", "integer", "met"),
    Column("partly", "integer", "met in part"),
    Column("missing", "integer", "not met"),
)


def _schema(what: str, *columns: Column, key: tuple[str, ...] = ()) -> TableSchema:
    return TableSchema("completeness", f"{what} by 'samsyn check'", columns, key=key)


_BY_REQUIREMENT = _schema(
    "How many agreements meet each requirement",
    Column("id", description="of the requirement"),
    Column("title"),
    *_COUNTS,
    Column("of", "integer", "agreements that could be judged by it"),
    Column("share", "number", "of them, those that meet it; in part counts half"),
)
_BY_AGREEMENT = _schema(
    "How complete each agreement is",
    Column("agreement", references="agreements"),
    Column("municipality"),
    Column("kind"),
    Column("year", "integer", "in which it begins"),
    Column("score", "integer", "percent of the points that were judged; in part counts half"),
    *_COUNTS,
    key=("agreement",),
)
_BY_YEAR = _schema(
    "How complete agreements are, by the year in which they begin,",
    Column("year", "integer"),
    Column("agreements", "integer"),
    Column("lowest", "integer", "percent"),
    Column("median", "integer", "percent"),
    Column("highest", "integer", "percent"),
    key=("year",),
)


def completeness(every_one: Iterable[Checked], *, by: CompletenessBy = "requirement") -> Table:
    """How complete the agreements are: requirement by requirement, each agreement, or by the year they begin in."""
    return _COMPLETENESS[by](every_one)


def _by_requirement(every_one: Iterable[Checked]) -> Table:
    titles = {requirement.id: requirement.title for requirement in load_requirements()}
    verdicts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in every_one:
        for identity, verdict in one.verdicts:
            verdicts[identity][verdict] += 1
    rows: list[Row] = []
    for identity, counted in verdicts.items():
        every = counted.total()
        share = round((counted["found"] + counted["partly"] / 2) / every, 4)
        rows.append((identity, titles[identity], counted["found"], counted["partly"], counted["missing"], every, share))
    rows.sort(key=lambda row: (-float(row[6] or 0), str(row[1])))
    return Table(_BY_REQUIREMENT, rows)


def _by_agreement(every_one: Iterable[Checked]) -> Table:
    rows: list[Row] = [
        (
            one.id, one.municipality, one.kind, one.year, one.score,
            *(sum(found == verdict for _, found in one.verdicts) for verdict in ("found", "partly", "missing")),
        )
        for one in every_one
    ]  # fmt: skip
    return Table(_BY_AGREEMENT, sorted(rows, key=lambda row: (row[4] is None, row[4] or 0, str(row[0]))))


def _by_year(every_one: Iterable[Checked]) -> Table:
    scores: dict[int, list[int]] = defaultdict(list)
    for one in every_one:
        if one.year is not None and one.score is not None:
            scores[one.year].append(one.score)
    rows: list[Row] = [
        (year, len(found), min(found), sorted(found)[len(found) // 2], max(found))
        for year, found in sorted(scores.items())
    ]
    return Table(_BY_YEAR, rows)


_COMPLETENESS: Mapping[CompletenessBy, Callable[[Iterable[Checked]], Table]] = {
    "requirement": _by_requirement,
    "agreement": _by_agreement,
    "year": _by_year,
}


def measurable_goals(every_one: Iterable[Checked], *, by: GoalsBy = "year") -> Table:
    """How many goals can be measured, by the year the agreement begins in, its county, its kind, or each agreement."""
    judged: dict[str | int, Counter[str]] = defaultdict(Counter)
    owners: Counter[str | int] = Counter()
    for one in every_one:
        for group in _groups(one, by) if one.goals else ():
            owners[group] += 1
            judged[group].update(one.goals)
    schema = TableSchema(
        "goals",
        "How many goals can be measured",
        (
            Column(by, "integer" if by == "year" else "text", "in which the agreement begins" if by == "year" else ""),
            Column("agreements", "integer", "with goals"),
            Column("goals", "integer"),
            Column("measurable", "integer", "goals that name a figure, or all or none"),
            Column("partly", "integer", "goals that name a direction without a figure, or a change without its start"),
            Column("not_measurable", "integer", "goals that name neither"),
            Column("share", "number", "measurable goals of all"),
        ),
        key=(by,),
    )
    rows: list[Row] = [
        (
            group, owners[group], counted.total(), counted["yes"], counted["partly"], counted["no"],
            round(counted["yes"] / counted.total(), 4),
        )
        for group, counted in sorted(judged.items(), key=lambda item: str(item[0]))
    ]  # fmt: skip
    return Table(schema, rows)


def _groups(one: Checked, by: GoalsBy) -> Iterable[str | int]:
    if by == "agreement":
        return (one.id,)
    if by == "kind":
        return (one.kind,)
    if by == "county":
        return one.counties
    return (one.year,) if one.year is not None else ()
