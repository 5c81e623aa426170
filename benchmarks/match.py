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

from rapidfuzz import fuzz, process

from samsyn.match import Matcher
from samsyn.models.recurring import RecurringMeasure, Wording
from samsyn.vocabulary.register import Register, load_register
from tests.labelled import Line, calibrate, measure, read_lines, reliability

_TEXTS = 10_000
_CDIST_TEXTS = 200
_SIZES = (200, 2_000, 20_000)
_HEADS = (
    "trygghet bostad skol torg park hamn by stads fritid ungdom förälder granne butik trafik kväll natt sommar höst "
    "medborgar förening idrott kultur miljö hälso bibliotek elev lärar klubb kontakt område gård kvarter centrum resande "
    "kund gäst natur skogs sjö cykel moped buss tåg bil gång bro tunnel plats lokal hem"
).split()
_MIDDLES = "samverkan vandring dialog kontroll information stöd bevakning nätverks besök utbildning patrull värd".split()
_TAILS = "grupp modell forum program kampanj råd vecka dag team center projekt metod analys plan träff enkät".split()
_FILL = (
    "kommunen polisen ska under året genomföra minst fyra gånger i samarbete med föreningar och boende där behov finns "
    "skolan ansvarar för uppföljning varje termin tillsammans med socialtjänsten enligt den gemensamma planen för området "
    "återkoppling sker till styrgruppen senast i december ungdomar vuxna personal ledning ekonomi lokaler resurser"
).split()


def main(arguments: Sequence[str]) -> None:
    """Runs what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quality", action="store_true")
    parser.add_argument("--calibrate", action="store_true")
    options = parser.parse_args(arguments)
    if options.calibrate:
        _print_calibration()
    elif options.quality:
        _print_quality()
    else:
        _print_times()


def _print_times() -> None:
    loading = _seconds(lambda: Matcher(load_register()))
    print(f"loading the register and making its matcher: {loading:.2f} s")
    print(f"{'entries':>8} {'wordings':>9} {'index s':>8} {f'{_TEXTS} texts s':>14} {'ms a text':>10} {'cdist ms a text':>16}")
    for size in _SIZES:
        register = _invented_register(size)
        texts = _texts(register)
        made: list[Matcher] = []
        building = _seconds(lambda: made.append(Matcher(register)))  # noqa: B023 - called at once
        matching = _seconds(lambda: [made[0].match(text) for text in texts])  # noqa: B023
        wordings = [wording.text for entry in register for wording in entry.wordings]
        plain = _seconds(lambda: process.cdist(texts[:_CDIST_TEXTS], wordings, scorer=fuzz.partial_ratio))  # noqa: B023
        print(
            f"{size:8} {len(wordings):9} {building:8.2f} {matching:14.2f} {1000 * matching / _TEXTS:10.3f}"
            f" {1000 * plain / _CDIST_TEXTS:16.2f}"
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
    while len(entries) < size:
        name = chance.choice(_HEADS) + chance.choice(_MIDDLES) + "s" + chance.choice(_TAILS)
        other = f"{chance.choice(_TAILS)} för {chance.choice(_HEADS)}{chance.choice(_MIDDLES)}"
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
    texts = []
    for number in range(_TEXTS):
        words = chance.choices(_FILL, k=17)
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
    lines: list[Line] = [*read_lines("develop"), *read_lines("measured")]
    print("\nreliability over both halves, candidates below the threshold included")
    print(f"{'score':>12} {'candidates':>11} {'said':>6} {'right':>6}")
    for row in reliability(matcher, lines):
        bar = "#" * round(40 * row.right)
        print(f"{row.low:5.2f}–{row.high:4.2f} {row.count:13} {row.said:6.2f} {row.right:6.2f}  {bar}")


def _print_calibration() -> None:
    for grade, (right, count, score) in sorted(calibrate(load_register(), read_lines("develop")).items()):
        print(f"{grade} = {score:.2f}  # {right} of {count}")


if __name__ == "__main__":
    main(sys.argv[1:])
