"""Fuzzing of the readers: broken and odd documents, made at random from a seed, read until something gives way."""
