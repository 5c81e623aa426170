"""How recurring measures are found in texts: terms, index, finding, settling, scores. The door is samsyn/match.py."""
