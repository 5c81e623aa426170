"""Pairs of agreements of our own with the alignment an honest reader would make, and how it is scored."""
