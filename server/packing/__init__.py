"""A claim and all that it rests on in one file to keep, send and print: see ``server/packing/contents.py``."""
