"""The Swedish that steers behaviour, as data: word lists, registers, and the code that loads them."""
