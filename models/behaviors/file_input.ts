/**
 * What a file input can be told.
 *
 * @module
 */

import type { Model } from "../base/model.ts";
import { ClearInput } from "../events.ts";

/** Methods of file inputs. */
export interface FileInputMethods {
  /** Forgets the chosen files, in browsers too. */
  clear(): void;
}

/** The implementation, for the prototype of file inputs. */
export const fileInputMethods: FileInputMethods & ThisType<Model> = {
  clear(): void {
    this.document?.sendEvent(new ClearInput({ model: this }));
  },
};
