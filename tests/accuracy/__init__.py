"""Accuracy suite: agreements of our own writing, their gold, and the floors that extraction may not sink below."""
