"""Saving on the annotating page: what is written, what is refused, and that nothing is ever lost."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from annotating import BAN, FILE, NAME, QUOTE, ban, claim_file, prepared, reset
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from graph.annotating.changing import Change, of_draft
from graph.annotating.desk import Desk
from graph.annotating.faults import CannotAnnotate, CannotWrite, ChangedMeanwhile
from graph.checking import check
from graph.errors import InvalidInput
from graph.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return prepared(tmp_path)


@pytest.fixture
def file(tmp_path: Path, settings: Settings) -> Path:
    return claim_file(tmp_path)


@pytest.fixture
def desk(settings: Settings, file: Path) -> Desk:
    return Desk(settings, NAME)


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
