"""The readers experiment: is what feedlint passes read alike by every program that reads a feed file?"""
