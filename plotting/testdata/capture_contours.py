"""Writes contours.json: the contour lines and areas that Bokeh computes for several grids of values, in contourpy's order.

    python capture_contours.py        # with bokeh 3.10.2 and contourpy 1.4
"""
import json
import pathlib

import numpy as np

from bokeh.plotting.contour import contour_data

LEVELS = [0.3, 0.45, 0.55, 0.8]


def rounded(value):
    if isinstance(value, list | tuple | np.ndarray):
        return [rounded(item) for item in value]
    return None if np.isnan(value) else round(float(value), 6)


def case(rng, smooth, masked):
    z = rng.random((7, 9))
    for _ in range(smooth):
        z = (z + np.roll(z, 1, 0) + np.roll(z, 1, 1) + np.roll(z, -1, 0) + np.roll(z, -1, 1)) / 5
    z = z.round(4) + 0.00001  # on no level: contourpy repeats points that are
    for row, column in masked:
        z[row, column] = np.nan
    x, y = np.arange(9.0) * 2.5 + 3, (np.arange(7.0) ** 1.5).round(3)
    data = contour_data(x, y, z, levels=LEVELS, want_fill=True, want_line=True)
    areas, lines = data.fill_data, data.line_data
    return {"x": rounded(x), "y": rounded(y), "z": rounded(z), "areas": [rounded(areas.xs), rounded(areas.ys)],
            "lines": [rounded(lines.xs), rounded(lines.ys)]}


if __name__ == "__main__":
    rng = np.random.default_rng(5)
    cases = [case(rng, smooth, masked) for smooth, masked in [(0, []), (1, []), (2, []), (1, [(2, 3), (6, 8)])]]
    text = json.dumps({"levels": LEVELS, "cases": cases})
    pathlib.Path(__file__).with_name("contours.json").write_text(text + "\n")
