"""The benchmark: data like ours in any size, three servers on it, and the table that compares them."""
