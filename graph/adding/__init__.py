"""Adding an editorial: its text into the private archive, and a claim file of drafts for a person to finish."""
