"""`make lighthouse`: Lighthouse's figures for the main pages of a site of its own, as a table."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from browser_fixtures import NAMES
from live_fixtures import live
from repository import REPOSITORY, SEED

from graph.build import build
from graph.settings import Settings

HERE = Path(__file__).parent
PAGES = (
    "/",
    "/search?q=nazarbayev",
    "/doc/person/nursultan-nazarbayev",
    "/doc/party/progress",
    "/doc/editorial/2021-01-progress-kazakhstan",
    "/claims",
    "/questions/",
    "/questions/media-control",
    "/pictures/timeline",
    "/pictures/network",
    "/pictures/control",
    "/pictures/map",
    "/query",
    "/about",
)


def main() -> int:
    """Run it; 1 if a figure is below what is wanted, 2 where it cannot be run."""
    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    if not chromium or not shutil.which("npm"):
        print("Lighthouse needs Node.js and Chromium: make browser", file=sys.stderr)
        return 2
    if not (HERE / "node_modules" / "lighthouse").is_dir():
        subprocess.run(["npm", "ci", "--loglevel=error"], cwd=HERE, check=True)
    texts = (SEED,) if SEED.is_dir() else ()
    with TemporaryDirectory() as folder:
        home = Path(folder)
        build(Settings(data=REPOSITORY / "graph" / "data", texts=texts, home=home))
        with live(home, TEXTS=str(SEED) if texts else "") as site:
            command = ["node", "lighthouse.mjs", f"http://{site.host}:{site.port}", *(sys.argv[1:] or PAGES)]
            found = subprocess.run(command, cwd=HERE, env={**os.environ, "CHROME_PATH": chromium}, timeout=1800)
        subprocess.run(["chmod", "-R", "u+w", folder], check=True)
    return found.returncode


if __name__ == "__main__":
    sys.exit(main())
