"""What the page of queries and the pages of saved questions are given."""

from dataclasses import dataclass

from server.pieces import Answer, QuestionGroup
from server.site.answer_picture import Views
from server.site.snippets import Snippet


@dataclass(frozen=True)
class QueryPage:
    """The query form, and the answer once there is a query, with the ways to look at it.

    ``snippets`` are the query as code, ``link`` is its short address if it has one.
    """

    sparql: str
    answer: Answer | None
    views: Views | None
    examples: tuple[QuestionGroup, ...]
    snippets: tuple[Snippet, ...]
    link: str | None
