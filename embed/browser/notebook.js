/// <reference types="./bokehjs.d.ts" />
/// <reference types="./constants.d.ts" />

// Shows documents in the output of a notebook's cell. Loads BokehJS once for all outputs of the page.

/**
 * Runs a script of the page.
 *
 * @param {{ src?: string, integrity?: string, text?: string }} script
 * @returns {Promise<unknown>}
 */
function run({ src, integrity, text }) {
  const script = document.createElement("script");
  if (src === undefined) {
    script.textContent = text ?? "";
    document.head.append(script);
    return Promise.resolve();
  }
  return new Promise((resolve, reject) => {
    Object.assign(script, {
      src,
      async: false,
      onload: resolve,
      onerror: () => reject(new Error(`Cannot load ${src}`)),
    });
    if (integrity) Object.assign(script, { integrity, crossOrigin: "anonymous" });
    document.head.append(script);
  });
}

const output = document.getElementById(__ELEMENT_ID__);
const loads = globalThis._bokeh_scripts ??= new Map();
/** @type {Promise<unknown>} */
let loaded = Promise.resolve();
for (const script of __NOTEBOOK_SCRIPTS__) {
  const before = loaded;
  const known = loads.get(script.name);
  loaded = known === undefined ? before.then(() => run(script)) : before.then(() => known);
  if (known === undefined) loads.set(script.name, loaded);
}
loaded.then(() => {
  // include show_documents.js
}).catch((error) => {
  if (output !== null) output.textContent = `Cannot show a plot: ${error.message}`;
});
