"""Whether an attacker gets hidden counts back, what hiding costs, and how long it takes.

`python -m bench.disclosure [data sets]`; needs no database.
"""

import random
import sys
import time

from reporting.disclosure.suppress import Rule, loss_of, protect
from reporting.disclosure.tables import Publication, Table
from tests.reporting import broken
from tests.reporting.attacker import attack, attack_editions, narrowed
from tests.reporting.figures import count, edition, own_cells, places, plain, youths_at

EVERY = 4  # one in so many data sets has a corrected edition
PER_SWV = (0, 2, 3, 5, 5, 5, 6, 8, 12, 20)  # youths per samenwerkingsverband and year


def attacks(seeds):
    """Every data set against the outsider and one insider, in turn; what is recovered, narrowed, undecided."""
    found = {"aanvallen": 0, "teruggevonden": 0, "te smal": 0, "onbeslist": 0, "geweigerd": 0, "herzien geweigerd": 0}
    lost = [0, 0, 0, 0]

    def note(publication, protected, result):
        found["aanvallen"] += 1
        found["teruggevonden"] += len(result.recovered)
        found["te smal"] += len(narrowed(publication, protected, result))
        found["onbeslist"] += len(result.undecided)

    for seed in seeds:
        publication = edition(seed)
        own = own_cells(publication)
        protected = protect(publication, insiders=own)
        loss = loss_of(protected)
        lost = [a + b for a, b in zip(lost, (loss.cells, loss.small, loss.secondary, loss.withheld), strict=True)]
        found["geweigerd"] += bool(protected.refused)
        readers = ((), own[sorted(own)[seed % len(own)]])
        for reader in readers:
            note(publication, protected, attack(publication, protected, reader, seed))
        if seed % EVERY == 0:
            later = edition(seed, corrected=True)
            again = protect(later, insiders=own_cells(later), earlier=[protected])
            found["herzien geweigerd"] += bool(again.refused)
            for reader in readers:
                both = attack_editions([(publication, protected), (later, again)], reader, seed)
                note(publication, protected, both[0])
                if not again.refused:
                    note(later, again, both[1])
    return found, lost


def volume(swvs, regions, sizes=PER_SWV):
    chance = random.Random(swvs)
    where = places([swvs // regions + (at < swvs % regions) for at in range(regions)])
    when, split = plain("jaar", 3), plain("soort", 6)
    table = Table((where, when, split))
    youths = youths_at((where, when, split), chance, lambda: chance.choice(sizes))
    return Publication.of([table], count([table], youths))


def timed(publication, rule=None, *, with_insiders):
    own = own_cells(publication) if with_insiders else {}
    start = time.process_time()
    protected = protect(publication, rule, insiders=own)
    return protected, time.process_time() - start


def main(sets):
    print("| cijfers | wie leest | cellen | te klein | mee verborgen | achtergehouden | s CPU |")
    print("|---|---|---|---|---|---|---|")
    larger = tuple(5 * size for size in PER_SWV)
    cases = [
        ("landelijk, 151 SWV", volume(151, 10)),
        ("landelijk, vijf keer zoveel jeugdigen", volume(151, 10, larger)),
        ("één regio, 15 SWV", volume(15, 1)),
    ]
    for name, publication in cases:
        for with_insiders in (False, True):
            protected, seconds = timed(publication, with_insiders=with_insiders)
            row(name, "ook eigen SWV voluit" if with_insiders else "buitenstaander", loss_of(protected), seconds)
    for kept in (4, 3, 2):
        protected, seconds = timed(cases[0][1], Rule(loss=4 - kept), with_insiders=True)
        row(f"landelijk, {kept} van 4 waarden blijven", "ook eigen SWV voluit", loss_of(protected), seconds)

    start = time.process_time()
    found, lost = attacks(range(sets))
    print(f"\n{sets} verzonnen publicaties: {found}, {time.process_time() - start:.0f} s CPU")
    cells, small, secondary, withheld = lost
    print(f"van {cells} cellen: {small / cells:.1%} te klein, {secondary / cells:.1%} mee verborgen,", end=" ")
    print(f"{withheld / cells:.1%} achtergehouden")

    print("\n| fout algoritme | publicaties waar iets terugkwam | cellen |\n|---|---|---|")
    tried = min(sets, 100)
    for wrong in (*broken.FOR_OUTSIDERS, *broken.FOR_INSIDERS):
        opened = [len(break_open(wrong, seed).recovered) for seed in range(tried)]
        print(f"| {wrong.__name__} | {sum(map(bool, opened))} van {tried} | {sum(opened)} |")


def break_open(wrong, seed):
    publication = edition(seed)
    own = own_cells(publication)
    reader = next(iter(own.values())) if wrong in broken.FOR_INSIDERS else ()
    return attack(publication, wrong(publication, own), reader, seed)


def row(name, who, loss, seconds):
    shares = " | ".join(f"{number / loss.cells:.1%}" for number in (loss.small, loss.secondary, loss.withheld))
    print(f"| {name} | {who} | {loss.cells} | {shares} | {seconds:.2f} |".replace(".", ","))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
