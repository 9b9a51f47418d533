"""The Flask application: the SPARQL endpoint, linked data and the pages. Imports everything below it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the command line is in this package too, and must start without Flask
    from flask import Flask

    from graph.engine import Engine
    from graph.snapshot import Snapshot
    from queries import StoredQuery
    from server.settings import ServerSettings


def create_app(
    settings: "ServerSettings",
    *,
    engine: "Engine | None" = None,
    snapshot: "Snapshot | None" = None,
    catalogue: "Mapping[str, StoredQuery] | None" = None,
) -> "Flask":
    """An application that answers from these, or from this machine's current snapshot and the saved questions."""
    from flask import Flask
    from jinja2 import StrictUndefined

    from server import (
        assets,
        errors,
        federated,
        graph_store,
        linked_data,
        ontology_document,
        openapi,
        pages,
        protocol,
        search,
    )
    from server.caching.cache import install
    from server.claim_forms import documents as claim_forms
    from server.describing import cite, dataset, dumps, sitemaps
    from server.guarding import security
    from server.guarding.hang_ups import end_abandoned
    from server.history import changes, event_stream, feed, memento
    from server.history.time_travel import install as install_past
    from server.holdings import hold, open_holdings, published
    from server.holdings import link as link_to_serve
    from server.linking import linkset
    from server.packing import packs
    from server.reconciling import api as reconcile
    from server.reconciling import draft as reconcile_draft
    from server.site import (
        about,
        asking,
        claim_words,
        facet_words,
        here,
        navigation,
        proofs,
        question_index,
        rule_pages,
    )
    from server.site.pictures import network_routes as pictures
    from server.site.things import measured
    from server.switching import Switch
    from server.watching import health, metrics, noting
    from server.words import language, page_words

    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = settings.request_kb << 10
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 3600
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    link = None if engine or snapshot else link_to_serve()
    switch = Switch(lambda: open_holdings(settings, engine, snapshot, catalogue), link)
    hold(app, switch)
    for module in (
        *(protocol, graph_store, pages, linked_data, ontology_document, claim_forms, cite, linkset, health),
        *(asking, question_index, pictures, search, reconcile, reconcile_draft, dataset, sitemaps, openapi),
        *(memento, changes, feed, event_stream, about, proofs, rule_pages, packs),
    ):
        app.register_blueprint(module.blueprint)
    dumps.register(app, settings.threads)
    metrics.register(app, settings)
    assets.register(app)
    language.register(app)
    here.register(app)
    navigation.register(app)
    claim_words.register(app)
    facet_words.register(app)
    page_words.register(app)
    measured.register(app)
    errors.register(app)
    security.register(app)
    noting.register(app)
    federated.register(app, settings)
    end_abandoned(app, settings.threads)
    install(app, switch, bound=settings.cache_mb << 20, longest=settings.request_kb << 10, seconds=settings.seconds)
    install_past(app, switch, settings, published() if link else None)
    return app
