"""A text of our own, its claim file with comments and a draft, and a real `samizdat annotate` on them."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from repository import REPOSITORY

from graph.annotating.changing import Change
from graph.settings import Settings

TEXT = """A winter of silence

The government of Kazakhstan controls most television stations. Many believe that the vote was rigged.

In 2021 the Democratic Choice Party was banned. “It will be back,” said Asya Tulesova on 5 January 2021.
It is <b>not</b> forgotten: 𝔊 & 🕊 are with it. Nur Otan rules.
"""
NAME = "2021-01-a-winter-of-silence"
FILE = f"""# A winter of silence: comments stay where they are
"@context": https://w3id.org/samizdat/context.jsonld
id: editorial/{NAME}
type: Editorial
headline: "A winter of silence"
inLanguage: en
sha256: {sha256(TEXT.encode()).hexdigest()}
date: {{ edtf: "2021-01" }}   # as printed
encodedBy: group/samizdat-team
encodedOn: 2026-11-22
claims:
  # Paragraph 1

  - id: television
    label: The government of Kazakhstan controls most television stations.   # in our words
    modality: asserted
    quote:
      exact: The government of Kazakhstan controls most television stations
      start: 21
      end: 83
    assertion:
      - type: MediaControl
        controller: government/kazakhstan
        controlled: sector/tv-stations-of-kazakhstan
        extent: most

  # Paragraph 2

  - id: nur-otan-rules
    label: Nur Otan rules.
    modality: asserted
    quote:
      exact: Nur Otan rules
      start: {TEXT.index("Nur Otan rules")}
      end: {TEXT.index("Nur Otan rules") + 14}
    assertion:
      - {{ type: PoliticalAlignment, party: party/nur-otan, role: ruling }}
drafts:
  - id: sentence-2
    quote:
      exact: Many believe that the vote was rigged.
      start: {TEXT.index("Many")}
      end: {TEXT.index("Many") + 38}
    suggestions:
      - {{ modality: believed, words: "believe", why: "a belief" }}
"""

START = TEXT.index("the Democratic Choice Party was banned")
QUOTE = {"exact": "the Democratic Choice Party was banned", "start": START, "end": START + 38}
BAN: dict[str, Any] = {
    "id": "party-banned", "label": "A party was banned.", "modality": "asserted", "quote": [QUOTE],
    "assertion": [{"type": "PartyBan", "bannedParty": ["party/democratic-choice-party"]}],
}  # fmt: skip


def ban(**changed: Any) -> Change:
    return Change(json.loads(json.dumps(BAN | changed)))


def prepared(folder: Path) -> Settings:
    """Settings over a data folder with our claim file, the project's entities, and the text at hand."""
    (folder / "texts").mkdir(parents=True)
    (folder / "texts" / "winter.txt").write_text(TEXT, encoding="utf-8", newline="")
    shutil.copytree(REPOSITORY / "graph" / "data" / "entities", folder / "data" / "entities")
    reset(folder)
    return Settings(data=folder / "data", texts=(folder / "texts",), home=folder / "home")


def claim_file(folder: Path) -> Path:
    return folder / "data" / "claims" / "2021" / f"{NAME}.yaml"


def reset(folder: Path) -> Path:
    """The claim file as it was in the beginning."""
    file = claim_file(folder)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(FILE, encoding="utf-8", newline="")
    return file


def environment(folder: Path) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SAMIZDAT_")}
    given = {"DATA": folder / "data", "TEXTS": folder / "texts", "HOME": folder / "home"}
    library = os.pathsep.join([str(REPOSITORY), inherited.get("PYTHONPATH", "")])
    return {**inherited, **{f"SAMIZDAT_{name}": str(value) for name, value in given.items()}, "PYTHONPATH": library}


def samizdat(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """A command run to its end."""
    program = "import sys; from server.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, env=environment(folder), cwd=folder, capture_output=True, text=True, timeout=120)


@contextmanager
def annotating(folder: Path) -> Iterator[tuple[str, str]]:
    """A running `samizdat annotate`: where it listens, and the path of its page."""
    program = "import sys; from server.cli import main; sys.exit(main(sys.argv[1:]))"
    process = subprocess.Popen(
        [sys.executable, "-c", program, "annotate", NAME],
        env=environment(folder), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        assert process.stdout
        line = process.stdout.readline()
        found = re.search(r"(http://127\.0\.0\.1:\d+)(/\S+/)", line)
        assert found, line
        yield found[1], found[2]
    finally:
        process.kill()
        process.communicate()
