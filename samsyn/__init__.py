"""Reads Swedish police and municipality cooperation agreements into one shared, traceable model."""
