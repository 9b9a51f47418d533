"""What the server tells whoever runs it: log, figures, health."""
