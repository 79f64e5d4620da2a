import type { ModelLike } from "./model_like.ts";
import { Serializer } from "../wire/serializer.ts";

/** How a model is written. */
export interface ModelSerializationMethods {
  /**
   * What stands for the model on the wire: its class, its id and its attributes, each model that it refers to in full where it first
   * appears.
   *
   * @param serializer Writes it, and knows what it has written; by default one that puts binary data into what is answered.
   */
  to_serializable(serializer?: Serializer): unknown;
}

/** The implementation, for the prototype of all models. */
export const modelSerializationMethods: ThisType<ModelLike> & ModelSerializationMethods = {
  to_serializable(serializer = new Serializer({ deferred: false })) {
    return serializer.encode(this);
  },
};
