"""Words in the reader's language: which it is, days and times, and what tables say."""
