"""Editorials from machines: streams of JSON-LD lines into the data folder, and lines and files made of each other."""
