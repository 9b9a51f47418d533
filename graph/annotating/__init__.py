"""Annotating a text: a claim file read, checked as it is typed, and written without touching what nobody changed."""
