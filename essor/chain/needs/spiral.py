"""How a code of the SPIRAL kind reads: what, in which position, for whom; cut shorter, it is more general.

`A` access to means of life, `A01` food, `A01-11` bread, `/P15` cannot for lack of money, `/k` for children.
"""


def generalisations(value: str) -> list[str]:
    """Every more general code, nearest first, without the code itself.

    >>> generalisations("A01/P15/k")
    ['A01/P15', 'A01/P/k', 'A01/P', 'A01', 'A/P15/k', 'A/P15', 'A/P/k', 'A/P', 'A']
    >>> generalisations("A01-11/P15")[:4]
    ['A01-11/P', 'A01-11', 'A01/P15', 'A01/P']
    >>> generalisations("A")
    []
    """
    what, *rest = value.split("/")
    position = next((part for part in rest if part[0].isupper()), "")
    subject = next((part for part in rest if part[0].islower()), "")
    found = []
    for kind in _shorter_what(what):
        for place in _shorter_position(position):
            for whom in [subject, ""] if subject and (place or not position) else [""]:
                found.append("/".join(part for part in (kind, place, whom) if part))
    return [each for each in dict.fromkeys(found) if each != value]


def component_of(value: str) -> str:
    """The component a code speaks of: its letter and first two figures.

    >>> component_of("A01-11/P15/k"), component_of("B/P")
    ('A01', 'B')
    """
    return value.split("/")[0].split("-")[0]


def _shorter_what(what: str) -> list[str]:
    first, *details = what.split("-")
    chain = ["-".join([first, *details[:n]]) for n in range(len(details), -1, -1)]
    return chain if len(first) == 1 else [*chain, first[0]]


def _shorter_position(position: str) -> list[str]:
    if not position:
        return [""]
    return [position, position[0], ""] if len(position) > 1 else [position, ""]
