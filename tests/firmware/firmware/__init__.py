"""The firmware, tried in a machine without anybody's help."""
