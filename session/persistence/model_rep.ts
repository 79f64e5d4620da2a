/** A model as documents write it where it first appears. */
export interface ModelRep {
  readonly type: "object";
  /** Its class. */
  readonly name: string;
  readonly id: string;
  readonly attributes?: Record<string, unknown>;
}

/** Returns whether a part of a document is a model that is written in full. */
export function isModelRep(rep: object): rep is ModelRep {
  return "type" in rep && rep.type === "object" && "id" in rep && typeof rep.id === "string" && "name" in rep;
}
