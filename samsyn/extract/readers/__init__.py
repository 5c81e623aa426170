"""One reader a format; each takes bytes and gives a `Document`, and knows no Swedish."""
