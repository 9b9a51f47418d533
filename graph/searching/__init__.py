"""Finding things and claims by name and by words, in an index that is part of a snapshot."""
