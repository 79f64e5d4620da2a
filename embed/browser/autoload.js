/// <reference types="./bokehjs.d.ts" />
/// <reference types="./constants.d.ts" />

// Loads BokehJS, once for all applications of a page, and shows a session in an element.

const js_urls = __SCRIPT_URLS__;
const js_hashes = __SCRIPT_HASHES__;

/**
 * @param {string} src
 * @param {number} index
 */
function loadScript(src, index) {
  const loads = globalThis._bokeh_scripts ??= new Map();
  const key = new URL(src, document.baseURI).pathname.split("/").at(-1) ?? "";
  if (key === "bokeh.min.js" && globalThis.Bokeh !== undefined && !loads.has(key)) return;
  if (!loads.has(key)) {
    loads.set(
      key,
      new Promise((resolve, reject) => {
        const script = Object.assign(document.createElement("script"), { src, async: false, onload: resolve });
        const integrity = js_hashes[index];
        if (integrity) Object.assign(script, { integrity, crossOrigin: "anonymous" });
        script.onerror = () => reject(new Error(`Cannot load ${src}`));
        document.head.append(script);
      }),
    );
  }
  return loads.get(key);
}

if (document.getElementById(__ELEMENT_ID__) === null) {
  console.error("Cannot show a Bokeh application: the page has no element with the id", __ELEMENT_ID__);
} else {
  Promise.all(js_urls.map(loadScript)).then(() => {
    // include connection.js
    globalThis.Bokeh?.set_log_level(__LOG_LEVEL__);
    // include show_documents.js
    // include load_late_scripts.js
  }).catch((error) => console.error("Cannot show a Bokeh application:", error.message));
}
