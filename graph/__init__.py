"""The data, and the code that turns it into a snapshot and queries it."""
