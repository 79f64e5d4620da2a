/**
 * Starts a compiled program, opens its pages in a browser, and prints its observations. It is a separate process, because it runs
 * without network.
 *
 * @module
 */

import { evaluate, openBrowser, openPage, until } from "../browser.ts";

/** Observations of the pages and the program. */
export interface Observations {
  /** Whether other machines are reachable. */
  readonly network: boolean;
  /** Heights of the line before and after the slider moves. */
  readonly heights: number[];
  /** The color from the folder's style sheet, and the texts from its module and its custom model. */
  readonly folder: string[];
  /** The text that the results of tasks are in. */
  readonly tasks: string;
  /** Errors of the pages. */
  readonly problems: string[];
  /** Exit code of the program after SIGTERM. */
  readonly code: number;
}

const SLIDER = "doc.roots()[0].children[0]";
const HIGHEST = "Math.max(...doc.roots()[0].children[1].renderers[0].data_source.data.y)";

async function checkProgram(program: string): Promise<Observations> {
  await using child = new Deno.Command(program, { env: { PORT: "0" }, stdin: "null", stdout: "piped" }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const url = /http:\S+/.exec((await reader.read()).value ?? "")![0];
  try {
    await using browser = await openBrowser();
    const powers = await openPage(browser, url);
    const before = await evaluate<number>(powers.page, HIGHEST);
    await evaluate(powers.page, `${SLIDER}.value = 3`);
    await until(powers.page, `${HIGHEST} === 27`);
    const { page, problems } = await openPage(browser, new URL("dash", url).href);
    const color = await page.evaluate<string>(`getComputedStyle(document.querySelector("h1")).color`);
    const heights = [before, await evaluate<number>(powers.page, HIGHEST)];
    const texts = await Promise.all(["size is", "a custom"].map((text) => page.getByText(text).innerText()));
    const folder = [color, ...texts];
    const sums = await openPage(browser, new URL("sums", url).href);
    const tasks = await sums.page.getByText("total is").innerText();
    const all = [...powers.problems, ...problems, ...sums.problems];
    const seen = { network: await hasNetwork(), heights, folder, tasks, problems: all };
    child.kill("SIGTERM");
    return { ...seen, code: (await child.status).code };
  } finally {
    await reader.cancel();
  }
}

/** Returns whether other machines are reachable. Without network a connection to a reserved address fails at once. */
async function hasNetwork(): Promise<boolean> {
  try {
    (await Deno.connect({ hostname: "192.0.2.1", port: 9, signal: AbortSignal.timeout(1000) })).close();
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ENETUNREACH");
  }
}

console.log(JSON.stringify(await checkProgram(Deno.args[0]!)));
Deno.exit(0);
