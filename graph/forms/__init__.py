"""Claims in the forms that other people read: nanopublications, a table, JSON-LD by the shortest keys."""
