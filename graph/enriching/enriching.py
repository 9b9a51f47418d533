"""An enrichment from beginning to end: ask an endpoint about entities, and write what it says into a review file."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph.enriching import describing, finding, review
from graph.enriching.asking import Endpoint
from graph.enriching.cache import Cache
from graph.enriching.labels import TAG
from graph.enriching.matches import Matches
from graph.enriching.pacing import Clock
from graph.enriching.profile import Profile
from graph.enriching.subjects import chosen, subjects
from graph.errors import BuildInProgress, SamizdatError
from graph.progress import Stage, ignore
from graph.settings import Settings
from graph.snapshots.files import exclusive


@dataclass(frozen=True)
class Enriched:
    """What was found; ``refused`` says what was left out and why, ``without`` for which entities nothing was found."""

    file: Path
    matches: int
    undecided: int
    asked: int
    kept: int
    refused: tuple[str, ...]
    without: tuple[str, ...]


def enrich(
    settings: Settings, profile: Profile, *, things: Sequence[str] = (), kinds: Sequence[str] = (),
    languages: Sequence[str] = (), contact: str = "", refresh: bool = False, allow_private: bool = False,
    file: Path | None = None, clock: Clock | None = None, on_stage: Stage = ignore,
) -> Enriched:  # fmt: skip
    """Ask about these things, by path or name, and those of these kinds; nothing of the entity files changes.

    What was fetched is kept below the home folder, so that an enrichment that was broken off goes on where it was;
    ``refresh`` asks anew. SamizdatError for whatever is wrong with the question, the endpoint or the review file.
    """
    if not things and not kinds:
        raise SamizdatError("nothing to ask about", "name things by path or name, or a kind with --kind")
    for language in languages:
        if not TAG.fullmatch(language):
            raise SamizdatError(f"{language!r} is no language tag", "give one such as kk, kk-Arab or ka")
    asked = chosen(subjects(settings.data), things, kinds)
    folder = settings.home / "enriching" / profile.name
    with _alone(folder, profile):
        endpoint = Endpoint(
            profile, Cache(folder / "answers"), contact=contact or settings.contact or "", clock=clock or Clock(),
            refresh=refresh, allow_private=allow_private, on_stage=on_stage,
        )  # fmt: skip
        found = Matches(profile)
        on_stage(f"asking {profile.title} who is who")
        finding.by_identifier(asked, endpoint, profile, found)
        finding.by_name([one for one in asked if not found.has(one)], endpoint, profile, found)
        on_stage(f"asking {profile.title} for names")
        describing.names(found, endpoint, languages or profile.languages)
        describing.identifiers(found, endpoint, profile)
        target = file or folder / "review.yaml"
        undecided = review.put(target, profile, found)
    without = tuple(one.path for one in asked if not found.has(one))
    matches = len(list(found))
    return Enriched(target, matches, undecided, endpoint.asked, endpoint.kept, tuple(found.refused), without)


@contextmanager
def _alone(folder: Path, profile: Profile) -> Iterator[None]:
    """While the block runs, nobody else asks by this profile: the pace is one for all."""
    with ExitStack() as stack:
        try:
            stack.enter_context(exclusive(folder))
        except BuildInProgress:
            what = f"{profile.title} is being asked by another process"
            raise BuildInProgress(what, "try again when it has ended") from None
        yield
