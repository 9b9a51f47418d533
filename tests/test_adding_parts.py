"""The parts of suggesting: sentences, dates, names and cue words, each in several languages."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from repository import REPOSITORY

from graph.adding.cueing import Cues
from graph.adding.moments import dates
from graph.adding.names import Names
from graph.adding.nations import nations
from graph.adding.sentences import Sentence, may_state, sentences
from graph.adding.stubs import stubs
from graph.adding.suggesting import drafted
from graph.adding.writing import written
from graph.entities import read_entities
from graph.files import structure
from graph.files.yaml_reader import read
from graph.quotes import locate


@pytest.fixture(scope="module")
def names() -> Names:
    files = sorted((REPOSITORY / "graph" / "data" / "entities").glob("*.yaml"))
    return Names([entity for file in files for entity in read_entities(read(file))])


@pytest.mark.parametrize(
    ("language", "split"),
    [
        ("en", ["He worked for several U.S. companies in the U.S. and left in 2004.", "Dr. Smith stayed."]),
        ("en", ["She said “It was bad. Very bad.” to J. K. Rowling.", "Then he left."]),
        ("ru", ["В 2019 г. он ушёл.", "Его сменил К.-Ж. Токаев.", "«Это плохо. Очень плохо», — сказал он."]),
        ("kk", ["2019 ж. ол кетті.", "Оны Қ.-Ж. Тоқаев ауыстырды."]),
        ("fr", ["M. Dupont est parti.", "« C’est fini. »", "Il a dit non."]),
        ("de", ["Am 3. Oktober 1990 war z. B. Dr. Kohl da.", "Er ging."]),
        ("xx", ["A language that nobody knows.", "It has sentences."]),
    ],
)
def test_sentences_are_split_where_they_end(language: str, split: list[str]) -> None:
    assert [sentence.text for sentence in sentences(" ".join(split), language)] == split


@given(st.text(st.characters(codec="utf-8"), max_size=200), st.sampled_from(["en", "ru", "zh", "ar"]))
def test_a_sentence_stands_where_it_says(text: str, language: str) -> None:
    found = sentences(text, language)
    for sentence in found:
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip() != ""
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("The port is closed.", True),
        ("“The port is closed,”", True),
        ("他离开了这个国家。", False),  # no blanks: one word
        ("Is the port closed?", False),
        ("Recommended Posts", False),
        ("January editorial.", False),
    ],
)
def test_headings_questions_and_fragments_state_nothing(text: str, may: bool) -> None:
    assert may_state(Sentence(text, 0, len(text))) is may


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "On 18 December 2020 and December 18, 2020", ["2020-12-18", "2020-12-18"]),
        ("en", "by June, in May 2021, on May 5, in the 1990s", ["XXXX-06", "2021-05", "XXXX-05-05", "199X"]),
        ("en", "in 1991, from 1989—when, 1989–1991, 2020-12-18", ["1991", "1989", "1989/1991", "2020-12-18"]),
        ("en", "it may march on 20,000 of 2,019 for $2000 and 2019%", []),
        (
            "ru",
            "18 декабря 2020 года, в июне 2019 г., 31.12.2019, в 1990-х",
            ["2020-12-18", "2019-06", "2019-12-31", "199X"],
        ),
        ("kk", "2020 жылғы 18 желтоқсан, 2019 жылы", ["2020-12-18", "2019"]),
        ("fr", "le 3 mars 2019, en août", ["2019-03-03", "XXXX-08"]),
        ("de", "am 3. Oktober 1990", ["1990-10-03"]),
        ("es", "el 3 de mayo de 2021", ["2021-05-03"]),
        ("xx", "in 1990", ["1990"]),
    ],
)
def test_dates_are_as_precise_as_they_are_printed(language: str, text: str, expected: list[str]) -> None:
    found = dates(text, language)
    assert [one.edtf for one in found] == expected
    assert all(one.why and text[one.start : one.end] in text for one in found)


@pytest.mark.parametrize(
    ("language", "text", "path", "why"),
    [
        ("en", "They met Nursultan Nazerbajev.", "person/nursultan-nazarbayev", "written in another way"),
        ("en", "They met Kasym-Jomart Tokaev.", "person/kassym-jomart-tokayev", "written in another way"),
        ("en", "They met Asya Tulesovva there.", "person/asya-tulesova", "written in another way"),
        ("en", "They met Gennady Kolbyn there.", "person/gennady-kolbin", "written in another way"),
        ("en", "They met Gennadi Kolvin there.", "person/gennady-kolbin", "like “Gennady Kolbin”"),
        ("ru", "Об этом сказал Нурсултан Назарбаев.", "person/nursultan-nazarbayev", "written in another way"),
        ("ru", "Это дом Назарбаева.", "person/nursultan-nazarbayev", "a part of the name Nursultan Nazarbayev"),
        ("ru", "Так было в Казахстане.", "country/kazakhstan", "like “Kazakhstan”"),
        ("kk", "Қазақстан тәуелсіз.", "country/kazakhstan", "another name of it"),
        ("en", "It was Nur Otan’s day.", "party/nur-otan", "its preferred name"),
        ("en", "It was Nurotan again.", "party/nur-otan", "like “Nur Otan”"),
        ("en", "The government of today rules Kazakhstan.", "government/kazakhstan", "Government of Kazakhstan, for"),
    ],
)
def test_things_are_known_by_their_names(names: Names, language: str, text: str, path: str, why: str) -> None:
    found = {one.path: one for one in names.found(text, language)}
    assert path in found, found
    assert why in found[path].why


@pytest.mark.parametrize(
    "text",
    [
        "There is progress.",
        "It is good for us all.",
        "The Kazakhstani scene.",
        "He is a government man.",
        "A tulip and a colbin.",
    ],
)
def test_what_is_no_name_is_not_taken_for_one(names: Names, text: str) -> None:
    assert names.found(text, "en") == []


@pytest.mark.parametrize(
    ("language", "text", "key", "value"),
    [
        ("en", "Many believe that it was rigged.", "modality", "believed"),
        ("en", "Officials have been claiming it.", "modality", "reported"),
        ("en", "They will likely struggle.", "modality", "predicted"),
        ("en", "It might just be for show.", "modality", "doubted"),
        ("en", "“We have a fresh perspective,” it went.", "modality", "reported"),
        ("en", "If it survives, it would be great.", "condition", "If it survives"),
        ("en", "She is the mother of two.", "sensitive", True),
        ("en", "The party was banned.", "type", "PartyBan"),
        ("en", "She has been detained.", "type", "Detention"),
        ("en", "They announced it.", "type", "Announcement"),
        ("en", "He owns most TV stations.", "type", "MediaControl"),
        ("en", "It controls the press.", "type", "MediaControl"),
        ("ru", "Многие считают, что это так.", "modality", "believed"),
        ("ru", "Партия была запрещена.", "type", "PartyBan"),
        ("ru", "Её задержали.", "type", "Detention"),
        ("kk", "Көпшілік сайлау бұрмаланды деп санайды.", "modality", "believed"),
        ("kk", "Көпшілік сайлау бұрмаланды деп санайды.", "type", "ElectionRigging"),
        ("kk", "Сарапшылардың айтуынша, бұл дұрыс емес.", "modality", "reported"),
        ("kk", "«Алға» партиясына тыйым салынды.", "type", "PartyBan"),
        ("kk", "Белсенді ұсталды.", "type", "Detention"),
        ("kk", "Телеарналардың көбі үкіметке тиесілі.", "type", "MediaControl"),
        ("kk", "Егер сот шешімін өзгертпесе, партия тіркелмейді.", "condition", "Егер сот шешімін өзгертпесе"),
    ],
)
def test_cue_words_propose_and_say_why(language: str, text: str, key: str, value: object) -> None:
    found = {(cue.key, cue.value): cue for cue in Cues(language).found(text)}
    assert (key, value) in found
    assert found[key, value].why
    assert found[key, value].words in text


def test_how_somebodys_words_hold_a_thing_is_theirs() -> None:
    found = {
        cue.value for cue in Cues("en").found("“We believe that we will win it,” it went.") if cue.key == "modality"
    }
    assert found == {"reported"}


def test_a_language_without_cue_words_is_told_apart() -> None:
    assert not Cues("fr").known
    assert Cues("fr").found("Il croit que oui.") == []
    assert not Cues("../en").known


def test_names_that_nobody_is_known_by_are_listed_as_entities_to_complete(names: Names) -> None:
    text = "Yesterday Mukhtar Ablyazov met Asya Tulesova in Kyrgyzstan. Mukhtar Ablyazov’s Open Society Forum is new."
    found = drafted(text, "en", names)
    assert found.strangers == ("Mukhtar Ablyazov", "Open Society Forum")
    assert [one.alpha_3 for one in found.nations] == ["KGZ"]
    told = written({"headline": "x"}, found.drafts, unknown=stubs(found, "en"))
    assert '#   - { id: KIND/mukhtar-ablyazov, type: TYPE, prefLabel: { en: "Mukhtar Ablyazov" } }\n' in told
    assert "#   - { id: country/kyrgyzstan, type: Country, prefLabel: { en: Kyrgyzstan }, identifier: [" in told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee went home. The press did not.", ("Ann Lee",)),
        ("Yesterday Ann went. In Ulytau nothing moved, and not yesterday.", ()),
        ("Nobody met Ann Lee’s New Party.", ("Ann Lee", "New Party")),
    ],
)
def test_a_name_may_begin_a_sentence(names: Names, text: str, expected: tuple[str, ...]) -> None:
    assert drafted(text, "en", names).strangers == expected


def test_what_is_left_to_complete_is_found_missing(tmp_path: Path, names: Names) -> None:
    found = drafted("Вчера Айдана Токомбекова говорила в Бишкеке. Она молчит.", "ru", names)
    [line] = [line for line in stubs(found, "ru") if line.startswith("  - ")]
    file = tmp_path / "entities.yaml"

    def whats(line: str) -> list[str]:
        file.write_text(f'"@context": https://w3id.org/samizdat/context.jsonld\nentities:\n{line}\n', encoding="utf-8")
        return [problem.what for problem in structure.problems(read(file))]

    assert whats(line) == ["“id” is KIND/aydana-tokombekova", "there is no class TYPE"]
    line = line.replace("KIND", "person").replace("TYPE", "Person")
    assert whats(line) == ["“en” is empty"]
    assert whats(line.replace("en: ,", "en: Aidana Tokombekova,")) == []


@pytest.mark.parametrize(
    ("language", "text", "codes"),
    [
        ("en", "From Georgia to Burkina Faso, and not in Kazakhstan.", ["GE", "BF"]),
        ("ru", "Суд в Кыргызстане, а не в Грузии.", ["KG", "GE"]),
        ("kk", "Қырғызстанда сот болды.", ["KG"]),
        ("fr", "Au Togo, au Bénin.", ["TG", "BJ"]),
        ("xx", "In Bolivia.", []),
    ],
)
def test_countries_that_nobody_is_known_by_are_found_in_any_language(
    names: Names, language: str, text: str, codes: list[str]
) -> None:
    assert [one.alpha_2 for one in nations(text, language, names.found(text, language))] == codes


def test_the_same_words_twice_are_told_apart(names: Names) -> None:
    text = "First. The port is closed. Then it opened again. The port is closed."
    quotes = [draft.quote for draft in drafted(text, "en", names).drafts]
    assert [quote.exact for quote in quotes].count("The port is closed.") == 2
    assert [locate(text, quote).start for quote in quotes] == [quote.start for quote in quotes]


@example(words="TRUE")
@example(words="a: b # c\u2028\u0085\ufeff")
@given(words=st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_what_is_written_is_read_again(words: str, tmp_path_factory: pytest.TempPathFactory, names: Names) -> None:
    text = f"The port {words} is closed. It is."
    drafts = drafted(text, "en", names).drafts
    file: Path = tmp_path_factory.mktemp("written") / "draft.yaml"
    file.write_text(written({"headline": words, "note": None}, drafts), encoding="utf-8")
    data = read(file).data
    assert data["headline"] == words
    assert [draft["quote"]["exact"] for draft in data["drafts"] or ()] == [draft.quote.exact for draft in drafts]
