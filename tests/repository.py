"""Where things are: the repository, and what stands beside it on a developer's machine (tests skip without)."""

from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
SHARED = REPOSITORY.parent / "shared"
SEED = SHARED / "seed"
DATA = SHARED / "data"
"""Public data sets as their publishers give them."""
