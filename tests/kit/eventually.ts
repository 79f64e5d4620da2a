/** Interval between two checks, in milliseconds. */
const INTERVAL_MILLISECONDS = 20;

/**
 * Waits until a condition is true that another program or an earlier call causes.
 *
 * @param condition Checked every 20 ms.
 * @param description The condition in words, for the error.
 * @param seconds Maximum wait in seconds.
 * @throws {Error} If the condition is not true in time.
 */
export async function eventually(
  condition: () => boolean | Promise<boolean>,
  description: string = "the condition of this test",
  seconds = 20,
): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!await condition()) {
    if (performance.now() > end) throw new Error(`Timed out after ${seconds} s: not true: ${description}`);
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MILLISECONDS));
  }
}
