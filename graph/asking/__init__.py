"""What pages and documents ask of a graph through an engine, so that any endpoint that holds it will do."""
