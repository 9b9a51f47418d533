"""A claim in the forms of other communities: an annotation, a nanopublication, schema.org."""
