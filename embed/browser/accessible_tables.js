/// <reference types="./bokehjs.d.ts" />

/**
 * Gives tables the structure of a grid for screen readers, and their keys.
 *
 * SlickGrid, which draws the tables, keeps the focus in an element without content while its rows
 * are drawn again. That element becomes the grid: it owns the groups of rows and refers to the active
 * cell, as https://www.w3.org/WAI/ARIA/apg/patterns/grid/ describes for `aria-activedescendant`.
 */

/** Id of the active cell in its shadow root, which has one table. */
const ACTIVE_CELL = "bokeh-active-cell";

/** @type {WeakSet<BokehGrid>} */
const prepared = new WeakSet();

/**
 * Updates the roles and attributes of a table.
 *
 * @param {BokehGrid} grid
 * @param {string} label
 * @param {() => void} changed Is called when the active cell or the selected rows have changed.
 */
export function describeTable(grid, label, changed) {
  const container = /** @type {HTMLElement} */ (grid.getContainerNode());
  const focused = /** @type {HTMLElement} */ (container.lastElementChild);
  if (!prepared.has(grid)) {
    prepared.add(grid);
    prepareTable(grid, container, focused);
    for (const event of [grid.onActiveCellChanged, grid.onRendered]) {
      event.subscribe(() => referToActiveCell(grid, focused));
    }
    for (const event of [grid.onSelectedRowsChanged, grid.onSort]) event.subscribe(changed);
  }
  const columns = grid.getColumns();
  const headerRows = container.querySelector(".slick-header")?.checkVisibility() === true ? 1 : 0;
  setAttributes(focused, {
    "aria-label": label,
    "aria-rowcount": grid.getDataLength() + headerRows,
    "aria-colcount": columns.length,
  });
  for (const header of container.querySelectorAll(".slick-header-columns")) describeHeader(header, grid, columns);
  for (const row of container.querySelectorAll(".slick-row")) describeRow(/** @type {HTMLElement} */ (row), headerRows);
  referToActiveCell(grid, focused);
}

/**
 * Sets what does not change while a table exists.
 *
 * @param {BokehGrid} grid
 * @param {HTMLElement} container
 * @param {HTMLElement} focused The element that has the focus.
 */
function prepareTable(grid, container, focused) {
  container.removeAttribute("role");
  // Tab stops only at the table. Browsers also stop at what scrolls, unless it has a tabindex.
  for (const element of container.querySelectorAll(".slick-pane, .grid-canvas")) element.removeAttribute("tabindex");
  const groups = [...container.querySelectorAll(".slick-header, .slick-viewport")];
  for (const [i, group] of groups.entries()) {
    setAttributes(group, { id: `bokeh-rows-${i}`, role: "rowgroup", tabindex: -1 });
  }
  setAttributes(focused, {
    role: "grid",
    "aria-owns": groups.map(({ id }) => id).join(" "),
    "aria-multiselectable": grid.getOptions().multiSelect !== false,
  });
  // the other element for the focus, which has it after moves to the left and up
  const other = /** @type {HTMLElement} */ (container.firstElementChild);
  other.tabIndex = -1;
  other.addEventListener("focus", () => focused.focus({ preventScroll: true }));
  focused.addEventListener("focus", () => {
    if (focused.matches(":focus-visible")) container.style.outline = "2px solid currentcolor";
  });
  focused.addEventListener("blur", () => container.style.outline = "0");
  container.addEventListener("keydown", (event) => onKeyDown(event, grid), { capture: true });
}

/**
 * Lets Tab leave the table unless a cell is being edited, and makes the first cell active when the
 * first key for moving is pressed.
 *
 * @param {KeyboardEvent} event
 * @param {BokehGrid} grid
 */
function onKeyDown(event, grid) {
  if (grid.getEditorLock().isActive()) return;
  if (event.key === "Tab") event.stopPropagation();
  else if (/^(?:Arrow|Home|End|Page)/.test(event.key) && grid.getActiveCell() === null && grid.getDataLength() > 0) {
    event.stopPropagation();
    event.preventDefault();
    grid.setActiveCell(grid.getViewport().top, 0);
  }
}

/**
 * @param {BokehGrid} grid
 * @param {HTMLElement} focused
 */
function referToActiveCell(grid, focused) {
  const cell = /** @type {HTMLElement | null | undefined} */ (grid.getActiveCellNode());
  for (const former of focused.parentElement?.querySelectorAll(`#${ACTIVE_CELL}`) ?? []) former.removeAttribute("id");
  if (cell) cell.id = ACTIVE_CELL;
  setAttributes(focused, { "aria-activedescendant": cell ? ACTIVE_CELL : undefined });
}

/**
 * @param {Element} header
 * @param {BokehGrid} grid
 * @param {{ id: unknown }[]} columns
 */
function describeHeader(header, grid, columns) {
  // each half of a table with frozen columns has a header
  setAttributes(header, { role: header.childElementCount > 0 ? "row" : undefined, "aria-rowindex": 1 });
  for (const checkbox of header.querySelectorAll("input[type=checkbox]")) {
    setAttributes(checkbox, { "aria-label": "Select all rows" });
  }
  const sorted = new Map(grid.getSortColumns().map(({ columnId, sortAsc }) => [String(columnId), sortAsc]));
  for (const cell of header.querySelectorAll(".slick-header-column")) {
    const id = /** @type {HTMLElement} */ (cell).dataset.id;
    const isAscending = id === undefined ? undefined : sorted.get(id);
    setAttributes(cell, {
      "aria-colindex": columns.findIndex((column) => String(column.id) === id) + 1,
      "aria-sort": isAscending === undefined ? undefined : isAscending ? "ascending" : "descending",
    });
  }
}

/**
 * @param {HTMLElement} row
 * @param {number} headerRows
 */
function describeRow(row, headerRows) {
  setAttributes(row, {
    "aria-rowindex": Number(row.dataset.row) + headerRows + 1,
    "aria-selected": row.querySelector(".slick-cell.selected") !== null,
  });
  // the space key toggles the checkbox in the active cell
  for (const checkbox of row.querySelectorAll("input[type=checkbox]")) {
    setAttributes(checkbox, { "aria-label": `Select row ${Number(row.dataset.row) + 1}`, tabindex: -1 });
  }
  for (const cell of row.querySelectorAll(".slick-cell")) {
    const [, first, last] = /\bl(\d+) r(\d+)\b/.exec(cell.className) ?? [];
    const span = Number(last) - Number(first) + 1;
    setAttributes(cell, { "aria-colindex": Number(first) + 1, "aria-colspan": span > 1 ? span : undefined });
  }
}

/**
 * Sets attributes whose value is another. Removes those whose value is undefined.
 *
 * @param {Element} element
 * @param {Record<string, string | number | boolean | undefined>} attributes
 */
function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) element.removeAttribute(name);
    else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
  }
}
