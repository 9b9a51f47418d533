"""What the tests of comparisons share: claims made from text, indices of a few rows, and what a rule finds."""

import re
from collections.abc import Iterable
from pathlib import Path

from importing import RSF, imported, made
from pyoxigraph import Quad, RdfFormat, Store, parse
from repository import REPOSITORY

from graph.comparing.comparisons import Comparison, compared, comparisons
from graph.comparing.working import working_store
from graph.evidence import evidence
from graph.importing import review
from graph.iris import ID
from graph.settings import Settings
from ontology.base import BASE
from queries import rules

SCORES = "year,country,iso3,question,score\n"
VPARTY = (
    "v2paenname,v2paorname,v2pashname,v2paid,pf_party_id,pf_url,country_name,country_text_id,year,historical_date,"
    "v2paseatshare,v2panumbseat,v2patotalseat,v2pavote,v2pagovsup,v2paelcont,v2xpa_antiplural,v2xpa_popul\n"
)
PREFIXES = f"""@prefix pol: <{BASE}politics#> . @prefix np: <http://www.nanopub.org/nschema#> .
@prefix org: <http://www.w3.org/ns/org#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix schema: <https://schema.org/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix id: <{ID}> .
@prefix claim: <{ID}claim/text/> . @prefix e: <{ID}claim/text/one#> .
"""
WORLD = r"""
id:government\/kazakhstan a pol:Government . id:party\/nur-otan a pol:PoliticalParty, pol:RulingParty .
id:party\/harbour a pol:PoliticalParty . id:sector\/tv a pol:MediaSector . id:outlet\/daily a pol:MediaOutlet .
id:government\/kazakhstan pol:country id:country\/kazakhstan . id:party\/nur-otan pol:country id:country\/kazakhstan .
id:party\/harbour pol:country id:country\/kazakhstan . id:sector\/tv pol:country id:country\/kazakhstan .
id:outlet\/daily pol:country id:country\/kazakhstan .
"""
CONTROL = r"e:m pol:controller id:government\/kazakhstan ; pol:controlled id:sector\/tv"


def date(edtf: str, first: str = "", last: str = "") -> str:
    """A date of the claim, as one more property of ``e:m``."""
    bounds = [f'pol:earliest "{first}"^^xsd:date' if first else "", f'pol:latest "{last}"^^xsd:date' if last else ""]
    return f'pol:date e:when . e:when pol:edtf "{edtf}"' + "".join(f" ; {bound}" for bound in bounds if bound)


def claimed(said: str, modality: str = "asserted", year: str = "2021", more: str = "") -> list[Quad]:
    """One claim that says this, in an editorial of the year; of no known year if that is empty."""
    days = f'pol:earliest "{year}-01-01"^^xsd:date ; pol:latest "{year}-01-31"^^xsd:date'
    text = f"""{PREFIXES}{WORLD}{more}
        claim:one np:hasAssertion e:assertion ; pol:modality pol:{modality} ; pol:statedIn id:text .
        {f"id:text pol:date id:day . id:day {days} ." if year else ""}
        e:assertion {{ {said} . }}"""
    return list(parse(text.encode(), RdfFormat.TRIG))


class World:
    """Indices of a few rows, imported, and what a rule finds between them and claims."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.settings, self._folder = settings, folder

    def ask(self, rule: str, quads: Iterable[Quad]) -> list[Comparison]:
        """What the rule of this name finds."""
        found = rules()[rule]
        return list(compared(working_store(quads, evidence(self.settings.evidence_folder), [found]), found))

    def rsf(self, **scores: str) -> None:
        """The index of these years (``y2022="30.5"``) for Kazakhstan, in the layout of before 2022."""
        rows = [f"{year[1:]};KAZ;155;{score.replace('.', ',')};Kazakhstan;EEAC\n" for year, score in scores.items()]
        imported("rsf", self.settings, made(self._folder, "rsf.csv", RSF + "".join(rows)))

    def freedom_house(self, *rows: str) -> None:
        """Answers as ``2021 D1 0``, for Kazakhstan."""
        lines = [f"{row.split()[0]},Kazakhstan,KAZ,{row.split()[1]},{row.split()[2]}\n" for row in rows]
        imported("freedom-house", self.settings, made(self._folder, "scores.csv", SCORES + "".join(lines)))

    def vparty(self, *rows: str, name: str = "") -> None:
        """Parties at elections as ``2016 3748 82.2 0``: year, party, share of votes, government support or ``-``."""
        lines = []
        for row in rows:
            year, party, share, support = row.split()
            code = support.strip("-")
            days = f"Kazakhstan,KAZ,{year},{year}-03-20"
            lines.append(f"{name or f'P{party}'},,P{party},{party},{party},,{days},,,,{share},{code},,,\n")
        imported("vparty", self.settings, made(self._folder, "vparty.csv", VPARTY + "".join(lines)))

    def decide(self, dataset: str, decision: str) -> None:
        """What a person says of everybody who may be somebody else."""
        file = self.settings.evidence_folder / dataset / review.NAME
        decided = re.sub(r'decision: "?unsure"?', f'decision: "{decision}"', file.read_text("utf-8"))
        file.write_text(decided, encoding="utf-8")

    def house(self) -> str:
        """A parliament in which one person sat from 2012 to 2016; the person's IRI, as a local name."""
        body = '{"persons": [{"id": "p", "name": "Somebody"}], "organizations": [{"id": "house", "name": "The House"}]'
        dates = '"start_date": "2012-01-20", "end_date": "2016-01-20"'
        members = f'{body}, "memberships": [{{"person_id": "p", "organization_id": "house", {dates}}}]}}'
        imported("popolo", self.settings, made(self._folder, "kazakhstan-house.json", members))
        return r"id:person\/popolo-kazakhstan-house-p"


def told(found: Iterable[Comparison]) -> list[tuple[str, str, int]]:
    """The year covered, the relation and the years apart of each."""
    return [(one.covers, one.relation.rpartition("/")[2].rpartition("#")[2], one.apart) for one in found]


def relation(found: Iterable[Comparison]) -> str:
    [(_, name, _)] = told(found)
    return name


def compared_store(seed: Iterable[Quad], folder: Path) -> Store:
    """The project's own data with indices of a few Kazakh rows beside it, as a build would hold it."""
    world = World(Settings(data=REPOSITORY / "graph" / "data", texts=(), home=folder / "home"), folder)
    world.rsf(y2020="45.89", y2021="49.72", y2022="48.28")
    world.freedom_house("2021 D1 0", "2020 D1 0", "2021 B1 1", "2021 B2 0", "2021 A1 0")
    world.vparty("2016 3748 82.2 0", "2012 3748 81 0")
    quads, found = list(seed), evidence(world.settings.evidence_folder)
    store = Store()
    store.bulk_extend([*quads, *comparisons(quads, found), *(quad for one in found for quad in one.quads())])
    return store
