"""The pages for people: what they say, in whose language, and how what they show was held."""
