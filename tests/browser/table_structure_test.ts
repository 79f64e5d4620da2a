/** Tables for users of screen readers and keyboards. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import axe from "axe-core";
import type { Page } from "playwright-core";
import type { Document } from "../../document/document.ts";
import { Button, ColumnDataSource, DataTable, StringEditor, TableColumn } from "../../models/mod.ts";
import { serveBokeh } from "../../server/serve.ts";
import { eventually } from "../kit/eventually.ts";
import { openBrowser } from "./browser.ts";

const ROWS = 100;

/** A node of Chromium's accessibility tree, as the DevTools protocol describes it. */
interface AccessibilityNode {
  readonly nodeId: string;
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
  readonly childIds?: readonly string[];
}

function tables(doc: Document): void {
  const city = Array.from({ length: ROWS }, (_, i) => `city ${i}`);
  const source = new ColumnDataSource({ data: { city, people: city.map((_, i) => i) } });
  const columns = ["city", "people"].map((field) => new TableColumn({ field, title: field }));
  columns[0]!.editor = new StringEditor();
  doc.add_root(new Button({ label: "before" }));
  doc.add_root(new DataTable({ name: "cities", source, columns, width: 420, height: 150, editable: true }));
  doc.add_root(new Button({ label: "after" }));
  const choices = columns.map(({ field, title }) => new TableColumn({ field, title }));
  doc.add_root(new DataTable({ name: "choices", source, columns: choices, selectable: "checkbox", height: 150 }));
}

/** Returns the roles and names of the grid and of what it owns, indented, down to the cells. */
async function gridTree(page: Page): Promise<string[]> {
  const client = await page.context().newCDPSession(page);
  const { nodes } = await client.send("Accessibility.getFullAXTree") as unknown as { nodes: AccessibilityNode[] };
  await client.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const lines: string[] = [];
  const walk = (node: AccessibilityNode, depth: number) => {
    const role = node.role?.value ?? "";
    const isPart = !node.ignored && ["grid", "rowgroup", "row", "columnheader", "gridcell"].includes(role);
    if (isPart) lines.push(`${" ".repeat(depth)}${role} ${node.name?.value ?? ""}`.trimEnd());
    for (const id of node.childIds ?? []) walk(byId.get(id)!, depth + (isPart ? 1 : 0));
  };
  const grid = nodes.find(({ role, ignored }) => role?.value === "grid" && !ignored);
  if (grid !== undefined) walk(grid, 0);
  return lines;
}

/** Returns the text of the cell to which the focused element refers. */
async function activeCell(page: Page): Promise<string | undefined> {
  return await page.evaluate(`(() => {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    const id = focused?.getAttribute("aria-activedescendant");
    return id ? focused.getRootNode().getElementById(id)?.textContent : undefined;
  })()`) as string | undefined;
}

Deno.test("table structure: rows and cells belong to a grid, and Tab leaves it", {
  sanitizeOps: false,
  sanitizeResources: false,
}, async () => {
  await using server = await serveBokeh({ "/app": tables }, { port: 0, contentSecurityPolicy: true });
  await using browser = await openBrowser();
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${server.url}app`);
  const grid = page.getByRole("grid", { name: "cities" });
  await grid.waitFor({ state: "attached" });
  await eventually(() => page.evaluate("Bokeh.documents[0].is_idle"));

  assertEquals(await grid.getAttribute("aria-rowcount"), String(ROWS + 1));
  assertEquals(await grid.getAttribute("aria-colcount"), "3");
  const tree = await gridTree(page);
  assertEquals(tree[0], "grid cities");
  for (const line of [" rowgroup", "   columnheader city", "   gridcell city 0"]) {
    assert(tree.includes(line), `${line} is not in\n${tree.join("\n")}`);
  }
  const row = page.getByRole("row").filter({ hasText: "city 1" }).first();
  assertEquals(await row.getAttribute("aria-rowindex"), "3");
  assertStringIncludes(await page.locator("body").ariaSnapshot(), '- gridcell "city 1"');

  await page.getByRole("checkbox", { name: "Select all rows" }).waitFor();
  await page.evaluate(axe.source);
  const found = await page.evaluate(`axe.run(document, { resultTypes: ["violations"] })`) as axe.AxeResults;
  const serious = found.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  assertEquals(serious.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)), []);

  const after = page.getByRole("button", { name: "after" });
  const isFocused = (target = after) =>
    target.evaluate((button: unknown) => (button as { matches(selector: string): boolean }).matches(":focus"));
  const focusTable = async () => {
    await page.getByRole("button", { name: "before" }).focus();
    await page.keyboard.press("Tab");
    assert(await isFocused(grid), "Tab does not reach the table");
  };
  await focusTable();
  await page.keyboard.press("ArrowDown");
  await eventually(async () => await activeCell(page) === "0");
  for (const key of ["ArrowDown", "ArrowRight", "ArrowRight", "ArrowLeft"]) await page.keyboard.press(key);
  await eventually(async () => await activeCell(page) === "city 1");
  assertEquals(await page.locator('[aria-selected="true"]').first().getAttribute("aria-rowindex"), "3");
  await page.keyboard.press("Tab");
  assert(await isFocused(), "Tab does not leave the table");
  await page.keyboard.press("Shift+Tab");
  assert(await isFocused(grid), "Shift+Tab does not return to the table");
  await page.keyboard.press("Shift+Tab");
  assert(await isFocused(page.getByRole("button", { name: "before" })), "Shift+Tab does not leave the table");

  // Tab in an editor goes to the next cell; Escape ends editing
  await focusTable();
  await page.keyboard.press("Enter");
  await page.keyboard.type("edited");
  await page.keyboard.press("Tab");
  await eventually(async () => await activeCell(page) === "1");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  assert(await isFocused(), "Tab does not leave the table after editing");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("PageDown");
  await eventually(async () => /^\d{2,}$|^[3-9]$/.test(await activeCell(page) ?? ""));

  await page.getByRole("grid", { name: "choices" }).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Space");
  await eventually(() => page.getByRole("checkbox", { name: "Select row 1", exact: true }).isChecked());
});
