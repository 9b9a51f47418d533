"""What the commands share: how they ask, wait, print and fail. The commands are in server/commands."""
