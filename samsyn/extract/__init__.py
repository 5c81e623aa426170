"""From a file to an agreement, in four stages: read, divide, find, assemble."""
