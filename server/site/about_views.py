"""What the templates of the pages about the site itself are given."""

from dataclasses import dataclass

from server.pieces import Claim, Count, Link, Modality


@dataclass(frozen=True)
class Section:
    """One of the pages about the site, for the list that stands on each of them."""

    name: str
    link: Link
    is_here: bool


@dataclass(frozen=True)
class AboutPage:
    """A page about the site; ``example`` is a claim of the snapshot in force, None where there is none to show."""

    sections: tuple[Section, ...]
    example: Claim | None = None


@dataclass(frozen=True)
class Way:
    """One modality: how many claims are held so (None where that is not known), which list them, and one of them."""

    modality: Modality
    number: int | None
    href: str
    example: Claim | None


@dataclass(frozen=True)
class ModalitiesPage:
    """The modalities in the order of certainty, with examples from the snapshot in force."""

    sections: tuple[Section, ...]
    ways: tuple[Way, ...]
    questions: tuple[Link, ...]


@dataclass(frozen=True)
class Cited:
    """What can be cited: in words (``text``), and where its citation is in each format."""

    text: str
    url: str
    files: tuple[Link, ...]


@dataclass(frozen=True)
class CitingPage:
    """How the dataset, an editorial and a claim are cited; None where there is none to show."""

    sections: tuple[Section, ...]
    dataset: Cited
    editorial: Cited | None
    claim: Cited | None
    licence: str


@dataclass(frozen=True)
class Share:
    """How much of a whole, in hundredths, for the bar beside the number."""

    modality: Modality
    number: int
    hundredths: int
    href: str


@dataclass(frozen=True)
class StatisticsPage:
    """How much there is: claims by modality, things by kind, and the counts of the graph."""

    sections: tuple[Section, ...]
    claims: int
    shares: tuple[Share, ...]
    kinds: tuple[tuple[Link, int], ...]
    counts: tuple[Count, ...]
    snapshot: str
    issued: str
