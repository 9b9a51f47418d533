"""The logic of the ontology and of what is asserted: axioms, rules, what follows, what clashes, and the proof."""
