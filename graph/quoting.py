"""The quotes of an editorial against its text, or, where that is not at hand, against what is recorded."""

from collections.abc import Iterator

from graph import quotes
from graph.claims import Editorial
from graph.errors import Problem
from graph.files.yaml_reader import Document, Steps


def unread_note(editorial: Editorial) -> str:
    """What is told where a text is not at hand."""
    return (
        f"{editorial.document.file}: the text with SHA-256 {editorial.sha256[:12]}… is not at hand, so its quotes "
        "were not re-read; recorded hash and positions are used (SAMIZDAT_TEXTS names folders with texts)"
    )


def quote_problems(editorial: Editorial, text: str | None) -> Iterator[Problem]:
    """Quotes that do not stand in the text where they are recorded; without the text, positions that cannot be."""
    for claim in editorial.claims:
        for at, quote in enumerate(claim.quotes):
            try:
                quotes.verify_unread(quote) if text is None else quotes.verify(text, quote)
            except quotes.QuoteFault as fault:
                steps = _quote_steps(editorial.document, claim.steps, at)
                yield editorial.document.problem(steps, fault.what, fault.hint, fault.rule)


def _quote_steps(document: Document, steps: Steps, at: int) -> Steps:
    one = (*steps, "quote", "exact")
    return one if one in document.values else (*steps, "quote", at, "exact")
