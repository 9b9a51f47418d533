"""What the template of the list of claims is given."""

from dataclasses import dataclass

from server.pieces import Editorial, Link, Modality, ModalityCount


@dataclass(frozen=True)
class ClaimsPage:
    """Claims, editorial by editorial, a page of editorials at a time, the newest first.

    ``only`` is the modality chosen and ``within`` the editorial, None for all. ``asserted`` and ``everything`` count
    the claims; None where they are not known. ``is_cut``: an editorial has more claims than are listed.
    """

    editorials: tuple[Editorial, ...]
    modalities: tuple[ModalityCount, ...]
    only: Modality | None
    within: Link | None
    all_href: str
    asserted: int | None
    everything: int | None
    is_cut: bool
    page: int
    turns: tuple[Link, ...]
