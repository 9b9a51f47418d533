"""A claim file at work: what is said of a form, what saving does and refuses, and that nothing is ever lost."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from annotating import FILE, NAME, TEXT, claim_file, prepared, reset
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from graph.annotating.beside import SLOTS
from graph.annotating.changing import Change, of_draft
from graph.annotating.desk import Desk
from graph.annotating.faults import CannotAnnotate, CannotWrite, ChangedMeanwhile
from graph.annotating.forms import forms
from graph.checking import check
from graph.errors import InvalidInput
from graph.quotes import Quote, QuoteFault
from graph.settings import Settings
from ontology.vocabulary import predicates
from queries import questions

START = TEXT.index("the Democratic Choice Party was banned")
QUOTE = {"exact": "the Democratic Choice Party was banned", "start": START, "end": START + 38}
BAN: dict[str, Any] = {
    "id": "party-banned", "label": "A party was banned.", "modality": "asserted", "quote": [QUOTE],
    "assertion": [{"type": "PartyBan", "bannedParty": ["party/democratic-choice-party"]}],
}  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return prepared(tmp_path)


@pytest.fixture
def file(tmp_path: Path, settings: Settings) -> Path:
    return claim_file(tmp_path)


@pytest.fixture
def desk(settings: Settings, file: Path) -> Desk:
    return Desk(settings, NAME)


def ban(**changed: Any) -> Change:
    return Change(json.loads(json.dumps(BAN | changed)))


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


def test_a_saved_claim_passes_and_a_failing_one_is_refused(desk: Desk, settings: Settings, file: Path) -> None:
    with pytest.raises(InvalidInput) as error:
        desk.save(ban(modality="believed"), desk.sheet().digest)
    assert "attributed to the editorial itself" in error.value.problems[0].what
    assert file.read_text(encoding="utf-8") == FILE
    desk.save(ban(), desk.sheet().digest)
    assert check(settings, [file], reason=False).problems == ()
    assert [claim["id"] for claim in desk.sheet().claims] == ["television", "party-banned", "nur-otan-rules"]


def test_a_fault_elsewhere_hides_nothing_and_stops_nothing(desk: Desk, file: Path) -> None:
    file.write_text(FILE.replace("party: party/nur-otan", "party: party/nobody"), encoding="utf-8")
    wrong = [{"type": "PartyBan", "bannedParty": ["party/democratic-choice-party", "party/nur-otan"], "date": "no"}]
    with pytest.raises(InvalidInput) as error:
        desk.save(ban(assertion=wrong), desk.sheet().digest)
    assert all("nobody" not in problem.what for problem in error.value.problems)
    desk.save(ban(), desk.sheet().digest)
    assert "id: party-banned" in file.read_text(encoding="utf-8")


def test_a_draft_becomes_a_claim_only_when_it_is_saved_as_one(desk: Desk, settings: Settings, file: Path) -> None:
    draft = desk.sheet().drafts[0]
    begun = of_draft(draft) | {"label": "Many believe that the vote was rigged.", "id": "rigged"}
    name = desk.keep(Change(begun, draft="sentence-2"), desk.sheet().digest)
    assert name == "sentence-2"
    kept = desk.sheet().drafts[0]
    assert kept["begun"] == {"id": "rigged", "label": "Many believe that the vote was rigged."}
    assert kept["suggestions"] == draft["suggestions"]
    assert len(desk.sheet().claims) == 2
    assert check(settings, [file], reason=False).problems == ()
    whole = of_draft(kept) | {"modality": "evaluated", "assertion": [{"type": "Statement", "content": "rigged"}]}
    desk.save(Change(whole, draft="sentence-2"), desk.sheet().digest)
    assert not desk.sheet().drafts
    assert "drafts:" not in file.read_text(encoding="utf-8")


def test_without_words_nothing_is_kept(desk: Desk, file: Path) -> None:
    with pytest.raises(CannotWrite, match="there are no words yet"):
        desk.keep(ban(quote=[]), desk.sheet().digest)
    with pytest.raises(InvalidInput, match="1 problem"):
        desk.keep(ban(quote=[QUOTE | {"exact": "never said"}]), desk.sheet().digest)
    assert file.read_text(encoding="utf-8") == FILE


def test_what_somebody_else_wrote_is_never_overwritten(desk: Desk, file: Path) -> None:
    seen = desk.sheet().digest
    file.write_text(FILE.replace("extent: most", "extent: all"), encoding="utf-8")
    for write in (desk.save, desk.keep):
        with pytest.raises(ChangedMeanwhile):
            write(ban(), seen)
    with pytest.raises(ChangedMeanwhile):
        desk.drop("sentence-2", seen)
    assert desk.changes_since(seen)[-1:] != ()
    assert "+        extent: all" in desk.changes_since(seen)
    assert "extent: all" in file.read_text(encoding="utf-8")


def test_a_write_that_fails_leaves_the_file_and_nothing_beside_it(
    desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(CannotWrite, match="No space left"):
        desk.keep(ban(), desk.sheet().digest)
    assert file.read_text(encoding="utf-8") == FILE
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_the_mode_of_the_file_and_a_link_to_it_are_kept(settings: Settings, file: Path, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere.yaml"
    file.rename(target)
    target.chmod(0o640)
    file.symlink_to(target)
    desk = Desk(settings, NAME)
    desk.drop("sentence-2", desk.sheet().digest)
    assert file.is_symlink()
    assert target.stat().st_mode & 0o777 == 0o640
    assert "drafts:" not in target.read_text(encoding="utf-8")


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


def test_a_new_thing_passes_the_checks_or_is_not_written(desk: Desk, settings: Settings) -> None:
    persons = settings.data / "entities" / "persons.yaml"
    before = persons.read_text(encoding="utf-8")
    for wrong in (
        {"id": "person/asya-tulesova", "type": "Person", "prefLabel": {"en": "Twice"}},
        {"id": "person/no-name", "type": "Person"},
        {"id": "person/../../etc", "type": "Person", "prefLabel": {"en": "X"}},
    ):
        with pytest.raises(InvalidInput):
            desk.stock.create(wrong)
    with pytest.raises(CannotWrite, match="is no kind of thing"):
        desk.stock.create({"id": "../x", "type": "Person", "prefLabel": {"en": "X"}})
    assert persons.read_text(encoding="utf-8") == before
    made = desk.stock.create(
        {"id": "outlet/example-times", "type": "MediaOutlet", "prefLabel": {"en": "Example Times"}}
    )
    assert made == settings.data / "entities" / "outlets.yaml"
    assert desk.stock.things(desk.sheet()).like("example times")[0].path == "outlet/example-times"
    assert check(settings, reason=False).problems == ()


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


def test_a_file_that_is_broken_meanwhile_is_told_of_and_left(desk: Desk, file: Path) -> None:
    file.write_text("claims: [", encoding="utf-8")
    with pytest.raises(InvalidInput):
        desk.looked(ban())
    file.write_text("- a list\n", encoding="utf-8")
    with pytest.raises(CannotAnnotate):
        desk.looked(ban())
    file.write_text(FILE.replace("claims:\n", "claims:\n  - not a mapping\n"), encoding="utf-8")
    with pytest.raises(CannotWrite, match="is no list of mappings"):
        desk.save(ban(), desk.sheet().digest)
    reset(file.parents[3])


def test_a_change_of_a_claim_that_is_begun_leaves_the_claim_as_it_is(desk: Desk, file: Path) -> None:
    claim = json.loads(json.dumps(desk.sheet().claims[0])) | {"modality": "reported"}
    name = desk.keep(Change(claim, claim="television"), desk.sheet().digest)
    assert name == "television-2"
    assert desk.sheet().claims[0]["modality"] == "asserted"
    begun = of_draft(desk.sheet().drafts[0]) | {"modality": "evaluated"}
    desk.save(Change(begun, claim="television", draft=name), desk.sheet().digest)
    assert file.read_text(encoding="utf-8") == FILE.replace("asserted", "evaluated", 1)


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


def test_a_file_of_drafts_is_annotated_where_it_stands(settings: Settings, file: Path) -> None:
    drafted = settings.data / "drafts" / "2021" / file.name
    drafted.parent.mkdir(parents=True)
    drafted.write_text(FILE[: FILE.index("claims:")] + FILE[FILE.index("drafts:") :], encoding="utf-8")
    assert not Desk(settings, str(file)).is_draft
    file.unlink()
    desk = Desk(settings, NAME)
    assert desk.is_draft
    assert desk.looked(ban()).problems == ()
    desk.save(ban(), desk.sheet().digest)
    assert check(settings, with_drafts=True, reason=False).counts["claims"] == 1
    assert check(settings, reason=False).counts["claims"] == 0


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**20) | st.floats() | st.text(max_size=8)
    | st.sampled_from(["asserted", "PartyBan", "party/progress", "television", "#x", "event/x", "2021", "claim/x/y"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["id", "type", "exact", "start", "edtf", "label", "about"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@hypothesis_settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(draw=st.data())
def test_whatever_a_form_holds_is_answered(desk: Desk, file: Path, draw: st.DataObject) -> None:
    data = json.loads(json.dumps(BAN | {"mention": [{"mentionOf": "party/nur-otan", "printedName": "N"}], "note": "n"}))
    places = list(_places(data))
    for _ in range(2):
        holder, key = draw.draw(st.sampled_from(places))
        holder[key] = draw.draw(ANYTHING)
    with suppress(CannotWrite):
        desk.looked(Change(data, draw.draw(st.sampled_from([None, "television"]))))
    with suppress(CannotWrite, InvalidInput):
        desk.keep(Change(data), desk.sheet().digest)
        assert not check(desk.settings, [file], reason=False).problems
    reset(file.parents[3])


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    for key, part in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        if isinstance(part, dict | list):
            yield from _places(part)


def test_lines_of_machines_are_known_too(desk: Desk, settings: Settings, tmp_path: Path) -> None:
    line = {"id": "person/lina-line", "type": "Person", "prefLabel": {"en": "Lina Line"}}
    entities = settings.data / "entities" / "fed.jsonl"
    entities.write_text(json.dumps({"@context": "https://w3id.org/samizdat/context.jsonld", **line}) + "\n")
    assert desk.stock.things(desk.sheet()).like("lina line")[0].path == "person/lina-line"
    assert desk.stock.create({"id": "person/new", "type": "Person", "prefLabel": {"en": "New"}}).suffix == ".yaml"
    assert check(settings, reason=False).problems == ()
