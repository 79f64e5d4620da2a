"""The numbers of examples/data/seeded_random.ts."""

from math import cos, log, pi, sqrt


class SeededRandom:
    def __init__(self, seed):
        self.state = seed

    def uniform(self, low=0, high=1):
        self.state = self.state * 48271 % 2147483647
        return low + (high - low) * (self.state / 2147483647)

    def exponential(self, mean):
        return -mean * log(self.uniform())

    def normal(self, mean=0, deviation=1):
        radius = sqrt(self.exponential(2))
        return mean + deviation * radius * cos(2 * pi * self.uniform())
