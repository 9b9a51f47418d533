"""What imported data sets have measured, as pages tell it."""
