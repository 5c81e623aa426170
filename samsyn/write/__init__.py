"""One writer a format; each takes a finished value and gives text or bytes, and computes nothing."""
