"""How wide a text is in the font of the application, and how to cut one that is too wide."""

LABEL_SIZE, LINE = 16.5, 19
LONGEST_TITLE, LONGEST_SUBTITLE = 24, 32
# Half a picture of seven haltes: labels on the same side of the road stand two haltes apart.
WIDEST_LABEL = 230

# Advance widths of Atkinson Hyperlegible Next bold, in ems, rounded up per group.
WIDTHS = {
    **dict.fromkeys("ijl,.:;'’‘|!`· ", 0.32),
    **dict.fromkeys("frt-()[]{}", 0.39),
    **dict.fromkeys('"/\\_1I*', 0.48),
    **dict.fromkeys("acehknsuvxyzJL7?", 0.57),
    **dict.fromkeys("GHNOQUDXw&#…@", 0.78),
    **dict.fromkeys("mMW", 0.89),
    "%": 0.97,
}
OTHER_WIDTH, UPPER_WIDTH, FOREIGN_WIDTH = 0.62, 0.68, 1.05
REGULAR = 0.95


def text_width(text, size=LABEL_SIZE, is_bold=True):
    """About how wide ``text`` is when set in the font of the application; rather too wide than too narrow."""
    return size * sum(_character_width(character) for character in text) * (1 if is_bold else REGULAR)


def _character_width(character):
    if character in WIDTHS:
        return WIDTHS[character]
    if ord(character) >= 0x250:
        return FOREIGN_WIDTH
    return UPPER_WIDTH if character.isupper() else OTHER_WIDTH


def shorten(text, characters=LONGEST_TITLE, width=WIDEST_LABEL, size=LABEL_SIZE, is_bold=True):
    """``text`` on one line, cut with an … where it has too many characters or is too wide."""
    text = " ".join(text.split())
    if len(text) <= characters and text_width(text, size, is_bold) <= width:
        return text
    kept = text[: characters - 1]
    while kept and text_width(kept.rstrip() + "…", size, is_bold) > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def two_lines(text, width, size):
    if text_width(text, size) <= width:
        return [text] if text else []
    words, line = text.split(" "), ""
    while words and text_width(f"{line} {words[0]}".strip(), size) <= width:
        line = f"{line} {words.pop(0)}".strip()
    if not line:
        return [shorten(text, len(text), width, size)]
    return [line, shorten(" ".join(words), len(text), width, size)]
