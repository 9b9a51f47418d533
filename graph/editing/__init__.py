"""Changing a YAML file that a person keeps too: what is edited changes, and no byte beside it; review files."""
