// Loads `appearance.js` in pages of applications, if the user prefers dark colors or has a phone. The
// module stands beside the page's websocket.
if (matchMedia(__APPEARANCE_QUERY__).matches) {
  globalThis._bokeh_appearance = import(location.pathname.replace(/\/*$/, "/appearance.js"));
}
