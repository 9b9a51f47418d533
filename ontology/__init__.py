"""The vocabulary: OWL ontology, SHACL shapes, JSON-LD context, and their closed Python namespaces."""
