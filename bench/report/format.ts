/** Formats numbers and tables. */

import type { Unit } from "../line.ts";

/** Formats a number with three significant digits and a thousands separator. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const rounded = Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3));
  return rounded.toLocaleString("en-US", { maximumSignificantDigits: 21 });
}

/** Formats a value with its unit. */
export function withUnit(value: number, unit: Unit): string {
  return unit === "/s" ? `${number(value)} /s` : `${number(value)} ${unit}`;
}

/** Formats a share as a percentage: 0.6 is 60 %. */
export function percent(share: number): string {
  return `${number(Math.round(share * 100))} %`;
}

/** Formats rows as a Markdown table with aligned columns. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(3, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]) =>
    `| ${
      cells.map((cell, column) => column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)).join(
        " | ",
      )
    } |`;
  const rule = `|${widths.map((width, column) => "-".repeat(width + 1) + (column === 0 ? "-" : ":")).join("|")}|`;
  const [head, ...body] = rows;
  return [line(head!), rule, ...body.map(line)].join("\n");
}
