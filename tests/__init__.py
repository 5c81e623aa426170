"""The tests: one module for each module of the package; builders and the accuracy suite beside them."""
