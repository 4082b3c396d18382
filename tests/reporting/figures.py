"""Invented figures as the monitor would publish them: places, splits, ages with two overlapping bandings, school years."""

import random

from reporting.disclosure.tables import Dimension, Publication, Relation, Table, key

AGES = Dimension(
    "leeftijd",
    (
        (None, ("4", "5-11", "12-15", "16+")),
        (None, ("onder 12", "vanaf 12")),
        ("onder 12", ("4", "5-11")),
        ("vanaf 12", ("12-15", "16+")),
        ("4-15", ("4", "5-11", "12-15")),
    ),
)


def places(regions):
    """`regions`: how many samenwerkingsverbanden each region has."""
    inside = {
        f"regio{at}": tuple(f"swv{at}{chr(97 + one)}" if size < 27 else f"swv{at}-{one:03}" for one in range(size))
        for at, size in enumerate(regions)
    }
    if len(inside) == 1:
        return Dimension("plaats", ((None, *inside.values()),))
    return Dimension("plaats", ((None, tuple(inside)), *inside.items()))


def plain(name, size):
    return Dimension(name, ((None, tuple(f"{name}{at}" for at in range(size))),))


def wholes_of(dimension):
    """Per code everything it counts for."""
    above = {}
    for whole, parts in dimension.sums:
        for part in parts:
            above.setdefault(part, set()).add(whole)

    def upward(code):
        return {code}.union(*(upward(whole) for whole in above.get(code, ())))

    leaves = set(above) - {whole for whole, _ in dimension.sums}
    return {leaf: sorted(upward(leaf), key=str) for leaf in sorted(leaves)}


def count(tables, youths):
    """Counts of every cell; a youth is a code per dimension name."""
    found = {}
    for table in tables:
        ways = [wholes_of(dimension) for dimension in table.dimensions]
        counted = {}
        for youth in youths:
            cells = [dict(table.fixed)]
            for dimension, way in zip(table.dimensions, ways, strict=True):
                cells = [{**cell, dimension.name: code} for cell in cells for code in way[youth[dimension.name]]]
            for cell in cells:
                counted[key(**cell)] = counted.get(key(**cell), 0) + 1
        found.update(counted)
    return found


def youths_at(dimensions, chance, how_many):
    """`how_many(place)` youths at each place in each year, unevenly spread over the other splits."""
    where, when, *splits = dimensions
    youths = []
    for place in wholes_of(where):
        for year in wholes_of(when):
            for _ in range(how_many()):
                youth = {where.name: place, when.name: year}
                for split in splits:
                    leaves = list(wholes_of(split))
                    youth[split.name] = chance.choices(leaves, [2.0**-at for at in range(len(leaves))])[0]
                youths.append(youth)
    return youths


def own_cells(publication):
    """Per samenwerkingsverband all cells that its own staff see in full; a region of one is theirs as well."""
    cells_at = {}
    for cell in publication.counts:
        cells_at.setdefault(dict(cell).get("plaats") or "", []).append(cell)
    own = {place: cells for place, cells in cells_at.items() if place.startswith("swv")}
    for place in own:
        region = "regio" + place[3]
        if sum(other.startswith(place[:4]) for other in own) == 1:
            own[place] = own[place] + cells_at.get(region, [])
    return own


def edition(seed, regions=None, years=2, sizes=(0, 1, 3, 4, 5, 6, 8, 12, 20, 40), corrected=False):
    """Two tables that share their totals and overlap: situation by year, and age, with a filter across them. Corrected:
    the same figures later on, with one youth gone and a few more."""
    chance = random.Random(seed)
    where = places(regions or chance.choice(((2, 2), (2, 3), (1, 3), (4,), (2, 2, 1))))
    when, situation = plain("jaar", years), plain("situatie", chance.choice((2, 3)))
    tables = [Table((where, when, situation)), Table((where, AGES))]
    youths = youths_at((where, when, situation, AGES), chance, lambda: chance.choice(sizes))
    if corrected:
        del youths[len(youths) // 2]
        youths += chance.sample(youths_at((where, when, situation, AGES), chance, lambda: 1), 3)
    publication = Publication.of(tables, count(tables, youths))
    return with_filter(publication, youths, where)


def with_filter(publication, youths, where):
    """Adds per place a filter that crosses the tables: 12 or older and in the first situation; what is left is not printed."""
    counts, relations, hidden = dict(publication.counts), list(publication.relations), set(publication.unpublished)
    table = Table((where,))
    older = [one for one in youths if one["situatie"] == "situatie0" and one["leeftijd"] in ("12-15", "16+")]
    inside = count([table], older)
    for cell in table.cells():
        both, rest = key(**dict(cell), filter="ouder"), key(**dict(cell), filter="jonger")
        whole = key(**dict(cell), situatie="situatie0")
        counts[both] = inside.get(cell, 0)
        counts[rest] = counts[whole] - counts[both]
        hidden.add(rest)
        relations.append(Relation(whole, (both, rest)))
    for relation in table.relations():
        for name in ("ouder", "jonger"):
            whole, *parts = (key(**dict(cell), filter=name) for cell in (relation.whole, *relation.parts))
            relations.append(Relation(whole, tuple(parts)))
    return Publication(counts, tuple(relations), frozenset(hidden))
