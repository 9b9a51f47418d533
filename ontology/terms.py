"""Closed namespaces: a term that its vocabulary does not define raises when it is named.

``POL`` is held equal to ``politics.ttl`` by a test. The other classes list the terms of public
vocabularies that rdflib does not bundle, as far as this project uses them. The vocabularies that
rdflib does bundle (``FOAF``, ``ORG``, ``PROV``, ``SDO``, ``SKOS``, ``TIME``, ...) are taken from there.
"""

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace

from ontology.base import BASE


class POL(DefinedNamespace):
    """The politics ontology, ``{base}politics#``."""

    _fail = True
    _NS = Namespace(f"{BASE}politics#")

    # Classes
    AgentGroup: URIRef
    Announcement: URIRef
    BannedParty: URIRef
    Claim: URIRef
    Comparison: URIRef
    Derivation: URIRef
    DetainedPerson: URIRef
    Detention: URIRef
    Editorial: URIRef
    Election: URIRef
    ElectionResult: URIRef
    ElectionRigging: URIRef
    Goal: URIRef
    Government: URIRef
    Indicator: URIRef
    LegalReform: URIRef
    MediaControl: URIRef
    MediaOutlet: URIRef
    MediaSector: URIRef
    Measurement: URIRef
    Medium: URIRef
    Mention: URIRef
    Modality: URIRef
    OfficeHolder: URIRef
    OppositionParty: URIRef
    PartyBan: URIRef
    PartyFounding: URIRef
    PartyStatus: URIRef
    PoliticalAlignment: URIRef
    PoliticalParty: URIRef
    PoliticalRole: URIRef
    Premise: URIRef
    Protest: URIRef
    RegistrationRequirement: URIRef
    RulingParty: URIRef
    SocialPlatform: URIRef
    StateControlledMedia: URIRef
    Statement: URIRef
    Tenure: URIRef

    # Object properties
    agent: URIRef
    attributedTo: URIRef
    axiom: URIRef
    ban: URIRef
    bannedParty: URIRef
    banningAuthority: URIRef
    beginning: URIRef
    belies: URIRef
    beside: URIRef
    controlled: URIRef
    controlledBy: URIRef
    controller: URIRef
    controls: URIRef
    country: URIRef
    date: URIRef
    deadline: URIRef
    detained: URIRef
    detention: URIRef
    election: URIRef
    end: URIRef
    fulfils: URIRef
    hasOutlet: URIRef
    inSector: URIRef
    inTensionWith: URIRef
    indicator: URIRef
    jurisdiction: URIRef
    medium: URIRef
    mention: URIRef
    mentionOf: URIRef
    modality: URIRef
    ownedBy: URIRef
    party: URIRef
    post: URIRef
    predecessor: URIRef
    premise: URIRef
    quote: URIRef
    role: URIRef
    rule: URIRef
    speaker: URIRef
    statedIn: URIRef
    status: URIRef
    successor: URIRef
    viaPlatform: URIRef
    wholeControlOf: URIRef
    whollyControlledBy: URIRef
    winner: URIRef

    # Datatype properties
    category: URIRef
    condition: URIRef
    content: URIRef
    count: URIRef
    covers: URIRef
    earliest: URIRef
    edtf: URIRef
    extent: URIRef
    freest: URIRef
    ground: URIRef
    highest: URIRef
    ideology: URIRef
    inferredFrom: URIRef
    latest: URIRef
    lowest: URIRef
    printedName: URIRef
    sensitive: URIRef
    sha256: URIRef
    statedReason: URIRef
    threshold: URIRef
    unit: URIRef
    yearsApart: URIRef

    # Concepts and their schemes
    announced: URIRef
    asserted: URIRef
    believed: URIRef
    conditional: URIRef
    doubted: URIRef
    evaluated: URIRef
    intended: URIRef
    media: URIRef
    modalities: URIRef
    online: URIRef
    opposition: URIRef
    partyStatuses: URIRef
    politicalRoles: URIRef
    predicted: URIRef
    print: URIRef
    radio: URIRef
    registered: URIRef
    reported: URIRef
    ruling: URIRef
    social: URIRef
    television: URIRef


class NP(DefinedNamespace):
    """Nanopublications, https://nanopub.net/guidelines/working_draft/."""

    _fail = True
    _NS = Namespace("http://www.nanopub.org/nschema#")

    Nanopublication: URIRef
    hasAssertion: URIRef
    hasProvenance: URIRef
    hasPublicationInfo: URIRef


class NPX(DefinedNamespace):
    """Nanopublications about nanopublications, http://purl.org/nanopub/x/."""

    _fail = True
    _NS = Namespace("http://purl.org/nanopub/x/")

    retracts: URIRef
    supersedes: URIRef


class OA(DefinedNamespace):
    """Web Annotation, https://www.w3.org/TR/annotation-vocab/."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/oa#")

    SpecificResource: URIRef
    TextPositionSelector: URIRef
    TextQuoteSelector: URIRef
    end: URIRef
    exact: URIRef
    hasSelector: URIRef
    hasSource: URIRef
    prefix: URIRef
    start: URIRef
    suffix: URIRef


class CITO(DefinedNamespace):
    """Citation Typing Ontology, http://purl.org/spar/cito."""

    _fail = True
    _NS = Namespace("http://purl.org/spar/cito/")

    disputes: URIRef
    supports: URIRef


class SEM(DefinedNamespace):
    """Simple Event Model, https://semanticweb.cs.vu.nl/2009/11/sem/."""

    _fail = True
    _NS = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")

    Event: URIRef
