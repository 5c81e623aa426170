"""The values that pass between the stages: documents, parts, findings, agreements. Knows no other module."""
