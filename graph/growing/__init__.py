"""How the graph is made again when little of it has changed, on every core and on more than one machine."""
