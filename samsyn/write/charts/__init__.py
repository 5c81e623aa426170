"""The drawings of a report, one function each; the only place that knows matplotlib."""
