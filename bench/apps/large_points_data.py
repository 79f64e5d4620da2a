"""10 million points: a module, so that the sessions of a server share them."""
import numpy as np
import pandas as pd

n = 10_000_000
i = np.arange(n, dtype=np.float64)
x = i / n
data = pd.DataFrame(dict(x=x, y=np.sin(40 * x) + np.sin(78.233 * i) / 3))
