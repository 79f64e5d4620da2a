import numpy as np
from seeded_random import SeededRandom

from bokeh.driving import count
from bokeh.io import curdoc
from bokeh.layouts import column, row
from bokeh.models import ColumnDataSource, DataRange1d, LinearColorMapper, Range1d, Slider
from bokeh.palettes import YlGnBu9
from bokeh.plotting import figure

NUM_SAMPLES = 1024
SAMPLING_RATE = 44100
MAX_FREQ_KHZ = SAMPLING_RATE / 2000
NUM_GRAMS = 200
NUM_BINS = 16
EQ_CLAMP = 20
PLOTARGS = dict(tools="", toolbar_location=None, outline_line_color="#595959")

freq_range = Range1d(start=0, end=MAX_FREQ_KHZ)
waterfall_source = ColumnDataSource(data=dict(x=[], image=[]), name="spectra")
waterfall_plot = figure(width=1000, height=300, y_range=freq_range,
                        x_range=DataRange1d(follow="end", follow_interval=NUM_GRAMS, range_padding=0), **PLOTARGS)
waterfall_plot.grid.grid_line_color = None
waterfall_plot.background_fill_color = YlGnBu9[0]
waterfall_plot.image("image", x="x", y=0, dw=1, dh=MAX_FREQ_KHZ, source=waterfall_source,
                     color_mapper=LinearColorMapper(palette=YlGnBu9, low=0, high=5))

signal_source = ColumnDataSource(data=dict(t=np.arange(NUM_SAMPLES) * (1000 / SAMPLING_RATE), y=np.zeros(NUM_SAMPLES)))
signal_plot = figure(width=600, height=200, title="Signal", x_range=[0, 1000 * NUM_SAMPLES / SAMPLING_RATE],
                     y_range=[-0.8, 0.8], **PLOTARGS)
signal_plot.background_fill_color = "#eaeaea"
signal_plot.line(x="t", y="y", line_color="#024768", source=signal_source)

spectrum_source = ColumnDataSource(data=dict(f=np.arange(NUM_SAMPLES / 2) * (SAMPLING_RATE / NUM_SAMPLES / 1000),
                                             y=np.zeros(NUM_SAMPLES // 2)))
spectrum_plot = figure(width=600, height=200, title="Power Spectrum", y_range=[10**(-4), 10**3], x_range=freq_range,
                       y_axis_type="log", **PLOTARGS)
spectrum_plot.background_fill_color = "#eaeaea"
spectrum_plot.line(x="f", y="y", line_color="#024768", source=spectrum_source)

eq_range = np.arange(EQ_CLAMP, dtype=np.float64)
angles = np.repeat(np.arange(NUM_BINS) * 2 * np.pi / NUM_BINS, EQ_CLAMP)
eq_source = ColumnDataSource(data=dict(
    inner=np.tile(eq_range + 2, NUM_BINS), outer=np.tile(eq_range + 2.95, NUM_BINS),
    alpha=np.zeros(EQ_CLAMP * NUM_BINS), start=angles + 0.02, end=angles + 0.37,
))
eq = figure(width=400, height=400, x_axis_type=None, y_axis_type=None, x_range=[-22, 22], y_range=[-22, 22],
            **PLOTARGS)
eq.background_fill_color = "#eaeaea"
eq.annular_wedge(x=0, y=0, fill_color="#024768", fill_alpha="alpha", line_color=None, inner_radius="inner",
                 outer_radius="outer", start_angle="start", end_angle="end", source=eq_source)

freq = Slider(start=1, end=SAMPLING_RATE / 2, value=SAMPLING_RATE / 2, step=1, title="Frequency", name="frequency")
gain = Slider(start=1, end=20, value=1, step=1, title="Gain", name="gain")
random = SeededRandom(13)
carrier, modulator, index = 2000, 1000, 1


@count()
def update(x):
    global carrier, modulator, index
    carrier = max(0, random.normal(carrier, 50))
    modulator = max(0, random.normal(modulator, 20))
    index = max(0, random.normal(index, 0.1))
    t = np.arange(NUM_SAMPLES) * (2 * np.pi / SAMPLING_RATE)
    signal = random.uniform(0.4, 0.45) * np.sin(carrier * t + index * np.sin(modulator * t))
    spectrum = abs(np.fft.fft(signal))[:NUM_SAMPLES // 2]
    bins = np.sum(np.split(spectrum**2, NUM_BINS), axis=1)

    waterfall_source.stream(dict(x=[x], image=[spectrum.reshape(-1, 1)]), NUM_GRAMS)
    signal_source.data["y"] = signal * gain.value
    spectrum_source.data["y"] = spectrum
    eq_source.data["alpha"] = np.hstack([np.where(eq_range < power, 1 - eq_range / EQ_CLAMP, 0) for power in bins])
    freq_range.end = freq.value / 1000


curdoc().add_periodic_callback(update, 80)
curdoc().add_root(row(gain, freq))
curdoc().add_root(column(waterfall_plot, row(column(signal_plot, spectrum_plot), eq)))
curdoc().title = "Spectrogram"
