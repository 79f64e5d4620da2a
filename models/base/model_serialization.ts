/**
 * The method of all models that serializes them.
 *
 * @module
 */

import type { ModelLike } from "./model_like.ts";
import { Serializer } from "../wire/serializer.ts";

/** The method of all models that serializes them. */
export interface ModelSerializationMethods {
  /**
   * Returns the representation of the model on the wire: its class, its id and its attributes. Each
   * model that it refers to is written in full at its first occurrence, then by its id.
   *
   * @param serializer The serializer. Models that it has written already are written by their ids.
   * The default serializer includes binary data as Base64 text.
   */
  to_serializable(serializer?: Serializer): unknown;
}

/** The implementation of {@linkcode ModelSerializationMethods}, for the prototype of `Model`. */
export const modelSerializationMethods: ThisType<ModelLike> & ModelSerializationMethods = {
  to_serializable(serializer = new Serializer({ deferred: false })) {
    return serializer.encode(this);
  },
};
