"""Tables: strict about whatever is not as it was, with the place of each fault, and nothing written."""

from pathlib import Path

import pytest
from importing import KAZAKHSTAN, RSF, holds, imported, made, rows, stored, tree

from graph.errors import InvalidInput, SamizdatError
from graph.importing.importer import KINDS
from graph.settings import Settings
from server.commands.import_ import KINDS as OFFERED

FREEDOM = "year,country,iso3,question,score\n"
PARTIES = (
    '"v2paenname","v2paorname","v2pashname","v2paid","pf_party_id","pf_url","country_name","country_text_id","year",'
    '"historical_date","v2paseatshare","v2panumbseat","v2patotalseat","v2pavote","v2pagovsup","v2paelcont",'
    '"v2xpa_antiplural","v2xpa_popul"\n'
)
CHANNEL = KAZAKHSTAN.replace("155;49,72", "60;67,5")
FAULTS = {
    "unknown column": ("rsf", RSF.replace("Zone", "Zone;Note") + KAZAKHSTAN, 1, "unknown: 'Note'"),
    "missing column": ("rsf", RSF.replace(";Zone", "") + "2021;KAZ;155;49,72;Kazakhstan\n", 1, "missing: 'Zone'"),
    "column twice": ("rsf", RSF.replace("Zone", "ISO") + KAZAKHSTAN, 1, "twice: 'ISO'"),
    "no country": ("rsf", RSF + KAZAKHSTAN.replace("KAZ", "").replace("Kazakhstan", ""), 2, "no country has both"),
    "unknown code": ("rsf", RSF + KAZAKHSTAN.replace("KAZ", "KZA"), 2, "no country has both the code 'KZA'"),
    "code and name disagree": ("rsf", RSF + KAZAKHSTAN.replace("KAZ", "KGZ"), 2, "no country has both the code 'KGZ'"),
    "Kosovo as Serbia": ("rsf", RSF + "2021;SRB;78;69,68;Kosovo;UE Balkans\n", 2, "no country has both the code 'SRB'"),
    "duplicate": ("rsf", RSF + KAZAKHSTAN + CHANNEL, 3, "2021/KAZ/rank a second time; first in x.csv:2"),
    "decimal point": ("rsf", RSF + KAZAKHSTAN.replace("49,72", "49.72"), 2, "'49.72' is no number"),
    "word for a number": ("rsf", RSF + KAZAKHSTAN.replace("49,72", "n/a"), 2, "'n/a' is no number"),
    "infinite": ("rsf", RSF + KAZAKHSTAN.replace("49,72", "inf"), 2, "'inf' is no number"),
    "foreign digits": ("rsf", RSF + KAZAKHSTAN.replace("155", "١٥٥"), 2, "'١٥٥' is no number"),
    "no value": ("rsf", RSF + KAZAKHSTAN.replace("49,72", ""), 2, "no value for World Press Freedom Index, score"),
    "above the scale": ("rsf", RSF + KAZAKHSTAN.replace("49,72", "4972"), 2, "4972 is above 100"),
    "below the scale": ("rsf", RSF + KAZAKHSTAN.replace("155", "0"), 2, "0 is below 1"),
    "half a rank": ("rsf", RSF + KAZAKHSTAN.replace("155", "155,5"), 2, "155,5 is no whole number"),
    "no year": ("rsf", RSF + KAZAKHSTAN.replace("2021", "MMXXI"), 2, "'MMXXI' is not a date"),
    "too few fields": ("rsf", RSF + "2021;KAZ;155\n", 2, "3 fields where 6 columns are named"),
    "no rows": ("rsf", RSF, 1, "no row below the header"),
    "unknown question": ("freedom-house", FREEDOM + "2021,Kazakhstan,KAZ,Z9,1\n", 2, "an unknown question: 'Z9'"),
    "unknown status": (
        "freedom-house",
        "year,country,iso3,political_rights,civil_liberties,status\n2021,Kazakhstan,KAZ,7,5,Bound\n",
        2,
        "'Bound' is none of Free",
    ),
    "year and day disagree": (
        "vparty",
        PARTIES + '"P",,"P",1,1,"","Kazakhstan","KAZ",2012,2011-01-15,8.2,8,98,7.5,2,0,0.5,0.1\n',
        2,
        "the year 2012 and the date 2011-01-15 disagree",
    ),
    "no day of the calendar": (
        "vparty",
        PARTIES + '"P",,"P",1,1,"","Kazakhstan","KAZ",2012,2012-02-31,8.2,8,98,7.5,2,0,0.5,0.1\n',
        2,
        "'2012-02-31' is no day of the calendar",
    ),
}


@pytest.mark.parametrize(("kind", "content", "line", "what"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_its_place_and_nothing_is_written(
    kind: str, content: str, line: int, what: str, settings: Settings, tmp_path: Path
) -> None:
    with pytest.raises(InvalidInput) as caught:
        imported(kind, settings, made(tmp_path, "x.csv", content))
    first = caught.value.problems[0]
    assert what in first.what
    assert (first.place.file.name, first.place.line) == ("x.csv", line)
    assert first.hint
    assert not settings.home.exists()


def test_every_fault_is_told_at_once(settings: Settings, tmp_path: Path) -> None:
    content = (
        RSF + KAZAKHSTAN.replace("KAZ", "KZA") + KAZAKHSTAN.replace("49,72", "?") + "2020;KAZ;x;50;Kazakhstan;EEAC\n"
    )
    with pytest.raises(InvalidInput) as caught:
        imported("rsf", settings, made(tmp_path, "x.csv", content))
    assert [problem.place.line for problem in caught.value.problems] == [2, 3, 4]


def test_a_failed_import_leaves_the_one_before_it(settings: Settings, tmp_path: Path) -> None:
    done = imported("rsf", settings, made(tmp_path, "x.csv", RSF + KAZAKHSTAN))
    before = tree(settings.home)
    with pytest.raises(InvalidInput):
        imported("rsf", settings, made(tmp_path, "x.csv", RSF + KAZAKHSTAN + KAZAKHSTAN))
    assert tree(settings.home) == before
    assert holds(stored(done.folder), "?m rdf:value 49.72")


def test_an_import_takes_the_place_of_the_one_before_it(settings: Settings, tmp_path: Path) -> None:
    imported("rsf", settings, made(tmp_path, "x.csv", RSF + KAZAKHSTAN))
    done = imported("rsf", settings, made(tmp_path, "x.csv", RSF + CHANNEL))
    assert rows(stored(done.folder), "?a", "?m rdf:value ?a") == [("60",), ("67.5",)]
    assert sorted(path.name for path in done.folder.parent.iterdir()) == [".lock", "rsf"]


def test_the_row_is_kept_as_it_stands_there_with_its_number(settings: Settings, tmp_path: Path) -> None:
    done = imported(
        "rsf", settings, made(tmp_path, "x.csv", "\ufeff" + (RSF + CHANNEL.replace("2021", "2020") + KAZAKHSTAN))
    )
    pattern = "?m rdf:value 49.72 ; prov:wasDerivedFrom ?r . ?r prov:value ?a ; csvw:rownum ?b ; dcterms:isPartOf ?f ."
    [(words, number, name, digest)] = rows(
        stored(done.folder), "?a ?b ?c ?d", f"{pattern} ?f dcterms:title ?c ; pol:sha256 ?d"
    )
    assert (words, number, name) == (KAZAKHSTAN.strip(), "2", "x.csv")
    assert digest == done.report["files"][0]["sha256"]


def test_a_row_over_several_lines_is_kept_whole(settings: Settings, tmp_path: Path) -> None:
    row = '"Two\nlines",,"P",1,1,"","Kazakhstan","KAZ",2012,2012-01-15,8.2,8,98,7.5,2,0,0.5,0.1'
    done = imported("vparty", settings, made(tmp_path, "x.csv", f"{PARTIES}{row}\n"))
    assert rows(stored(done.folder), "?a", "?r a csvw:Row ; prov:value ?a") == [(row,)]


def test_the_licence_is_what_is_told_and_else_nothing_is_made_up(settings: Settings, tmp_path: Path) -> None:
    from graph.importing.importer import import_files

    file = made(tmp_path, "x.csv", RSF + KAZAKHSTAN)
    licence = "https://creativecommons.org/licenses/by/4.0/"
    done = import_files("rsf", [file], settings, licence=licence)
    assert rows(stored(done.folder), "?a", "?s a dcat:Dataset ; dcterms:license ?a") == [(licence,)]
    done = import_files("rsf", [file], settings)
    assert not holds(stored(done.folder), "?s dcterms:license ?a")
    assert holds(stored(done.folder), "?s a dcat:Dataset ; dcterms:rights ?a")


@pytest.mark.parametrize("name", ["../rsf", "a/b", "..", "/etc", "Rsf", "a b", "rsf\n", "-"])
def test_a_name_that_leads_elsewhere_is_refused(name: str, settings: Settings, tmp_path: Path) -> None:
    file = made(tmp_path, "x.csv", RSF + KAZAKHSTAN)
    with pytest.raises(SamizdatError, match="is not the name of a data set"):
        imported("rsf", settings, file, dataset=name)
    assert not settings.home.exists()


def test_the_command_offers_every_kind() -> None:
    assert sorted(OFFERED) == sorted(KINDS)
