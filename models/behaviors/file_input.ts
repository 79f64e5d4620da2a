/**
 * Methods of file inputs.
 *
 * @module
 */

import type { Model } from "../base/model.ts";
import { ClearInput } from "../events.ts";

/** Additional methods of file inputs. */
export interface FileInputMethods {
  /** Clears the selected files in all browsers. */
  clear(): void;
}

/** Implementation for the prototype of `FileInput`. */
export const fileInputMethods: FileInputMethods & ThisType<Model> = {
  clear(): void {
    this.membership?.host.sendEvent(new ClearInput({ model: this }));
  },
};
