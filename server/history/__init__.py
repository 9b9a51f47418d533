"""Time: snapshots that stay addressable (RFC 7089), what changed between them, the feed and the event stream."""
