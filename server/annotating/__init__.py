"""The annotating page: an application of its own, for one person on this machine. The public server has none of it."""
