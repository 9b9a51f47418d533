"""What keeps clients from harming each other: limits, hang-ups, headers."""
