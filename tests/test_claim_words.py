"""How a claim is held is said in whole sentences, one for each verb, with names that lead somewhere."""

from markupsafe import Markup
from server_fixtures import BROWSER, make_app, make_client

from server import vocabulary
from server.claims import PLURAL, SINGULAR
from server.pieces import Attribution, Claim, Link
from server.site.claim_words import ATTRIBUTED, modality_word, modality_words, voice_of


def held(by: Attribution | None) -> Claim:
    return Claim(
        "", "", 1, "", vocabulary.modality("believed"), (), by, Link("", None), None, private=False, tensions=()
    )


def test_there_is_a_sentence_for_every_verb_and_a_word_for_every_modality() -> None:
    with make_app().test_request_context("/"):
        assert set(ATTRIBUTED) == {*SINGULAR.values(), *PLURAL.values()}
        for verb, sentence in ATTRIBUTED.items():
            assert f" %(agents)s {verb} that" in sentence()
        assert set(modality_words()) == set(vocabulary.MARKS)
        assert modality_word("unheard-of") == "unheard-of"


def test_names_stay_links_and_nothing_else_is_markup() -> None:
    with make_app().test_request_context("/"):
        voice = voice_of(held(Attribution((), "believe")), Markup('<a href="/x">x &amp; y</a>'))
        assert voice == 'The editorial says that <a href="/x">x &amp; y</a> believe that …'
        assert voice_of(held(None), Markup("")) == "In the editorial’s own voice"


def test_a_page_tells_who_believes() -> None:
    text = make_client().get("/claims", headers={"Accept": BROWSER}).text
    assert ">officials</a></span> believe that …" in text
    assert "In the editorial’s own voice" in text
