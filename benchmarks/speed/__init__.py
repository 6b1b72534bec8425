"""How fast feedlint is: against other linters, with and without a cache, and as a feed grows."""
