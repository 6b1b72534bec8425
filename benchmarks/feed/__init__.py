"""A feed of any size, made from a seed: what the speed of feedlint is measured on."""
