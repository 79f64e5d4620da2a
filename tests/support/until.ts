/** Waits until something holds, for what a server does in its own time. Throws where it does not come true. */
export async function until(holds: () => boolean | Promise<boolean>, seconds: number, what: string): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!await holds()) {
    if (performance.now() > end) throw new Error(`After ${seconds} s it does not hold: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
