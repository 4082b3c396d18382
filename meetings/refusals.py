"""What the database refused, by the name of its rule."""


def rule_of(error):
    """The constraint behind an IntegrityError; a trigger of ours names one too."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
