/// <reference types="./bokehjs.d.ts" />

/**
 * Gives widgets and plots the names that BokehJS does not give them, for screen readers. Pages load
 * this module when they have been drawn.
 */

/** How long the page rests before new widgets are named. */
const REST_MILLISECONDS = 200;

const GRID_PARTS = ["row", "rowgroup", "columnheader", "gridcell"].map((role) => `[role=${role}]`).join();

/** @type {WeakSet<ShadowRoot>} */
const observed = new WeakSet();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
const observer = new MutationObserver(() => {
  clearTimeout(timer);
  timer = setTimeout(nameAll, REST_MILLISECONDS);
});

function nameAll() {
  for (const document of Bokeh.documents) {
    for (const view of document.views_manager?.roots ?? []) nameView(view);
  }
}

/** @param {BokehView} view */
function nameView(view) {
  const element = /** @type {HTMLElement | undefined} */ (/** @type {unknown} */ (view.el));
  const root = element?.shadowRoot;
  if (element !== undefined && root) {
    nameElements(view.model, element, root);
    if (!observed.has(root)) {
      observed.add(root);
      observer.observe(root, { childList: true, subtree: true });
    }
  }
  for (const child of view.children_views?.() ?? []) if (child) nameView(child);
}

/**
 * @param {BokehPageModel} model
 * @param {HTMLElement} element
 * @param {ShadowRoot} root
 */
function nameElements(model, element, root) {
  const { title, name } = model;
  const label = typeof title === "string" && title !== "" ? title : String(name ?? model.type);
  for (const handle of root.querySelectorAll(".noUi-handle")) handle.setAttribute("aria-label", label);
  // these elements lack the roles to which the attributes belong
  for (const item of root.querySelectorAll("[data-item]:not([role])")) item.removeAttribute("aria-selected");
  for (const grid of root.querySelectorAll(".bk-data-table")) {
    if (grid.getAttribute("role") === "grid") grid.setAttribute("role", "group");
    // the elements between a grid, its rows and its cells have no roles
    for (const part of grid.querySelectorAll(GRID_PARTS)) part.removeAttribute("role");
    if (!grid.hasAttribute("aria-label")) grid.setAttribute("aria-label", name ? label : "Table");
  }
  if (root.querySelector(".bk-Canvas, .bk-CartesianFrame") === null || model.type === "Canvas") return;
  element.setAttribute("role", "figure");
  const heading = /** @type {{ text?: unknown } | undefined} */ (title)?.text;
  const text = typeof heading === "string" && heading !== "" ? heading : name;
  element.setAttribute("aria-label", text ? `Plot: ${text}` : "Plot");
}

nameAll();
// views that are drawn later: the first ones, if the page has loaded before its document
observer.observe(document.body, { childList: true, subtree: true });
