"""Times matching against registers of growing size, and prints how good and how well calibrated it is.

python -m benchmarks.match                times at 200, 2,000 and 20,000 entries, beside rapidfuzz's cdist
python -m benchmarks.match --quality      precision, recall and the reliability table on the labelled lines
python -m benchmarks.match --calibrate    the [scores] of matching.toml, counted on the develop half
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rapidfuzz import fuzz, process

from samsyn.match import Matcher
from samsyn.models.recurring import RecurringMeasure, Wording
from samsyn.vocabulary.register import Register, load_register
from tests.labelled import Line, by_grade, measure, read_lines, reliability

_TEXTS = 10_000
_CDIST_TEXTS = 200
_SIZES = (200, 2_000, 20_000)
_HEADS = (
    "trygghet bostad skol torg park hamn by stads fritid ungdom förälder granne butik trafik kväll natt sommar höst "
    "medborgar förening idrott kultur miljö hälso bibliotek elev lärar klubb kontakt område gård "
    "kvarter centrum resande kund gäst natur skogs sjö cykel moped buss tåg bil gång bro tunnel plats lokal hem"
)
_MIDDLES = "samverkan vandring dialog kontroll information stöd bevakning nätverks besök utbildning patrull värd"
_TAILS = "grupp modell forum program kampanj råd vecka dag team center projekt metod analys plan träff enkät"
_FILL = (
    "kommunen polisen ska under året genomföra minst fyra gånger i samarbete med föreningar och boende där behov finns "
    "skolan ansvarar för uppföljning varje termin tillsammans med socialtjänsten enligt den gemensamma planen "
    "för området återkoppling sker till styrgruppen senast i december ungdomar vuxna personal ledning "
    "ekonomi lokaler resurser"
)


def main(arguments: Sequence[str]) -> None:
    """Runs what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quality", action="store_true")
    parser.add_argument("--calibrate", action="store_true")
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args(arguments)
    if options.plot:
        options.plot.write_text(_plot(), encoding="utf-8")
    elif options.calibrate:
        _print_calibration()
    elif options.quality:
        _print_quality()
    else:
        _print_times()


def _print_times() -> None:
    loading = _seconds(lambda: Matcher(load_register()))
    print(f"loading the register and making its matcher: {loading:.2f} s")
    heads = ("entries", "wordings", "index s", f"{_TEXTS} texts s", "ms a text", "cdist ms a text")
    print(" ".join(f"{head:>15}" for head in heads))
    for size in _SIZES:
        print(" ".join(f"{value:>15}" for value in _times(_invented_register(size))))


def _times(register: Register) -> tuple[str, ...]:
    texts = _texts(register)
    wordings = [wording.text for entry in register for wording in entry.wordings]
    matcher = Matcher(register)
    building = _seconds(lambda: Matcher(register))
    matching = _seconds(lambda: [matcher.match(text) for text in texts])
    plain = _seconds(lambda: process.cdist(texts[:_CDIST_TEXTS], wordings, scorer=fuzz.partial_ratio))
    return (
        str(len(register)),
        str(len(wordings)),
        f"{building:.2f}",
        f"{matching:.2f}",
        f"{1000 * matching / _TEXTS:.3f}",
        f"{1000 * plain / _CDIST_TEXTS:.2f}",
    )


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _invented_register(size: int) -> Register:
    """The built-in register, and entries with invented compound names up to `size`."""
    chance = random.Random(20)
    entries = list(load_register())
    seen = {entry.id for entry in entries}
    heads, middles, tails = _HEADS.split(), _MIDDLES.split(), _TAILS.split()
    while len(entries) < size:
        name = chance.choice(heads) + chance.choice(middles) + "s" + chance.choice(tails)
        other = f"{chance.choice(tails)} för {chance.choice(heads)}{chance.choice(middles)}"
        identity = f"{name}-{other}".replace(" ", "-")
        if identity not in seen:
            seen.add(identity)
            entries.append(_entry(identity, name, other))
    return Register(tuple(entries[:size]))


def _entry(identity: str, *names: str) -> RecurringMeasure:
    wordings = tuple(Wording(name) for name in names)
    return RecurringMeasure(identity, names[0], "process", "activity", "", "K", wordings)


def _texts(register: Register) -> list[str]:
    """Sentences of some eighteen words, every other with a name in it and some names misspelt."""
    chance = random.Random(7)
    fill = _FILL.split()
    texts = []
    for number in range(_TEXTS):
        words = chance.choices(fill, k=17)
        if number % 2:
            name = chance.choice(register.measures[:200]).name
            if number % 10 == 1:
                place = chance.randrange(1, len(name) - 1)
                name = name[:place] + name[place + 1 :]
            words.insert(chance.randrange(len(words)), name)
        texts.append(" ".join(words))
    return texts


def _print_quality() -> None:
    matcher = Matcher(load_register())
    for half in ("develop", "measured"):
        result = measure(matcher, read_lines(half))
        print(f"{half}: {result}")
        for kind, part in result.kinds.items():
            print(f"    {kind:18} {part}")
    for half in ("develop", "measured"):
        print(f"\nreliability on the {half} half, candidates below the threshold included")
        print(f"{'score':>12} {'candidates':>11} {'said':>6} {'right':>6}")
        for row in reliability(matcher, read_lines(half)):
            print(f"{row.low:7.2f}–{row.high:4.2f} {row.size:11} {row.said:6.2f} {row.right:6.2f}")


def _print_calibration() -> None:
    matcher = Matcher(load_register())
    halves = {half: by_grade(matcher, read_lines(half)) for half in ("develop", "measured")}
    print(f"{'grade':20} {'score':>6} {'develop':>12} {'measured':>12}")
    for grade in sorted({*halves["develop"], *halves["measured"]}):
        counts = [halves[half].get(grade, (0, 0, 0.0)) for half in halves]
        shares = " ".join(f"{f'{right} of {count}':>12}" for right, count, _ in counts)
        print(f"{grade:20} {max(score for *_, score in counts):6.2f} {shares}")


def _plot() -> str:
    """Each grade as a circle: how sure it says it is, how often it was right on the measured half, how many cases."""
    lines: list[Line] = list(read_lines("measured"))
    side, edge = 360, 40
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side + 2 * edge} {side + 2 * edge}" '
        'font-family="sans-serif" font-size="11">',
        f'<path d="M{edge},{edge + side} L{edge + side},{edge}" stroke="#999" stroke-dasharray="4"/>',
        f'<path d="M{edge},{edge} V{edge + side} H{edge + side}" stroke="#333" fill="none"/>',
        f'<text x="{edge + side / 2}" y="{2 * edge + side - 8}" text-anchor="middle">score given</text>',
        f'<text x="12" y="{edge - 12}">share right</text>',
    ]
    for value in (0.0, 0.5, 1.0):
        parts.append(f'<text x="{edge + value * side}" y="{edge + side + 14}" text-anchor="middle">{value}</text>')
        parts.append(f'<text x="{edge - 6}" y="{edge + side - value * side + 4}" text-anchor="end">{value}</text>')
    for grade, (right, count, score) in by_grade(Matcher(load_register()), lines).items():
        x, y = edge + score * side, edge + side - right / count * side
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{3 + count**0.5:.1f}" fill="#2a6" fill-opacity="0.4">'
            f"<title>{grade}: {right} of {count} right, score {score}</title></circle>"
        )
    return "\n".join([*parts, "</svg>", ""])


if __name__ == "__main__":
    main(sys.argv[1:])
