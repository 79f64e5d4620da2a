/**
 * The interface of the Jupyter kernel in which the program runs.
 *
 * @module
 */

/** The part of `Deno.jupyter` that this package uses. */
interface Jupyter {
  display(value: object, options: { raw: boolean; display_id?: string; update?: boolean }): Promise<void>;
}

/** Returns the kernel's interface, undefined outside of a notebook. */
export function jupyter(): Jupyter | undefined {
  try {
    return (Deno as unknown as { readonly jupyter: Jupyter }).jupyter;
  } catch {
    return undefined; // Deno throws outside of its kernel
  }
}
