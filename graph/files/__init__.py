"""Claim and entity files as text: read with the place of every value, held to their structure, written back."""
