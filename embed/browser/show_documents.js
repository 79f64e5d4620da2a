/// <reference types="./bokehjs.d.ts" />
/// <reference types="./constants.d.ts" />

// Shows documents when the page has been parsed. Tools and tests search pages for the names
// `docs_json` and `render_items` and for the call of `embed_items`, which are as in Bokeh's own
// pages.

function show() {
  if (globalThis.Bokeh === undefined) {
    console.error("Cannot show Bokeh documents: BokehJS is not loaded");
    const status = document.getElementById("bokeh-loading");
    status?.replaceChildren("The scripts of this page could not be loaded. Check the connection and reload the page.");
    return;
  }
  Bokeh.safely(() => {
    const docs_json = __DOCUMENTS__;
    const render_items = __RENDER_ITEMS__;
    Bokeh.embed.embed_items(docs_json, render_items, ...__APPLICATION_URL__);
  });
}

function showWhenReady() {
  if (globalThis._bokeh_appearance === undefined) show();
  else globalThis._bokeh_appearance.catch(console.error).then(show);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", showWhenReady);
else showWhenReady();
