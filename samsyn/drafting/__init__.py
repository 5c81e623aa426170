"""Takes older documents, gives the chapters of the next agreement."""
