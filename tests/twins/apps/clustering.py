from math import cos, floor, pi, sin

import numpy as np
from seeded_random import SeededRandom

from bokeh.io import curdoc
from bokeh.layouts import column, row
from bokeh.models import ColumnDataSource, Select, Slider
from bokeh.palettes import Category10_10
from bokeh.plotting import figure


def circles(count, random):
    half = count // 2
    for i in range(count):
        radius, t = (1, i * 2 * pi / half) if i < half else (0.5, (i - half) * 2 * pi / (count - half))
        yield radius * cos(t) + random.normal(0, 0.05), radius * sin(t) + random.normal(0, 0.05)


def moons(count, random):
    half = count // 2
    for i in range(count):
        t = i * pi / half if i < half else (i - half) * pi / (count - half)
        x, y = (cos(t), sin(t)) if i < half else (1 - cos(t), 0.5 - sin(t))
        yield x + random.normal(0, 0.05), y + random.normal(0, 0.05)


def blobs(count, random):
    centers = [(-6, -2), (0, 7), (6, 0)]
    for i in range(count):
        x, y = centers[floor(i * 3 / count)]
        yield random.normal(x), random.normal(y)


def no_structure(count, random):
    for _ in range(count):
        yield random.uniform(), random.uniform()


def k_means(X, n_clusters):
    centers = X[[floor(i * len(X) / n_clusters) for i in range(n_clusters)]]
    for _ in range(100):
        labels = ((X[:, None] - centers) ** 2).sum(2).argmin(1)
        found = [X[labels == k].mean(0) if (labels == k).any() else centers[k] for k in range(n_clusters)]
        if np.array_equal(found, centers):
            break
        centers = np.array(found)
    return labels


def hierarchical(X, n_clusters, merged):
    """The formulas of Lance and Williams (1967). The distances of Ward's method are squared."""
    distances = merged(((X[:, None] - X) ** 2).sum(2), None)
    np.fill_diagonal(distances, np.inf)
    labels, sizes = np.arange(len(X)), np.ones(len(X))
    for _ in range(len(X) - n_clusters):
        i, j = np.unravel_index(distances.argmin(), distances.shape)
        updated = merged(distances, (i, j, sizes))
        updated[[i, j]] = np.inf
        distances[i] = distances[:, i] = updated
        distances[j] = distances[:, j] = np.inf
        sizes[i] += sizes[j]
        labels[labels == j] = i
    return labels


def ward(d, pair):
    if pair is None:
        return d
    i, j, n = pair
    return ((n[i] + n) * d[i] + (n[j] + n) * d[j] - n * d[i, j]) / (n[i] + n[j] + n)


def average(d, pair):
    if pair is None:
        return np.sqrt(d)
    i, j, n = pair
    return (n[i] * d[i] + n[j] * d[j]) / (n[i] + n[j])


def dbscan(X, n_clusters):
    near = ((X[:, None] - X) ** 2).sum(2) <= 0.3**2
    core = near.sum(1) >= 5
    labels = np.full(len(X), -1)
    for start in np.flatnonzero(core):
        stack = [start] if labels[start] == -1 else []
        while stack:
            i = stack.pop()
            if labels[i] == -1:
                labels[i] = start
                if core[i]:
                    stack.extend(np.flatnonzero(near[i]))
    return labels


DATASETS = {"Noisy Circles": circles, "Noisy Moons": moons, "Blobs": blobs, "No Structure": no_structure}
ALGORITHMS = {
    "K-means": k_means,
    "Ward": lambda X, n_clusters: hierarchical(X, n_clusters, ward),
    "Average linkage": lambda X, n_clusters: hierarchical(X, n_clusters, average),
    "DBSCAN": dbscan,
}


def clustering():
    X = np.array(list(DATASETS[dataset.value](int(samples.value), SeededRandom(8))))
    X = (X - X.mean(0)) / X.std(0)
    labels = ALGORITHMS[algorithm.value](X, int(clusters.value))
    numbers = {label: i for i, label in enumerate(dict.fromkeys(label for label in labels if label != -1))}
    colors = ["lightgray" if label == -1 else Category10_10[numbers[label] % 10] for label in labels]
    return dict(x=X[:, 0], y=X[:, 1], colors=colors)


dataset = Select(name="dataset", title="Select dataset:", value="Noisy Circles", options=list(DATASETS), width=200)
algorithm = Select(name="algorithm", title="Select algorithm:", value="K-means", options=list(ALGORITHMS), width=200)
samples = Slider(name="samples", title="Number of samples", value=300, start=100, end=500, step=50, width=400)
clusters = Slider(name="clusters", title="Number of clusters", value=2, start=2, end=10, step=1, width=400)

source = ColumnDataSource(data=clustering())
plot = figure(name="points", width=600, height=600, toolbar_location=None, title=algorithm.value)
plot.scatter("x", "y", fill_color="colors", line_color=None, size=8, source=source)


def update(attr, old, new):
    source.data = clustering()
    plot.title.text = algorithm.value


algorithm.on_change("value", update)
dataset.on_change("value", update)
samples.on_change("value_throttled", update)
clusters.on_change("value_throttled", update)
curdoc().add_root(row(column(row(dataset, algorithm, width=420), samples, clusters), plot))
curdoc().title = "Clustering"
