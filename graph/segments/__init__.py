"""The content of a snapshot: sorted N-Quads, cut into segments that are packed and looked at one by one."""
