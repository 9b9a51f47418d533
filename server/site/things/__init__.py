"""Pages of things and of claims: what is said of them, in sentences, each with its words and how it is held."""
