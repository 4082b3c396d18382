"""The shape of an invented life in the demo; every moment is a number of days before today, so that it never ages."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Entry:
    """Something written in the logboek, by one of the logins."""

    days: int
    kind: str
    text: str
    by: str = ""  # the owner, else leerplicht
    readers: str = "team"
    spark: bool = False


@dataclass(frozen=True)
class Paper:
    """A document in the demo; demo/papers.py makes the file."""

    kind: str
    file_type: str
    lines: tuple[str, ...] = ()
    readers: str = "team"


@dataclass(frozen=True)
class Halte:
    title: str
    state: str
    days: int | None = None  # before today; negative lies ahead
    place: str = ""
    note: str = ""
    hobble: str = ""
    detour: str = ""
    rest: bool = False
    look_back: bool = False
    sparks: int = 0


@dataclass(frozen=True)
class Mate:
    """A reisgenoot without an account."""

    who: str
    circle: str = "naast"
    role: str = ""
    meaning: str = ""
    is_unexpected: bool = False
    organisation: str = ""
    mandate: str = ""
    joins_table: bool = False


@dataclass(frozen=True)
class Look:
    """A reflectie; `stop` counts from one, 0 is the whole Reis."""

    days: int
    voice: str
    text: str
    strengthen: str = ""
    stop: int = 0


@dataclass(frozen=True)
class Youth:
    first: str
    last: str
    age: int
    birthday: int  # days since the last birthday
    gemeente: str
    swv: str
    situation: str
    status: str
    registered: int
    consent: str = "gegeven"
    consented: int | None = None  # days ago; the day of registering when nothing else is said
    kind: str = ""
    side_group: str = ""
    since: int = 300
    parents: int = 2
    strengths: str = ""
    hardship: str = ""
    next_step: str = ""
    owner: str = ""
    let_in: str = ""
    included: int | None = None
    closed: int | None = None
    stopped_because: str = ""
    has_name: bool = True
    purposes: tuple[str, ...] = ()  # consent for more than sharing
    reis: dict = field(default_factory=dict)
    haltes: tuple[Halte, ...] = ()
    log: tuple[Entry, ...] = ()
    papers: tuple[Paper, ...] = ()
    mates: tuple[Mate, ...] = ()
    looks: tuple[Look, ...] = ()
