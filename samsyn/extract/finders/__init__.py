"""One finder a kind of value; each takes the divided document and gives findings with evidence."""
