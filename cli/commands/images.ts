/**
 * The commands `png`, `svg` and `pdf`.
 *
 * @module
 */

import type { Document } from "../../document/document.ts";
import { FILE_OPTIONS, writeDocuments, writeFile } from "../applications/document_files.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../exit.ts";
import { importOptional } from "../optional_module.ts";
import type { ExportModule, ImageExporter } from "../optional_types.ts";
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

/** Writes images of the documents of applications, or of pages. */
async function writeImages(
  format: "png" | "svg" | "pdf",
  { browser, width, height, transparent, output = [], args }: OptionValues<typeof OPTIONS>,
  operands: readonly string[],
  scale?: number,
): Promise<void> {
  const { Exporter } = await importOptional<ExportModule>("export", `the command ${format}`);
  const settings = await Settings.read();
  const { version } = await bokehjsBuild(settings);
  const urls = operands.filter((operand) => /^https?:/.test(operand));
  const paths = operands.filter((operand) => !urls.includes(operand));
  if (output.length > operands.length) {
    throw new CommandError(`Cannot write ${output.length} files for ${operands.length} images`);
  }
  await using exporter = await openExporter(() => Exporter.open({ executablePath: browser }));
  const draw = (source: Document | URL) => exporter[format](source, { width, height, transparent, scale });
  await writeDocuments(paths, {
    output: output.slice(0, paths.length),
    args,
    ending: format,
    settings,
    bokehVersion: version,
    content: draw,
  });
  for (const [index, url] of urls.entries()) {
    const name = new URL(url).pathname.split("/").at(-1) || "index";
    await writeFile(await draw(new URL(url)), output[paths.length + index] ?? `${name}.${format}`);
  }
}

async function openExporter(open: () => Promise<ImageExporter>): Promise<ImageExporter> {
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
    await writeImages("png", values, operands, factor);
    return 0;
  },
};

/** Writes SVG images of the documents of applications, or of pages. */
export const svgCommand: Command<typeof OPTIONS> = vectorCommand(
  "svg",
  "Write the documents of applications as SVG images, with a Chromium",
);

/** Writes PDF documents of the documents of applications, or of pages. */
export const pdfCommand: Command<typeof OPTIONS> = vectorCommand(
  "pdf",
  "Write the documents of applications as PDF files, with a Chromium",
);

function vectorCommand(format: "svg" | "pdf", summary: string): Command<typeof OPTIONS> {
  return {
    name: format,
    summary,
    options: OPTIONS,
    operand: OPERAND,
    async run(values, operands) {
      await writeImages(format, values, operands);
      return 0;
    },
  };
}
