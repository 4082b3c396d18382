"""Ways to do it wrong that look right. The attacker must see through each, or it proves nothing about the real one."""

from reporting.disclosure.suppress import Protected as Edition
from reporting.disclosure.suppress import Rule, Sign, as_cell, protect
from reporting.disclosure.tables import Publication


def signed(publication, signs, rule=None):
    rule = rule or Rule()
    shown = (cell for cell in publication.counts if cell not in publication.unpublished)
    return Edition({cell: as_cell(signs.get(cell, Sign.SHOWN), publication.counts[cell], rule) for cell in shown}, rule)


def small_counts(publication, rule=None):
    rule = rule or Rule()
    return {
        cell: Sign.SMALL
        for cell, count in publication.counts.items()
        if rule.is_small(count) and cell not in publication.unpublished
    }


def only_small_counts(publication, _own):
    """Threshold suppression and nothing else."""
    return signed(publication, small_counts(publication))


def two_in_every_sum(publication, _own):
    """The rule of thumb: a hidden count never stands alone in a sum; its partner is the smallest that is left."""
    signs = small_counts(publication)
    changed = True
    while changed:
        changed = False
        for relation in publication.relations:
            members = [cell for cell in (relation.whole, *relation.parts) if cell not in publication.unpublished]
            free = [cell for cell in members if cell not in signs and publication.counts[cell]]
            if sum(cell in signs for cell in members) == 1 and free:
                signs[min(free, key=lambda cell: (publication.counts[cell], cell))] = Sign.SECONDARY
                changed = True
    return signed(publication, signs)


def each_table_on_its_own(publication, own):
    """Every set of tables safe by itself; a total that one hides is shown by the other."""
    cells = {}
    for name in ("jaar", "leeftijd"):
        mine = {cell for cell in publication.counts if dict(cell).keys() <= {"plaats", "situatie", name}}
        if name == "leeftijd":
            mine = {cell for cell in mine if "situatie" not in dict(cell)}
        relations = [one for one in publication.relations if {one.whole, *one.parts} <= mine]
        part = Publication({cell: publication.counts[cell] for cell in sorted(mine)}, tuple(relations))
        for cell, shown in protect(part, insiders=own).cells.items():
            cells[cell] = shown if shown.is_shown or cell not in cells else cells[cell]
    rest = {cell: shown for cell, shown in only_small_counts(publication, own).cells.items() if cell not in cells}
    return Edition({**cells, **rest})


def filters_without_their_rest(publication, own):
    """What a filter leaves out is printed nowhere, so nobody thinks of it."""
    relations = [one for one in publication.relations if not publication.unpublished & {one.whole, *one.parts}]
    printed = {cell: count for cell, count in publication.counts.items() if cell not in publication.unpublished}
    return protect(Publication(printed, tuple(relations)), insiders=own)


def no_insiders(publication, _own):
    """Safe from the street, not from the neighbour."""
    return protect(publication)


FOR_OUTSIDERS = (only_small_counts, two_in_every_sum, each_table_on_its_own, filters_without_their_rest)
FOR_INSIDERS = (no_insiders,)
