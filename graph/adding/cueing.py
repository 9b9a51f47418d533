"""Cue words in a sentence, by the lists of ``graph/adding/cues``: what each proposes, and why."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from graph.files.yaml_reader import read

NAME = 3
"""Words in quotation marks that are more likely a name than somebody's."""
_QUOTED = re.compile(r"[“«„][^”»“]{3,}(?:[”»“]|$)|(?<!\w)\"[^\"]{3,}(?:\"|$)")


@dataclass(frozen=True)
class Cue:
    """Words of a sentence that propose a value of a key (``modality``, ``type``, ``condition``, ``sensitive``)."""

    key: str
    value: Any
    words: str
    start: int
    why: str


@dataclass(frozen=True)
class Reference:
    """Words that stand for things named before: one, or ``several``, of a kind."""

    kind: str
    several: bool
    words: str
    start: int


class Cues:
    """The cue words of one language; of a language without a list there are none."""

    def __init__(self, language: str) -> None:
        self._told = _told(language.partition("-")[0])

    @property
    def known(self) -> bool:
        """Whether there is a list for the language."""
        return bool(self._told)

    def found(self, sentence: str) -> list[Cue]:
        """What the words of a sentence propose; each value once, by its first words."""
        if not self._told:
            return []
        found = [*self._of("modality", "modality", sentence), *self._of("classes", "type", sentence)]
        if quoted := next((match for match in _QUOTED.finditer(sentence) if len(match[0].split()) > NAME), None):
            # How the words of somebody hold a thing is theirs: here it is reported.
            found = [cue for cue in found if cue.key != "modality" or not quoted.start() <= cue.start < quoted.end()]
            found.append(Cue("modality", "reported", quoted[0], quoted.start(), self._told["quoted"]["why"]))
        private = self._told["sensitive"]
        if match := _first(private["cues"], sentence):
            found.append(Cue("sensitive", True, match[0], match.start(), private["why"]))
        held = {cue.value for cue in found if cue.key == "modality"}
        if "conditional" in held and (match := _first([self._told["condition"]], sentence)):
            found.append(Cue("condition", match[0].strip(), match[0].strip(), match.start(), "the condition"))
        return list({(cue.key, cue.value): cue for cue in reversed(found)}.values())[::-1]

    def references(self, sentence: str) -> list[Reference]:
        """The words of a sentence that stand for things named before."""
        told = self._told.get("references", ())
        return [
            Reference(one["kind"], one["several"], match[0], match.start())
            for one in told
            if (match := _first(one["cues"], sentence))
        ]

    def _of(self, section: str, key: str, sentence: str) -> Iterator[Cue]:
        for one in self._told[section]:
            if match := _first(one["cues"], sentence):
                yield Cue(key, one["is"], match[0], match.start(), one["why"])


def _first(patterns: Iterable[str], sentence: str) -> re.Match[str] | None:
    found = [match for pattern in patterns if (match := _compiled(pattern).search(sentence))]
    return min(found, key=lambda match: match.start(), default=None)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


@cache
def _told(language: str) -> dict[str, Any]:
    file = Path(__file__).parent / "cues" / f"{language}.yaml"
    found: dict[str, Any] = read(file).data if language.isalpha() and file.is_file() else {}
    return found
