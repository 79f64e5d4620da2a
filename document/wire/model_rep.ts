/** A model that is written in full, as in its first appearance in a document. */
export interface ModelRep {
  readonly type: "object";
  /** Name of its class. */
  readonly name: string;
  readonly id: string;
  readonly attributes?: Record<string, unknown>;
}

/** Returns whether a part of a document is a model that is written in full. */
export function isModelRep(rep: object): rep is ModelRep {
  return "type" in rep && rep.type === "object" && "id" in rep && typeof rep.id === "string" && "name" in rep;
}
