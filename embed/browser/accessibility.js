/// <reference types="./bokehjs.d.ts" />

import { describePlot, removeDescriptions } from "./accessible_plots.js";
import { describeTable } from "./accessible_tables.js";

/**
 * Gives widgets and plots the names and descriptions that BokehJS does not give them, for screen
 * readers. Pages load this module when they have been drawn; see `connection.js`.
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
  removeDescriptions();
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
  const given = /** @type {Record<string, string> | undefined} */ (model.html_attributes) ?? {};
  for (const handle of root.querySelectorAll(".noUi-handle")) handle.setAttribute("aria-label", labelOf(model));
  nameInputs(model, element, root, given);
  // these elements lack the roles to which the attributes belong
  for (const item of root.querySelectorAll("[data-item]:not([role])")) item.removeAttribute("aria-selected");
  if (root.querySelector(".bk-Canvas, .bk-CartesianFrame") === null || model.type === "Canvas") return;
  const heading = /** @type {{ text?: unknown } | undefined} */ (title)?.text;
  const text = typeof heading === "string" && heading !== "" ? heading : name;
  const label = text ? `Plot: ${text}` : "Plot";
  // the application's own attributes remain
  if (given.role === undefined) element.setAttribute("role", "figure");
  if (given["aria-label"] === undefined && given["aria-labelledby"] === undefined) {
    element.setAttribute("aria-label", label);
  }
  if (given["aria-describedby"] === undefined) describePlot(model, element, root, given["aria-label"] ?? label);
}

/**
 * @param {BokehPageModel} model
 * @param {HTMLElement} element
 * @param {ShadowRoot} root
 * @param {Record<string, string>} given Attributes of the application.
 */
function nameInputs(model, element, root, given) {
  if (element.role === "switch" && given["aria-label"] === undefined) {
    element.setAttribute("aria-label", String(model.label || labelOf(model)));
  }
  for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (root.querySelectorAll("input, select, textarea"))) {
    // date pickers show another field than the one that has the label
    if (field.type !== "hidden" && field.labels?.length === 0 && !field.ariaLabel) field.ariaLabel = labelOf(model);
  }
  // the arrow keys do the same in the field itself
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(".bk-spin-btn"))) {
    button.ariaHidden = "true";
    button.tabIndex = -1;
  }
}

/**
 * @param {BokehPageModel} model
 * @returns {string}
 */
function labelOf({ title, name, type }) {
  return typeof title === "string" && title !== "" ? title : String(name ?? type);
}

// a page may embed applications of several paths or servers, each with its own address of this module
const STARTED = Symbol.for("bokeh-server.accessibility");
const page = /** @type {Record<symbol, boolean>} */ (/** @type {unknown} */ (globalThis));
if (!page[STARTED]) {
  page[STARTED] = true;
  nameAll();
  // views that are drawn later: the first ones, if the page has loaded before its document
  observer.observe(document.body, { childList: true, subtree: true });
}
