"""Draws De Reis as a route map: where a jeugdige started, what has been tried, and the wensdroom ahead.

Values in, frozen values out; ``templates/cases/route_map.svg`` turns them into the same picture on a page
and in a PDF. Distances are in units of the viewBox, with y growing downwards. The picture is decoration
for those who see it: ``describe`` says the same in a sentence, and the list on the page says everything.
"""

from cases.route_map.drawing import draw, fold
from cases.route_map.letters import WIDEST_LABEL, shorten, text_width
from cases.route_map.parts import MOST_NODES, Box, Hobble, Label, Route, Stop, StopState
from cases.route_map.words import describe, number_text

__all__ = [
    "MOST_NODES",
    "WIDEST_LABEL",
    "Box",
    "Hobble",
    "Label",
    "Route",
    "Stop",
    "StopState",
    "describe",
    "draw",
    "fold",
    "number_text",
    "shorten",
    "text_width",
]
