"""What the jongere hears after a table, in plain words: a draft that somebody makes their own (R9.1)."""


def feedback_draft(*, wensdroom, promises, agreed=""):
    """`promises` are (text, by when); no name of who promised, since that is for the teller to say."""
    lines = ["We dachten aan tafel mee."]
    if wensdroom:
        stop = "" if wensdroom[-1] in ".!?…" else "."
        lines = [f"We dachten aan tafel mee over wat jij wilt: ‘{wensdroom}’{stop}"]
    if agreed:
        lines.append(agreed)
    if promises:
        lines.append("Dit gaan we doen:")
        lines += [f"- {text} (uiterlijk {when})" for text, when in promises]
    lines.append("Wat vind jij ervan?")
    return "\n".join(lines)
