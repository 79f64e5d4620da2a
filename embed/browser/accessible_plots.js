/// <reference types="./bokehjs.d.ts" />

/**
 * Describes plots to screen readers: with a text that `aria-describedby` refers to, and with a button
 * that opens a table of their data. Only the focus makes the button visible.
 *
 * @typedef {object} Description
 * @property {HTMLElement} element The description, beside the plot's element.
 * @property {HTMLElement} control Contains the button and the dialog.
 * @property {number} time When the text was last written, in milliseconds.
 *
 * @typedef {object} Series What the plot draws with one glyph.
 * @property {string} name
 * @property {BokehPageModel} glyph
 * @property {DataSource} source
 *
 * @typedef {BokehPageModel & {
 *   columns(): string[],
 *   get_column(name: string): ArrayLike<unknown> | null,
 *   length: number,
 * }} DataSource
 *
 * @typedef {{ label: string, isTime: boolean, isLog: boolean }} AxisInfo
 */

const TABLE_ROWS = 100;
const TABLE_COLUMNS = 20;
const LISTED_SERIES = 8;
const LISTED_FACTORS = 12;
/** Time between two descriptions of a plot that changes often. */
const UPDATE_MILLISECONDS = 2000;
/** Glyphs whose names are no words. */
const NOUNS = /** @type {Record<string, string>} */ ({
  Scatter: "points",
  VBar: "vertical bars",
  HBar: "horizontal bars",
  MultiLine: "lines",
  VArea: "area",
  HArea: "area",
  ImageRGBA: "image",
  ImageURL: "image",
});
/** Attributes that state how a glyph looks, and not what it shows. */
const VISUAL = /color|alpha|hatch|font|dash|line_|fill_|text_(?!$)|marker|radius_|anchor/;
const CSS = `
:host { position: absolute; inset: 0 auto auto 0; z-index: 100; font: 16px/1.4 system-ui, sans-serif; }
button { font: inherit; padding: .3em .9em; border: 1px solid #767676; border-radius: 6px; background: #fff; color: #1a1a1a; cursor: pointer; }
button:focus-visible { outline: 3px solid #f5a623; outline-offset: 2px; }
.open:not(:focus) { clip-path: inset(50%); position: absolute; width: 1px; height: 1px; padding: 0; overflow: hidden; white-space: nowrap; }
.open:focus { white-space: nowrap; }
dialog { max-width: min(60em, calc(100vw - 4em)); max-height: calc(100vh - 6em); box-sizing: border-box; padding: 1.2em;
  border: 1px solid #767676; border-radius: 8px; background: #fff; color: #1a1a1a; overflow: auto; }
dialog::backdrop { background: #0006; }
h2 { margin: 0 0 .4em; font-size: 1.2em; }
p { margin: 0 0 1em; white-space: pre-line; overflow-wrap: anywhere; }
div { overflow: auto; max-height: 50vh; margin: 0 0 1em; }
table { border-collapse: collapse; font-size: .9em; }
caption { text-align: start; white-space: nowrap; font-weight: 600; padding: 0 0 .4em; }
th, td { padding: .25em .8em; border: 1px solid #8888; text-align: start; white-space: nowrap; }
@media (prefers-color-scheme: dark) { dialog, button { background: #20262e; color: #f0f0f0; } }
`;

/** @type {Map<HTMLElement, Description>} */
const descriptions = new Map();
let count = 0;

/** Removes the descriptions of plots that the page no longer shows. */
export function removeDescriptions() {
  for (const [plot, { element }] of descriptions) {
    if (plot.isConnected) continue;
    element.remove();
    descriptions.delete(plot);
  }
}

/**
 * Describes a plot, and updates the description when the document changes.
 *
 * @param {BokehPageModel} model
 * @param {HTMLElement} plot
 * @param {ShadowRoot} root
 * @param {string} label The accessible name of the plot.
 */
export function describePlot(model, plot, root, label) {
  let description = descriptions.get(plot);
  if (description === undefined) {
    description = { element: document.createElement("div"), control: createControl(model, label), time: -Infinity };
    Object.assign(description.element, { id: `bokeh-description-${count++}`, hidden: true, lang: "en" });
    descriptions.set(plot, description);
    followChanges(model, description);
  }
  const { element, control } = description;
  // a plot that is laid out again has lost both
  if (element.parentNode !== plot.parentNode) plot.after(element);
  if (control.parentNode !== root) root.append(control);
  if (plot.getAttribute("aria-describedby") !== element.id) plot.setAttribute("aria-describedby", element.id);
  update(model, description);
}

/** @type {(model: BokehPageModel, description: Description) => void} */
function followChanges(model, description) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const page = model.document;
  const onChange = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      if (description.element.isConnected) update(model, description);
      else page?.remove_on_change(onChange);
    }, Math.max(0, description.time + UPDATE_MILLISECONDS - performance.now()));
  };
  page?.on_change(onChange);
}

/** @type {(model: BokehPageModel, description: Description) => void} */
function update(model, description) {
  description.time = performance.now();
  const text = summarize(model);
  if (description.element.textContent !== text) description.element.textContent = text;
}

/**
 * Returns the text of the application, followed by what the plot shows: its glyphs, axes and ranges.
 *
 * @param {BokehPageModel} model
 */
function summarize(model) {
  const attributes = /** @type {Record<string, string> | undefined} */ (model.html_attributes) ?? {};
  const all = seriesOf(model);
  const listed = all.slice(0, LISTED_SERIES).map(({ name, glyph, source }) => {
    const noun = NOUNS[glyph.type] ?? glyph.type.replaceAll(/(?<!^)[A-Z]/g, " $&").toLowerCase();
    return `${noun}${name === "" ? "" : ` “${name}”`} with ${source.length} ${
      source.length === 1 ? "value" : "values"
    }`;
  });
  if (all.length > listed.length) listed.push(`${all.length - listed.length} more`);
  const sentences = [
    attributes["aria-description"] ?? "",
    listed.join("; "),
    axisText(model, "x"),
    axisText(model, "y"),
  ];
  return sentences.filter((text) => text !== "").map((text) => {
    const sentence = text[0]?.toUpperCase() + text.slice(1);
    return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
  }).join(" ");
}

/**
 * @param {BokehPageModel} model
 * @returns {Series[]}
 */
function seriesOf(model) {
  const renderers = /** @type {BokehPageModel[]} */ (model.renderers ?? []);
  const names = legendNames(model);
  return renderers.filter(({ visible, glyph, data_source: source }) => visible !== false && glyph && source)
    .map((renderer) => ({
      name: names.get(renderer) ?? String(renderer.name ?? ""),
      glyph: /** @type {BokehPageModel} */ (renderer.glyph),
      source: /** @type {DataSource} */ (renderer.data_source),
    }))
    .filter(({ source }) => typeof source.columns === "function");
}

/**
 * @param {BokehPageModel} model
 * @returns {Map<BokehPageModel, string>}
 */
function legendNames(model) {
  const names = new Map();
  for (const place of ["center", "left", "right", "above", "below"]) {
    for (const legend of /** @type {BokehPageModel[]} */ (model[place] ?? [])) {
      if (legend.type !== "Legend") continue;
      for (const item of /** @type {BokehPageModel[]} */ (legend.items ?? [])) {
        const { value } = /** @type {{ value?: unknown }} */ (item.label ?? {});
        for (const renderer of /** @type {BokehPageModel[]} */ (item.renderers ?? [])) {
          if (typeof value === "string") names.set(renderer, value);
        }
      }
    }
  }
  return names;
}

/**
 * Returns the label of an axis and whether it shows times.
 *
 * @param {BokehPageModel} model
 * @param {"x" | "y"} dimension
 * @returns {AxisInfo}
 */
function axisOf(model, dimension) {
  const places = dimension === "x" ? ["below", "above"] : ["left", "right"];
  const panels = places.flatMap((place) => /** @type {BokehPageModel[]} */ (model[place] ?? []));
  const axis = panels.find(({ type }) => type.endsWith("Axis"));
  const { axis_label: label } = /** @type {{ axis_label?: unknown }} */ (axis ?? {});
  const text = typeof label === "string" ? label : /** @type {{ text?: unknown } | null} */ (label ?? null)?.text;
  return {
    label: typeof text === "string" ? text : "",
    isTime: axis?.type === "DatetimeAxis",
    isLog: axis?.type === "LogAxis",
  };
}

/** @type {(model: BokehPageModel, dimension: "x" | "y") => string} */
function axisText(model, dimension) {
  const range = /** @type {BokehPageModel | undefined} */ (model[`${dimension}_range`]);
  if (range === undefined) return "";
  const { label, isTime, isLog } = axisOf(model, dimension);
  const name = `${dimension} axis${label === "" ? "" : ` “${label}”`}${isLog ? ", logarithmic" : ""}`;
  const factors = /** @type {unknown[] | undefined} */ (range.factors);
  if (Array.isArray(factors)) {
    const more = factors.length > LISTED_FACTORS ? ", …" : "";
    return `${name}: ${factors.length} categories: ${factors.slice(0, LISTED_FACTORS).join(", ")}${more}`;
  }
  const { start, end } = range;
  if (typeof start !== "number" || typeof end !== "number" || !Number.isFinite(start + end)) return "";
  return `${name}: from ${format(start, isTime)} to ${format(end, isTime)}`;
}

/**
 * @param {unknown} value
 * @param {boolean} isTime Whether numbers are milliseconds since 1970.
 * @returns {string}
 */
function format(value, isTime) {
  if (typeof value === "number") {
    if (!Number.isFinite(value)) return "";
    if (!isTime || Math.abs(value) > 8.64e15) return String(Number(value.toPrecision(5)));
    return new Date(value).toISOString().replace(/(?:T00:00)?:00\.000Z$|\.\d+Z$/, "").replace("T", " ");
  }
  if (typeof value === "object" && value !== null && "length" in value) return `${value.length} values`;
  return value === null || value === undefined ? "" : String(value);
}

/**
 * Returns the element with the button that opens the table.
 *
 * @param {BokehPageModel} model
 * @param {string} label
 */
function createControl(model, label) {
  const control = Object.assign(document.createElement("div"), { lang: "en" });
  const root = control.attachShadow({ mode: "open" });
  const styles = new CSSStyleSheet();
  styles.replaceSync(CSS);
  root.adoptedStyleSheets.push(styles);
  const onclick = () => showTables(root, model, label);
  root.append(Object.assign(document.createElement("button"), {
    className: "open",
    type: "button",
    textContent: "Show the data as a table",
    ariaLabel: `Show the data as a table: ${label}`,
    onclick,
  }));
  // the plot must not take keys and clicks in the dialog for its tools
  for (const type of ["keydown", "keyup", "pointerdown", "pointermove", "wheel", "click"]) {
    control.addEventListener(type, (event) => event.stopPropagation());
  }
  return control;
}

/** @type {(root: ShadowRoot, model: BokehPageModel, label: string) => void} */
function showTables(root, model, label) {
  const dialog = document.createElement("dialog");
  const heading = Object.assign(document.createElement("h2"), { id: "heading", textContent: label });
  dialog.setAttribute("aria-labelledby", heading.id);
  const text = Object.assign(document.createElement("p"), { textContent: summarize(model) });
  const close = Object.assign(document.createElement("button"), { type: "button", textContent: "Close" });
  close.onclick = () => dialog.close();
  dialog.append(heading, text, ...tablesOf(model), close);
  dialog.addEventListener("close", () => dialog.remove());
  root.append(dialog);
  dialog.showModal();
  close.focus();
}

/** @type {(model: BokehPageModel) => HTMLElement[]} */
function tablesOf(model) {
  /** @type {Map<DataSource, Series[]>} */
  const sources = new Map();
  for (const series of seriesOf(model)) {
    sources.set(series.source, [...sources.get(series.source) ?? [], series]);
  }
  const times = { x: axisOf(model, "x").isTime, y: axisOf(model, "y").isTime };
  return [...sources].map(([source, series]) => createTable(source, series, times));
}

/** @type {(source: DataSource, series: Series[], times: { x: boolean, y: boolean }) => HTMLElement} */
function createTable(source, series, times) {
  const { columns, timeColumns } = columnsOf(source, series, times);
  const rows = Math.min(source.length, TABLE_ROWS);
  const names = series.map(({ name }) => name).filter((name) => name !== "").join(", ");
  const part = rows < source.length ? `the first ${rows} of ${source.length} rows` : `${rows} rows`;
  const table = document.createElement("table");
  table.createCaption().textContent = names === "" ? part : `${names}: ${part}`;
  const header = table.createTHead().insertRow();
  for (const textContent of columns) {
    header.append(Object.assign(document.createElement("th"), { scope: "col", textContent }));
  }
  const body = table.createTBody();
  const data = columns.map((name) => source.get_column(name) ?? []);
  for (let i = 0; i < rows; i++) {
    const row = body.insertRow();
    for (const [j, column] of data.entries()) {
      row.insertCell().textContent = format(column[i], timeColumns.has(columns[j] ?? ""));
    }
  }
  const container = document.createElement("div");
  container.tabIndex = 0; // keys scroll it
  container.setAttribute("role", "group");
  container.setAttribute("aria-label", table.caption?.textContent ?? "");
  container.append(table);
  return container;
}

/**
 * Returns the columns that a table shows, and those of times: first the columns that glyphs place
 * their shapes by, then those that only tooltips show, but not those of colors and the like.
 *
 * @type {(source: DataSource, series: Series[], times: { x: boolean, y: boolean }) =>
 *   { columns: string[], timeColumns: Set<string> }}
 */
function columnsOf(source, series, times) {
  /** @type {Set<string>} */
  const placed = new Set();
  /** @type {Set<string>} */
  const visual = new Set();
  /** @type {Set<string>} */
  const timeColumns = new Set();
  for (const { glyph } of series) {
    for (const property of glyph) {
      const { field } = /** @type {{ field?: unknown }} */ (property.is_unset ? {} : property.get_value() ?? {});
      if (typeof field !== "string") continue;
      if (VISUAL.test(property.attr)) visual.add(field);
      else placed.add(field);
      const isX = /^(?:x|left|right|cx)/.test(property.attr);
      const isY = /^(?:y|top|bottom|cy)/.test(property.attr);
      if ((isX && times.x) || (isY && times.y)) timeColumns.add(field);
    }
  }
  const others = source.columns().filter((name) => !placed.has(name) && !visual.has(name) && name !== "index");
  const columns = [...placed, ...others].filter((name) => source.get_column(name) !== null);
  return { columns: columns.slice(0, TABLE_COLUMNS), timeColumns };
}
