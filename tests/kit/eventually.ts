/** Interval between two checks, in milliseconds. */
const INTERVAL_MILLISECONDS = 20;

/**
 * Waits until a condition holds that another program or an earlier call brings about.
 *
 * @param condition Checked again and again.
 * @param description What the condition means, for the error.
 * @param seconds How long to wait at most.
 * @throws {Error} If the condition does not hold in time.
 */
export async function eventually(
  condition: () => boolean | Promise<boolean>,
  description: string = "the condition of this test",
  seconds = 20,
): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!await condition()) {
    if (performance.now() > end) throw new Error(`Timed out after ${seconds} s: ${description} does not hold`);
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MILLISECONDS));
  }
}
