"""Public data sets as evidence: read strictly, written as a graph of their own, with the row behind each value."""
