/// <reference types="./bokehjs.d.ts" />

// The functions of the page in which the server's program draws images. The program calls them.

/** @type {BokehViews | undefined} */
let views;

/** Removes what is shown. */
function clear() {
  views?.clear();
  views = undefined;
  // A timer of BokehJS would keep each document for 30 seconds: 1.5 GB after 200 images.
  for (const doc of Bokeh.documents.splice(0)) doc._cancel_recompute_all_models();
  document.body.replaceChildren();
}

/**
 * Waits until a document is drawn.
 *
 * @param {BokehPageDocument} doc
 * @returns {Promise<void>}
 */
function idle(doc) {
  return new Promise((resolve) => doc.is_idle ? resolve() : doc.idle.connect(() => resolve()));
}

/**
 * Changes the models of a document before they are drawn.
 *
 * @param {BokehPageDocument} doc
 * @param {ExportOptions} options
 */
function adapt(doc, { width, height, transparent }) {
  const size = Object.fromEntries(Object.entries({ width, height }).filter(([, value]) => value !== undefined));
  for (const root of doc.roots()) if ("width" in root.properties) root.setv(size, { sync: false });
  if (!transparent) return;
  for (const model of doc._all_models.values()) {
    if (!("border_fill_color" in model.properties)) continue;
    model.setv({ background_fill_color: null, border_fill_color: null }, { sync: false });
  }
}

/**
 * Shows a document, and returns the box that its roots fill.
 *
 * @param {BokehDocumentJson} json
 * @param {ExportOptions} options
 */
async function show(json, options) {
  clear();
  const doc = Bokeh.require("document").Document.from_json(json);
  Bokeh.documents.push(doc);
  adapt(doc, options);
  const element = document.body.appendChild(document.createElement("div"));
  views = await Bokeh.embed.add_document_standalone(doc, element);
  await idle(doc);
  await document.fonts.ready;
  return box();
}

/**
 * Waits until the application of the page is drawn, and returns the box that its roots fill.
 *
 * @param {ExportOptions} options
 */
async function showPage(options) {
  const [doc] = Bokeh.documents;
  if (doc === undefined) return undefined;
  await idle(doc);
  adapt(doc, options);
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  await document.fonts.ready;
  return box();
}

/** Returns the views of the document's roots, without those of notifications. */
function roots() {
  const models = new Set(Bokeh.documents[0]?.roots());
  return (views ?? Bokeh.index).roots.filter(({ model }) => models.has(model));
}

/** Returns the smallest box around all roots. */
function box() {
  const boxes = roots().map(({ el }) => el.getBoundingClientRect());
  const x = Math.min(...boxes.map((found) => found.x));
  const y = Math.min(...boxes.map((found) => found.y));
  const width = Math.round(Math.max(...boxes.map((found) => found.x + found.width)) - x);
  const height = Math.round(Math.max(...boxes.map((found) => found.y + found.height)) - y);
  return { x, y, width, height };
}

/** Returns the roots as one SVG text. */
function svg() {
  const texts = roots().map((view) => ({
    box: view.el.getBoundingClientRect(),
    text: view.export("svg").ctx.get_serialized_svg(true),
  }));
  if (texts.length === 1) return texts[0]?.text;
  const { x, y, width, height } = box();
  const parts = texts.map(({ box, text }) => text.replace("<svg ", `<svg x="${box.x - x}" y="${box.y - y}" `));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${parts.join("")}</svg>`;
}

Object.assign(globalThis, { bokehExport: { show, showPage, svg, clear } });
