"""A claim in the forms of other communities, and typed links between documents."""
