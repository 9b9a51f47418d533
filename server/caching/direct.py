"""A plain query asked of the engine at once: the application makes nothing of its answer but headers.

That is most requests of programs, and what the framework does with each takes ten times as long as a small lookup.
What goes wrong is handed to the application, which alone knows how to say it.
"""

from typing import TYPE_CHECKING

from graph.engine import Answer, Query
from graph.engine.tokens import calls_service
from graph.errors import SamizdatError
from graph.snapshots.prepared import PreparedAnswer
from ontology.base import BASE
from server.addresses import SELF
from server.caching.keys import Wanted
from server.caching.store import Headers
from server.guarding.hang_ups import HangUps
from server.guarding.security import HEADERS, OPEN_HEADERS
from server.holdings import Holdings
from server.watching.noting import FAILED, Note, digest, form_of

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


class Direct:
    """Asks the engine on behalf of requests."""

    def __init__(self, hang_ups: HangUps) -> None:
        """``hang_ups`` ends queries whose clients have gone."""
        self._hang_ups = hang_ups

    def ask(self, environ: "WSGIEnvironment", held: Holdings, wanted: Wanted) -> tuple[Headers, bytes, Note] | None:
        """The headers, the body and the note of the answer; None if the application has to say something else.

        An error is left in the environment for it (``server.watching.noting.FAILED``).
        """
        formats = wanted.formats
        if formats is None or calls_service(wanted.text):
            return None
        try:
            with self._hang_ups.waiting(environ):
                answer = held.engine.evaluate(Query(wanted.text, base=BASE), formats, timeout=wanted.timeout)
        except SamizdatError as error:
            # Without the frames it came through: they hold the environment, and so would keep all they hold.
            environ[FAILED] = error.with_traceback(None)
            return None
        return headers_of(answer, wanted), answer.body, note_of(wanted.text, held)


def headers_of(answer: Answer | PreparedAnswer, wanted: Wanted) -> Headers:
    """What the application would say of an answer."""
    choice = wanted.documents if answer.kind == "graph" else wanted.tables
    content_type = choice.content_type if choice else answer.media_type
    return [("Content-Type", content_type), *HEADERS.items(), *OPEN_HEADERS.items(), ("Link", SELF)]


def note_of(query: str, held: Holdings) -> Note:
    """What the metrics and the log are told of a query."""
    return Note(form_of(query), digest(query), held.snapshot.id[:16])
