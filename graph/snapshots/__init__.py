"""What a snapshot is made of, and the log of all of them: see graph/snapshot.py, which keeps them."""
