import { ModelBase } from "../base/model_base.ts";
import { Expr, Field, Value } from "../values/values.ts";
import { type DataSpecInfo, PropertyType } from "./property_type.ts";

/** A visual property: one value for all items, the name of a column, or an expression. */
export class DataSpecType extends PropertyType {
  readonly #value: PropertyType;
  readonly #dataSpec: DataSpecInfo;
  readonly #validUnits: PropertyType | undefined;

  /**
   * @param name What it is called, as `"ColorSpec"`.
   * @param value What it takes as one value for all items.
   * @param units The units that are meant where none are given.
   * @param validUnits The units that may be given.
   */
  constructor(name: string, value: PropertyType, units?: string, validUnits?: PropertyType) {
    super(name);
    this.#value = value;
    this.#dataSpec = units === undefined ? { value } : { value, units };
    this.#validUnits = validUnits;
  }

  /** Its values and units. */
  override get dataSpec(): DataSpecInfo {
    return this.#dataSpec;
  }

  /** Transforms and expressions are models. */
  override get mayHaveRefs(): boolean {
    return true;
  }

  /** Whether a value is the name of a column, one for all items, or a `Value`, `Field` or `Expr`. */
  valid(value: unknown): boolean {
    if (typeof value === "string") return true;
    if (value instanceof Value) return this.#value.valid(value.value) && this.#hasValidOptions(value);
    if (value instanceof Field) return typeof value.field === "string" && this.#hasValidOptions(value);
    if (value instanceof Expr) {
      return value.expr instanceof ModelBase && value.expr.isA("Expression") && this.#hasValidOptions(value);
    }
    return this.#value.valid(value);
  }

  /** Values may have other forms, names of columns have none. */
  override get converts(): boolean {
    return this.#value.converts;
  }

  /** The form of the value; a text and a color of numbers stay what they are, as in Python. */
  override convert(value: unknown): unknown {
    return typeof value === "string" || Array.isArray(value) ? value : this.#value.convert(value);
  }

  #hasValidOptions({ transform, units }: Value | Field | Expr): boolean {
    const isTransform = transform === undefined || transform === null ||
      transform instanceof ModelBase && transform.isA("Transform");
    return isTransform && (units === undefined || this.#validUnits === undefined || this.#validUnits.valid(units));
  }
}
