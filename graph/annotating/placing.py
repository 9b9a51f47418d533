"""Words that somebody has selected or typed, as a quote with its position."""

from dataclasses import replace

from graph.quotes import Quote, QuoteFault, locate

AROUND = (0, 16, 30, 100, 400)
"""Characters before and after the words that tell them from the same words elsewhere."""


def placed(text: str, quote: Quote) -> Quote:
    """The quote where it stands in the text; at its ``start``, if it has one and the words are there.

    Where the same words stand elsewhere too, it gets as much of what is around it as tells them apart. QuoteFault as
    `samizdat check` has it, where they stand nowhere, or several times and nobody says which is meant.
    """
    if quote.start is None or not quote.exact or not text.startswith(quote.exact, quote.start):
        return locate(text, replace(quote, start=None, end=None))
    end = quote.start + len(quote.exact)
    for around in AROUND:
        before, after = text[max(0, quote.start - around) : quote.start], text[end : end + around]
        wider = Quote(quote.exact, before or None, after or None) if around else Quote(quote.exact)
        try:
            found = locate(text, wider)
        except QuoteFault:
            continue
        if found.start == quote.start:
            return found
    return locate(text, Quote(quote.exact))
