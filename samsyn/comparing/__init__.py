"""How two agreements are laid beside each other: items, signals, assignment, changes. The door is samsyn/compare.py."""
