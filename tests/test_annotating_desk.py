"""A claim file at work: what is said of a form, what saving does and refuses, and that nothing is ever lost."""

import json
from pathlib import Path
from typing import Any

import pytest
from annotating import BAN, FILE, NAME, QUOTE, TEXT, ban, claim_file, prepared

from graph.annotating.beside import SLOTS
from graph.annotating.changing import Change
from graph.annotating.desk import Desk
from graph.annotating.faults import CannotAnnotate, CannotWrite
from graph.annotating.forms import forms
from graph.checking import check
from graph.errors import InvalidInput
from graph.quotes import Quote, QuoteFault
from graph.settings import Settings
from ontology.vocabulary import predicates
from queries import questions


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return prepared(tmp_path)


@pytest.fixture
def file(tmp_path: Path, settings: Settings) -> Path:
    return claim_file(tmp_path)


@pytest.fixture
def desk(settings: Settings, file: Path) -> Desk:
    return Desk(settings, NAME)


def said(desk: Desk, change: Change) -> list[tuple[str, Any]]:
    return [(problem.what, steps) for problem, steps in desk.looked(change).problems]


def test_it_is_found_by_file_or_name(settings: Settings, file: Path) -> None:
    for named in (NAME, f"editorial/{NAME}", str(file)):
        assert Desk(settings, named).file == file
    with pytest.raises(CannotAnnotate, match="no claim file named") as error:
        Desk(settings, "2021-01-a-winter-of-silense")
    assert error.value.hint == f"did you mean {NAME}?"
    with pytest.raises(CannotAnnotate, match="there is no file"):
        Desk(settings, "nowhere.yaml")
    with pytest.raises(CannotAnnotate, match="is no claim file"):
        Desk(settings, str(settings.data / "entities" / "persons.yaml"))


def test_without_the_text_it_is_not_opened(settings: Settings, file: Path) -> None:
    (settings.texts[0] / "winter.txt").write_text("Another text.", encoding="utf-8")
    with pytest.raises(CannotAnnotate, match="is not at hand") as error:
        Desk(settings, NAME)
    assert "SAMIZDAT_TEXTS" in error.value.hint


def test_the_messages_are_those_of_check(desk: Desk, settings: Settings, file: Path) -> None:
    change = ban(modality="believed", assertion=[{"type": "PartyBan", "bannedParty": ["party/nobody"], "ground": 3}])
    live = [str(problem) for problem, _ in desk.looked(change).problems]
    made = desk.sheet().with_item("claims", change.data)
    file.write_bytes(made.content)
    assert live == [str(problem) for problem in check(settings, [file], reason=False).problems]
    assert len(live) > 0


@pytest.mark.parametrize(
    ("changed", "what", "steps"),
    [
        ({"label": ""}, "a claim without “label”", ("label",)),
        ({"modality": "perhaps"}, "there is no modality perhaps", ("modality",)),
        ({"modality": "reported"}, "a reported claim is attributed to the editorial itself", ("modality",)),
        ({"id": "television"}, f"claim/{NAME}/television is already the name of what stands at", ("id",)),
        (
            {"quote": [QUOTE | {"exact": "the Democratic Choice Partie was banned"}]},
            "the quote is not in the text",
            ("quote", "exact"),
        ),
        ({"assertion": [{"type": "PartyBan"}]}, "a party ban without “bannedParty”", ("assertion", 0, "bannedParty")),
        (
            {"assertion": [{"type": "PartyBan", "bannedParty": ["party/nur-otam"]}]},
            "nothing is named party/nur-otam",
            ("assertion", 0, "bannedParty"),
        ),
        (
            {"assertion": [BAN["assertion"][0] | {"date": [{"edtf": "2021-02-30"}]}]},
            "'2021-02-30' is not a date",
            ("assertion", 0, "date", "edtf"),
        ),
    ],
)  # fmt: skip
def test_each_problem_leads_to_its_field(desk: Desk, changed: dict[str, Any], what: str, steps: Any) -> None:
    found = said(desk, ban(**changed))
    assert [at for text, at in found if text.startswith(what)] == [steps], found


def test_the_rdf_is_that_of_a_build(desk: Desk, settings: Settings, file: Path) -> None:
    looked = desk.looked(ban())
    assert looked.rdf is not None
    assert "pol:bannedParty <https://w3id.org/samizdat/id/party/democratic-choice-party>" in looked.rdf
    assert looked.topics == ("bans",)
    assert desk.looked(ban(modality="perhaps")).rdf is None


def test_what_others_say_stands_beside_it(desk: Desk) -> None:
    control = {"type": "MediaControl", "controller": "party/nur-otan", "controlled": "sector/tv-stations-of-kazakhstan"}
    looked = desk.looked(ban(assertion=[control | {"extent": "most"}]))
    assert {(one.how, one.claim.path.rpartition("/")[2], one.what) for one in looked.beside} == {
        ("other", "television", "MediaControl, controller of sector/tv-stations-of-kazakhstan: government/kazakhstan"),
        ("same", "television", "MediaControl, extent of sector/tv-stations-of-kazakhstan: most"),
    }
    again = json.loads(json.dumps(desk.sheet().claims[0])) | {"id": "television-again"}
    assert {one.how for one in desk.looked(Change(again)).beside} == {"assertion", "words", "same"}


def test_what_cannot_be_true_with_it_is_told_as_check_tells_it(desk: Desk, file: Path) -> None:
    assert desk.looked(ban()).clashes == ()
    party = {"id": "person/asya-tulesova", "type": "PoliticalParty"}
    (told,) = desk.looked(ban(assertion=[*BAN["assertion"], party])).clashes
    assert told.startswith(
        f"cannot be true together: Asya Tulesova is a political party (claim/{NAME}/party-banned) "
        "and Asya Tulesova is a person (the entity files)"
    )
    assert desk.looked(ban(modality="evaluated", assertion=[*BAN["assertion"], party])).clashes == ()
    with pytest.raises(InvalidInput) as error:
        desk.save(ban(assertion=[*BAN["assertion"], party]), desk.sheet().digest)
    assert [problem.what for problem in error.value.problems] == [told]
    assert file.read_text(encoding="utf-8") == FILE


def test_slots_are_those_of_the_saved_question() -> None:
    text = questions()["claims-by-slot"].text
    rows = {(kind, key, name) for kind, (key, names) in SLOTS.items() for name in names}
    of = predicates()
    for kind, key, name in rows:
        last = "rdf:type" if name == "type" else of[name].rpartition("#")[2].rpartition("/")[2]
        assert f"(pol:{kind} pol:{of[key].rpartition('#')[2]} " in text
        assert last.rpartition(":")[2] in text
    assert text.count("(pol:") == 2 * len(rows)


@pytest.mark.parametrize(
    "data",
    [
        {"x" * 100: 1}, {"a b": 1}, {"label": "\ud800"}, {"label": "x" * 200_000},
        {"note": [[[[[[[[[[[[["deep"]]]]]]]]]]]]]},
    ],
    ids=["long key", "key with blank", "half a character", "long text", "deep"],
)  # fmt: skip
def test_what_no_form_gives_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(CannotWrite):
        Change(data)


def test_words_are_placed_by_where_they_were_selected(tmp_path: Path) -> None:
    settings = prepared(tmp_path / "other")
    desk = Desk(settings, NAME)
    assert desk.placed(Quote("Nur Otan rules")) == Quote("Nur Otan rules", None, None, *_span("Nur Otan rules"))
    second = TEXT.index("was", TEXT.index("was") + 1)
    found = desk.placed(Quote("was", start=second))
    assert (found.start, found.end) == (second, second + 3)
    assert found.prefix
    with pytest.raises(QuoteFault, match="stands 2 times"):
        desk.placed(Quote("was"))
    with pytest.raises(QuoteFault, match="not in the text"):
        desk.placed(Quote("not there at all, ever"))


def _span(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def test_dates_in_words_are_offered_in_edtf(desk: Desk) -> None:
    assert [edtf for edtf, _ in desk.dates("on 5 January 2021")] == ["2021-01-05"]
    assert desk.dates("yesterday") == []


def test_things_are_found_in_any_script_and_misspelt(desk: Desk) -> None:
    things = desk.stock.things(desk.sheet())
    assert things.like("Назарбаев", ["person"])[0].path == "person/nursultan-nazarbayev"
    assert things.like("demokratic choise", ["party"])[0].path == "party/democratic-choice-party"
    assert all(one.path.startswith("party/") for one in things.like("Nur", ["party"]))
    assert things.like("party/nur-otan")[0].path == "party/nur-otan"


def test_every_key_of_the_shapes_has_its_field() -> None:
    found = forms()
    assert {field["key"] for field in found["claim"]["fields"]} >= {
        "label",
        "modality",
        "attributedTo",
        "condition",
        "mention",
    }
    for name, form in found["nodes"].items():
        assert form["description"], name
        assert all(field["name"] and field["description"] and field["message"] for field in form["fields"]), name
    held = {field["holds"] for form in found["nodes"].values() for field in form["fields"]}
    assert held <= {"text", "number", "choice", "flag", "thing", "claim", "part", "names"}
    ban_form = found["nodes"]["PartyBan"]
    assert [field["key"] for field in ban_form["fields"] if field["required"]] == ["bannedParty"]
    control = next(field for field in found["nodes"]["MediaControl"]["fields"] if field["key"] == "controlled")
    assert set(control["kinds"]) >= {"outlet", "sector"}


def test_claims_of_other_files_are_looked_at_too(desk: Desk, file: Path) -> None:
    other = file.with_name("other.yaml")
    text = FILE[: FILE.index("drafts:")].replace(NAME, "other").replace("id: television", "id: tv")
    other.write_text(text.replace("government/kazakhstan", "party/nur-otan"), encoding="utf-8")
    claim = desk.sheet().claims[0]
    looked = desk.looked(Change(claim, claim="television"))
    assert ("other", "claim/other/tv") in {(one.how, one.claim.path) for one in looked.beside}
    assert ("words", "claim/other/tv") in {(one.how, one.claim.path) for one in looked.beside}
    other.write_text("claims: [", encoding="utf-8")
    assert not [one for one in desk.looked(Change(claim, claim="television")).beside if "other" in one.claim.path]
    other.unlink()


def test_lines_of_machines_are_known_too(desk: Desk, settings: Settings, tmp_path: Path) -> None:
    line = {"id": "person/lina-line", "type": "Person", "prefLabel": {"en": "Lina Line"}}
    entities = settings.data / "entities" / "fed.jsonl"
    entities.write_text(json.dumps({"@context": "https://w3id.org/samizdat/context.jsonld", **line}) + "\n")
    assert desk.stock.things(desk.sheet()).like("lina line")[0].path == "person/lina-line"
    assert desk.stock.create({"id": "person/new", "type": "Person", "prefLabel": {"en": "New"}}).suffix == ".yaml"
    assert check(settings, reason=False).problems == ()
