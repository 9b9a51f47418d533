"""Names, identifiers and candidates from other people's endpoints, only when a person asks, and decided by a person."""
