// Spectrogram: a tone whose pitch drifts, with its spectrum and the spectra of the last seconds.
import type { Document } from "@bokeh/server";
import { reimFFT } from "ml-spectra-processing";
import { count } from "@bokeh/server/driving";
import { column, row } from "@bokeh/server/layouts";
import { ColumnDataSource, DataRange1d, LinearColorMapper, ndarray, Range1d, Slider } from "@bokeh/server/models";
import { YlGnBu9 } from "@bokeh/server/palettes";
import { figure } from "@bokeh/server/plotting";
import { arange } from "@bokeh/server/statistics";
import { SeededRandom } from "../data/seeded_random.ts";

/** Samples of a signal, and their number in a second. */
const [SAMPLES, RATE] = [1024, 44_100];
/** The highest frequency of a spectrum, in kilohertz. */
const MAX_FREQUENCY = RATE / 2000;
/** The number of spectra in the waterfall. */
const SPECTRA = 200;
/** Bands of frequencies, and rings of the circle that shows their power. */
const [BANDS, RINGS] = [16, 20];
const STYLE = { tools: "", toolbar_location: null, outline_line_color: "#595959" };
const PANEL = { ...STYLE, width: 600, height: 200, background_fill_color: "#eaeaea" };

/** A synthesized signal, with a new spectrum every 80 ms. */
export default function (doc: Document): void {
  const frequencies = new Range1d({ start: 0, end: MAX_FREQUENCY });
  const waterfall_source = new ColumnDataSource({
    data: { x: [] as number[], image: [] as ReturnType<typeof ndarray<Float64Array>>[] },
    name: "spectra",
  });
  const waterfall = figure({
    ...STYLE,
    width: 1000,
    height: 300,
    y_range: frequencies,
    background_fill_color: YlGnBu9[0]!,
    x_range: new DataRange1d({ follow: "end", follow_interval: SPECTRA, range_padding: 0 }),
  });
  waterfall.grid.grid_line_color = null;
  const color_mapper = new LinearColorMapper({ palette: YlGnBu9, low: 0, high: 5 });
  waterfall.image("image", { x: "x", y: 0, dw: 1, dh: MAX_FREQUENCY, color_mapper, source: waterfall_source });

  const signal_source = new ColumnDataSource({
    data: { t: arange(SAMPLES).map((i) => i * 1000 / RATE), y: new Float64Array(SAMPLES) },
  });
  const signal_plot = figure({ ...PANEL, title: "Signal", x_range: [0, 1000 * SAMPLES / RATE], y_range: [-0.8, 0.8] });
  signal_plot.line("t", "y", { line_color: "#024768", source: signal_source });

  const spectrum_source = new ColumnDataSource({
    data: { f: arange(SAMPLES / 2).map((i) => i * RATE / SAMPLES / 1000), y: new Float64Array(SAMPLES / 2) },
  });
  const spectrum_plot = figure({
    ...PANEL,
    title: "Power Spectrum",
    x_range: frequencies,
    y_range: [1e-4, 1e3],
    y_axis_type: "log",
  });
  spectrum_plot.line("f", "y", { line_color: "#024768", source: spectrum_source });

  const circle = powerCircle();
  const frequency = new Slider({
    start: 1,
    end: RATE / 2,
    value: RATE / 2,
    step: 1,
    title: "Frequency",
    name: "frequency",
  });
  const gain = new Slider({ start: 1, end: 20, value: 1, step: 1, title: "Gain", name: "gain" });

  const nextSignal = synthesizer();
  const update = count()((x) => {
    const signal = nextSignal();
    const { re, im } = reimFFT({ re: signal, im: new Float64Array(SAMPLES) });
    const spectrum = re.slice(0, SAMPLES / 2).map((value, i) => Math.hypot(value, im[i]!));
    const power = arange(0, SAMPLES / 2, SAMPLES / 2 / BANDS).map((from) =>
      spectrum.slice(from, from + SAMPLES / 2 / BANDS).reduce((sum, value) => sum + value ** 2, 0)
    );
    waterfall_source.stream({ x: [x], image: [ndarray(spectrum, [SAMPLES / 2, 1])] }, SPECTRA);
    signal_source.data = { ...signal_source.data, y: signal.map((value) => value * gain.value) };
    spectrum_source.data = { ...spectrum_source.data, y: spectrum };
    circle.show(power);
    frequencies.end = frequency.value / 1000;
  });
  doc.add_periodic_callback(update, 80);
  doc.add_root(row(gain, frequency));
  doc.add_root(column(waterfall, row(column(signal_plot, spectrum_plot), circle.plot)));
  doc.title = "Spectrogram";
}

/** Returns a circle with a sector for each band, whose rings show its power. */
function powerCircle() {
  const cells = arange(BANDS * RINGS);
  const [ring, start] = [cells.map((i) => i % RINGS), cells.map((i) => Math.floor(i / RINGS) * 2 * Math.PI / BANDS)];
  const source = new ColumnDataSource({
    data: {
      inner: ring.map((r) => r + 2),
      outer: ring.map((r) => r + 2.95),
      alpha: new Float64Array(cells.length),
      start: start.map((angle) => angle + 0.02),
      end: start.map((angle) => angle + 0.37),
    },
  });
  const axes = { x_axis_type: null, y_axis_type: null, x_range: [-22, 22], y_range: [-22, 22] } as const;
  const plot = figure({ ...PANEL, ...axes, width: 400, height: 400 });
  plot.annular_wedge({
    x: 0,
    y: 0,
    fill_color: "#024768",
    fill_alpha: "alpha",
    line_color: null,
    source,
    inner_radius: "inner",
    outer_radius: "outer",
    start_angle: "start",
    end_angle: "end",
  });
  const show = (power: Float64Array) => {
    const alpha = ring.map((r, i) => r < power[Math.floor(i / RINGS)]! ? 1 - r / RINGS : 0);
    source.data = { ...source.data, alpha };
  };
  return { plot, show };
}

/** Returns a function that returns a frequency-modulated tone whose frequencies drift. */
function synthesizer(): () => Float64Array {
  const random = new SeededRandom(13);
  const times = arange(SAMPLES).map((i) => i * 2 * Math.PI / RATE);
  let [carrier, modulator, index] = [2000, 1000, 1];
  return () => {
    carrier = Math.max(0, random.normal(carrier, 50));
    modulator = Math.max(0, random.normal(modulator, 20));
    index = Math.max(0, random.normal(index, 0.1));
    const amplitude = random.uniform(0.4, 0.45);
    return times.map((t) => amplitude * Math.sin(carrier * t + index * Math.sin(modulator * t)));
  };
}
