"""Corpora of agreements over municipalities and years."""
