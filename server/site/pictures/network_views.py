"""What the pages of ties are made of: the network with its path finder, and the view of who controls which media."""

from dataclasses import dataclass

from server.pieces import Claim, Link
from server.site.pictures.frame import Frame


@dataclass(frozen=True)
class Held:
    """How a tie is held: always the mark and the word together. ``name`` is what style sheets know it by."""

    name: str
    mark: str
    word: str


@dataclass(frozen=True)
class Thing:
    """A thing at the end of a tie: its ``path`` as in its address, ``kind`` the first part of that, also in words."""

    path: str
    name: str
    href: str
    kind: str
    kind_word: str


@dataclass(frozen=True)
class TieShown:
    """One tie: ``source`` ``relation`` ``target``. ``why`` leads to the proof of what is derived.

    ``claims`` say it, the first of them where they are many: ``further`` are left out.
    """

    source: Thing
    relation: str
    target: Thing
    held: Held
    extent: str
    claims: tuple[Claim, ...]
    further: int = 0
    why: str | None = None

    @property
    def attributed(self) -> tuple[Link, ...]:
        """Whom the editorials attribute it to; nobody where they speak in their own voice."""
        return tuple(
            dict.fromkeys(who for claim in self.claims if claim.attribution for who in claim.attribution.agents)
        )


@dataclass(frozen=True)
class StepShown:
    """A step of a way: where it leads, and every tie that bears it, the firmest first."""

    start: Thing
    end: Thing
    ties: tuple[TieShown, ...]


@dataclass(frozen=True)
class Choice:
    """Things of one kind to choose from."""

    kind: str
    title: str
    things: tuple[Thing, ...]


@dataclass(frozen=True)
class Ways:
    """What the path finder found between two things: ``said`` is the answer in words."""

    start: Thing
    end: Thing
    said: str
    ways: tuple[tuple[StepShown, ...], ...]


@dataclass(frozen=True)
class NetworkPage:
    """The network. ``about`` is the thing that it is narrowed to; ``asked`` what was asked of the path finder.

    ``chosen`` are the paths of the two ends as they stand in the form. ``asserted`` counts what the default graph has
    among ``everything``. ``left_out``: there are more ties than are shown. ``typed``: there are more things than are
    offered, so that names are typed.
    """

    frame: Frame
    ties: tuple[TieShown, ...]
    about: Thing | None
    asked: Ways | None
    chosen: tuple[str, str]
    choices: tuple[Choice, ...]
    asserted: int
    everything: int
    left_out: bool
    typed: bool
    all_href: str


@dataclass(frozen=True)
class ControlShown:
    """One statement of control: who controls what, and how much of it in the words of the source, empty if not stated.

    ``claim`` says so, or is None for what is derived or described; ``under`` are the claims that the derived rests on.
    """

    media: Thing
    controller: Thing
    relation: str
    extent: str
    held: Held
    claim: Claim | None
    under: tuple[Claim, ...]
    why: str | None


@dataclass(frozen=True)
class MediaGroup:
    """One sector or outlet, and all that is said of who controls it."""

    media: Thing
    controls: tuple[ControlShown, ...]


@dataclass(frozen=True)
class ControlPage:
    """Who controls how much of which media; ``country`` is what it is narrowed to, ``countries`` what it can be.

    ``silent`` are media of whose control nothing is stated.
    """

    frame: Frame
    groups: tuple[MediaGroup, ...]
    silent: tuple[Thing, ...]
    country: Thing | None
    countries: tuple[Thing, ...]
    asserted: int
    everything: int
    left_out: bool
    all_href: str
