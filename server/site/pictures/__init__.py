"""Pictures where people would rather look than read, each with a table that says the same.

``blueprint.py`` is where they are, ``frame.py`` what they stand in; a module of each picture gathers its data, and its
routes are in ``routes.py``, or in a module of its own that ``server/__init__.py`` imports as it does that one.
"""
