/// <reference types="./bokehjs.d.ts" />

import { describeTable } from "./accessible_tables.js";

/**
 * Gives widgets and plots the names that BokehJS does not give them, for screen readers. Pages load
 * this module when they have been drawn.
 */

/** Time between a change of the page and the update, which later changes do not defer. */
const DELAY_MILLISECONDS = 200;

/** @type {WeakSet<ShadowRoot>} */
const observed = new WeakSet();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
const observer = new MutationObserver(schedule);

function schedule() {
  timer ??= setTimeout(nameAll, DELAY_MILLISECONDS);
}

function nameAll() {
  clearTimeout(timer);
  timer = undefined;
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
    if (view.grid) describeTable(view.grid, view.model.name ? labelOf(view.model) : "Table", schedule);
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
  for (const handle of root.querySelectorAll(".noUi-handle")) handle.setAttribute("aria-label", labelOf(model));
  // these elements lack the roles to which the attributes belong
  for (const item of root.querySelectorAll("[data-item]:not([role])")) item.removeAttribute("aria-selected");
  if (root.querySelector(".bk-Canvas, .bk-CartesianFrame") === null || model.type === "Canvas") return;
  element.setAttribute("role", "figure");
  const heading = /** @type {{ text?: unknown } | undefined} */ (title)?.text;
  const text = typeof heading === "string" && heading !== "" ? heading : name;
  element.setAttribute("aria-label", text ? `Plot: ${text}` : "Plot");
}

/**
 * @param {BokehPageModel} model
 * @returns {string}
 */
function labelOf({ title, name, type }) {
  return typeof title === "string" && title !== "" ? title : String(name ?? type);
}

nameAll();
// views that are drawn later: the first ones, if the page has loaded before its document
observer.observe(document.body, { childList: true, subtree: true });
