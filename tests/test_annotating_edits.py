"""A claim file is changed line by line: what nobody changed keeps every byte, and what is written is read back."""

import difflib
import json
from pathlib import Path
from typing import Any

import pytest
from annotating import FILE
from hypothesis import given
from hypothesis import strategies as st
from repository import REPOSITORY

from graph.annotating.faults import CannotWrite
from graph.annotating.sheet import Sheet
from graph.editing import layout
from graph.editing.edits import edited
from graph.files.yaml_reader import read

SEED_FILE = next((REPOSITORY / "graph" / "data" / "claims").glob("*/*.yaml"))
CRLF = FILE.replace("\n", "\r\n")
TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40) | st.sampled_from(
    ["- x", "a: b", "# no", "no # yes", "true", "12", "1.5", "~", "'", '"', "a\nb", " x", "x ", "@", "&a", "*a", "!t",
     "%", "a  b", "{", "[x]", "x, y", "?", "|", ">-", "\u2028", "\ufeff", "\u202e", "long words " * 20 + "end"]
)  # fmt: skip
KEYS = st.sampled_from(["id", "label", "note", "quote", "about", "mention", "assertion", "date", "x"])
SCALARS = TEXTS | st.booleans() | st.integers(-5, 99999)


def mappings(values: "st.SearchStrategy[Any]") -> "st.SearchStrategy[dict[str, Any]]":
    return st.dictionaries(KEYS, values, min_size=1, max_size=4)


VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, min_size=1, max_size=4) | mappings(inner), max_leaves=12)


def sheet(text: str) -> Sheet:
    return Sheet(Path("x.yaml"), text, "", read(Path("x.yaml"), text))


def changed_lines(old: str, new: str) -> tuple[list[str], list[str]]:
    found = list(difflib.ndiff(old.splitlines(keepends=True), new.splitlines(keepends=True)))
    return [x[2:] for x in found if x[:2] == "- "], [x[2:] for x in found if x[:2] == "+ "]


def as_in_a_form(value: Any) -> Any:
    """A claim as the page sends it back: lists where a field takes several."""
    lists = ("attributedTo", "supports", "inTensionWith", "bannedParty", "quote", "mention", "about")
    if isinstance(value, dict):
        parts = {key: as_in_a_form(part) for key, part in value.items()}
        return {key: [part] if key in lists and not isinstance(part, list) else part for key, part in parts.items()}
    return [as_in_a_form(part) for part in value] if isinstance(value, list) else value


def spread(text: str, draw: st.DataObject) -> str:
    """The text with comments and blank lines between its lines where YAML allows them."""
    lines: list[str] = []
    folded: int | None = None
    for line in text.splitlines():
        margin = len(line) - len(line.lstrip(" "))
        if folded is not None and margin > folded:
            lines.append(line)
            continue
        folded = margin if line.endswith((">-", "|")) else None
        if lines and draw.draw(st.integers(0, 5)) == 0:
            lines.append(draw.draw(st.sampled_from(["", " " * margin + "# a comment: with {signs} - and more"])))
        lines.append(line)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("text", [SEED_FILE.read_text(encoding="utf-8"), FILE, CRLF], ids=["seed", "ours", "crlf"])
def test_saving_without_a_change_changes_no_byte(text: str) -> None:
    before = sheet(text)
    for key, items in (("claims", before.claims), ("drafts", before.drafts)):
        for item in items:
            sent = json.loads(json.dumps(as_in_a_form(item)))
            assert before.with_item(key, sent, item["id"]).content == before.content


def test_a_byte_order_mark_and_the_ends_of_lines_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + CRLF.encode())
    before = Sheet.of(file)
    made = before.with_item("claims", before.claims[0] | {"note": "New.", "label": "Other."}, "television")
    assert made.content.startswith(b"\xef\xbb\xbf# A winter")
    assert made.content.replace(b"\r\n", b"").count(b"\n") == 0
    assert made.text.count("\r\n") == CRLF.count("\r\n") + 1


@given(draw=st.data())
def test_changing_one_claim_changes_only_its_lines(draw: st.DataObject) -> None:
    before = sheet(draw.draw(st.sampled_from([SEED_FILE.read_text(encoding="utf-8"), FILE, CRLF])))
    at = draw.draw(st.integers(0, len(before.claims) - 1))
    claim = json.loads(json.dumps(before.claims[at]))
    key = draw.draw(st.sampled_from([*[name for name in claim if name not in ("id", "quote")], "note", "condition"]))
    claim[key] = draw.draw(VALUES) if draw.draw(st.booleans()) else draw.draw(TEXTS)
    made = before.with_item("claims", claim, claim["id"])
    first = before.document.place(("claims", at)).line
    old, new = before.text.splitlines(keepends=True), made.text.splitlines(keepends=True)
    after = before.document.place(("claims", at + 1)).line if at + 1 < len(before.claims) else len(old) + 1
    same = len(old) - after + 1
    assert new[: first - 1] == old[: first - 1]
    assert same <= 0 or new[-same:] == old[-same:]
    comments = [line for line in old if line.lstrip().startswith("#")]
    assert [line for line in new if line.lstrip().startswith("#") and line in comments] == comments


@given(value=mappings(VALUES))
def test_what_is_written_is_read_back(value: dict[str, Any]) -> None:
    text = "\n".join(layout.block(value, 0)) + "\n"
    assert read(Path("x.yaml"), text).data == value


@given(old=mappings(VALUES), new=mappings(VALUES), draw=st.data())
def test_any_value_becomes_any_other(old: dict[str, Any], new: dict[str, Any], draw: st.DataObject) -> None:
    text = spread("\n".join(layout.block(old, 0)), draw)
    assert read(Path("x.yaml"), text).data == old, text
    again = edited(text, old, new)
    assert read(Path("x.yaml"), again).data == new, again
    kept = {key: value for key, value in old.items() if key in new and json.dumps(value) == json.dumps(new[key])}
    assert edited(text, old, old) == text
    assert kept.items() <= read(Path("x.yaml"), again).data.items()


def test_comments_and_layout_around_what_changes_are_kept() -> None:
    before = sheet(FILE)
    claim = json.loads(json.dumps(before.claims[0])) | {"label": "The government controls television."}
    claim["assertion"][0] |= {"extent": "all", "country": "country/kazakhstan"}
    gone, come = changed_lines(FILE, before.with_item("claims", claim, "television").text)
    assert gone == [
        "    label: The government of Kazakhstan controls most television stations.   # in our words\n",
        "        extent: most\n",
    ]
    assert come == [
        "    label: The government controls television.   # in our words\n",
        "        extent: all\n",
        "        country: country/kazakhstan\n",
    ]


def test_in_braces_only_the_value_changes() -> None:
    before = sheet(FILE)
    claim = json.loads(json.dumps(before.claims[1]))
    claim["assertion"][0]["role"] = "opposition"
    gone, come = changed_lines(FILE, before.with_item("claims", claim, "nur-otan-rules").text)
    assert gone == ["      - { type: PoliticalAlignment, party: party/nur-otan, role: ruling }\n"]
    assert come == ["      - { type: PoliticalAlignment, party: party/nur-otan, role: opposition }\n"]


def test_a_new_claim_stands_in_the_order_of_the_text_and_adds_lines_alone() -> None:
    before = sheet(FILE)
    new = {"id": "new", "quote": [{"exact": "x", "start": 90, "end": 91}], "assertion": [{"type": "Statement"}]}
    made = before.with_item("claims", new)
    assert [claim["id"] for claim in made.claims] == ["television", "new", "nur-otan-rules"]
    gone, come = changed_lines(FILE, made.text)
    assert not gone
    assert "  - id: new\n" in come
    assert come.count("\n") == 1


def test_the_last_draft_takes_its_key_with_it() -> None:
    before = sheet(FILE)
    made = before.without_item("drafts", "sentence-2")
    assert made.text == FILE[: FILE.index("drafts:")]


def test_claims_come_before_the_drafts_of_a_file_that_has_only_these() -> None:
    text = FILE[: FILE.index("claims:")] + FILE[FILE.index("drafts:") :]
    made = sheet(text).with_item("claims", {"id": "one", "label": "One."})
    assert made.text.index("claims:\n  - id: one\n    label: One.\n") < made.text.index("drafts:\n")
    assert made.text.replace("claims:\n  - id: one\n    label: One.\n", "") == text


def test_a_layout_that_cannot_be_changed_is_refused() -> None:
    odd = FILE.replace("    label: Nur Otan rules.\n", "    ? label\n    : Nur Otan rules.\n")
    before = sheet(odd)
    claim = json.loads(json.dumps(before.claims[1])) | {"label": "Another sentence."}
    with pytest.raises(CannotWrite, match="cannot be changed here"):
        before.with_item("claims", claim, "nur-otan-rules")
