"""What is claimed beside what was measured, by documented rules: see ``queries/rules``."""
