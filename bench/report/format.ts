/** Formatting of numbers and tables for the reports of benchmarks. */

import type { Unit } from "../line.ts";

/**
 * Formats a number: below 1000 with three significant digits, from 1000 as an integer with
 * thousands separators. Returns a dash if the number is not finite.
 */
export function number(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const rounded = Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3));
  // The option turns off the default limit of three decimals.
  return rounded.toLocaleString("en-US", { maximumSignificantDigits: 21 });
}

/** Formats a value with its unit. */
export function withUnit(value: number, unit: Unit): string {
  return `${number(value)} ${unit}`;
}

/** Formats a share of 1 as a percentage: 0.6 as `60 %`. */
export function percent(share: number): string {
  return `${number(Math.round(share * 100))} %`;
}

/**
 * Formats rows as a Markdown table, with the first column aligned to the left and the others to the
 * right.
 *
 * @param rows Rows with the same number of cells. The first is the header.
 */
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
