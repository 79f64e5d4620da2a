/**
 * The commands `png`, `svg` and `pdf`.
 *
 * @module
 */

import type { Document } from "../../document/document.ts";
import type { Exporter, PngOptions } from "../../export/mod.ts";
import { FILE_OPTIONS, writeDocuments, writeFile } from "../applications/document_files.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../exit.ts";
import { importOptional } from "../optional_module.ts";
import type { OptionTable, OptionValues } from "../options/option.ts";
import { bokehjsBuild } from "../settings/bokehjs_build.ts";
import { Settings } from "../settings/settings.ts";

const OPTIONS = {
  width: { flag: "--width", kind: "integer", value: "PIXELS", help: "Width of the roots (default: their own width)" },
  height: {
    flag: "--height",
    kind: "integer",
    value: "PIXELS",
    help: "Height of the roots (default: their own height)",
  },
  transparent: { flag: "--transparent", kind: "flag", help: "Draw plots without a background" },
  browser: {
    flag: "--browser",
    kind: "text",
    value: "PATH",
    help: "Path of a Chromium or Chrome (default: the first that is found)",
  },
  ...FILE_OPTIONS,
} as const satisfies OptionTable;

const PNG_OPTIONS = {
  scale: {
    flag: "--scale",
    kind: "text",
    value: "FACTOR",
    help: "Pixels of the image for each pixel of the document (default: 1)",
  },
  ...OPTIONS,
} as const satisfies OptionTable;

const OPERAND = {
  name: "APPLICATION",
  help: "Files or folders of applications, then URLs of pages of running applications",
  required: true,
} as const;

type Draw = (exporter: Exporter, source: Document | URL, options: PngOptions) => Promise<string | Uint8Array>;

/** Writes images of the documents of applications, or of pages. */
async function writeImages(
  ending: string,
  { browser, width, height, transparent, output = [], args }: OptionValues<typeof OPTIONS>,
  operands: readonly string[],
  draw: Draw,
  scale?: number,
): Promise<void> {
  const { Exporter }: typeof import("../../export/mod.ts") = await importOptional("export", `the command ${ending}`);
  const settings = await Settings.read();
  const { version } = await bokehjsBuild(settings);
  const options = { width, height, transparent, scale };
  const urls = operands.filter((operand) => /^https?:/.test(operand));
  const paths = operands.filter((operand) => !urls.includes(operand));
  if (output.length > operands.length) {
    throw new CommandError(`Cannot write ${output.length} files for ${operands.length} images`);
  }
  await using exporter = await openExporter(() => Exporter.open({ executablePath: browser }));
  await writeDocuments(paths, {
    output: output.slice(0, paths.length),
    args,
    ending,
    settings,
    bokehVersion: version,
    content: (doc) => draw(exporter, doc, options),
  });
  for (const [index, url] of urls.entries()) {
    const name = new URL(url).pathname.split("/").at(-1) || "index";
    await writeFile(await draw(exporter, new URL(url), options), output[paths.length + index] ?? `${name}.${ending}`);
  }
}

async function openExporter(open: () => Promise<Exporter>): Promise<Exporter> {
  try {
    return await open();
  } catch (error) {
    throw error instanceof Error ? new CommandError(error.message) : error;
  }
}

/** Writes PNG images of the documents of applications, or of pages. */
export const pngCommand: Command<typeof PNG_OPTIONS> = {
  name: "png",
  summary: "Write the documents of applications as PNG images, with a Chromium",
  options: PNG_OPTIONS,
  operand: OPERAND,
  async run({ scale, ...values }, operands) {
    const factor = Number(scale ?? 1);
    if (!(factor > 0 && factor <= 10)) throw new CommandError(`Cannot scale by ${scale}: use a number up to 10`);
    await writeImages("png", values, operands, (exporter, source, options) => exporter.png(source, options), factor);
    return 0;
  },
};

/** Writes SVG images of the documents of applications, or of pages. */
export const svgCommand: Command<typeof OPTIONS> = {
  name: "svg",
  summary: "Write the documents of applications as SVG images, with a Chromium",
  options: OPTIONS,
  operand: OPERAND,
  async run(values, operands) {
    await writeImages("svg", values, operands, (exporter, source, options) => exporter.svg(source, options));
    return 0;
  },
};

/** Writes PDF documents of the documents of applications, or of pages. */
export const pdfCommand: Command<typeof OPTIONS> = {
  name: "pdf",
  summary: "Write the documents of applications as PDF files, with a Chromium",
  options: OPTIONS,
  operand: OPERAND,
  async run(values, operands) {
    await writeImages("pdf", values, operands, (exporter, source, options) => exporter.pdf(source, options));
    return 0;
  },
};
