import { assertEquals } from "@std/assert";
import { pythonKind, takesMoments } from "./python_type.ts";

Deno.test("pythonKind() reads nested types", () => {
  assertEquals(pythonKind("Nullable(Either(Float, Tuple(Float, Float)))"), ["Nullable", [
    "Or",
    "Float",
    ["Tuple", "Float", "Float"],
  ]]);
});

Deno.test("pythonKind() reads texts and numbers of enumerations", () => {
  assertEquals(pythonKind("Enum('a, (b)', 1, -1)"), ["Enum", "a, (b)", 1, -1]);
});

Deno.test("pythonKind() takes the value of a visual property from its second part", () => {
  const text = "ColorSpec(String, Nullable(Color), Instance(Value), Struct(value=Nullable(Color)))";
  assertEquals(pythonKind(text), ["Spec", "ColorSpec", ["Nullable", "Color"]]);
});

Deno.test("pythonKind() knows the units of angles", () => {
  assertEquals(pythonKind("AngleSpec(units_default='rad')"), [
    "Spec",
    "AngleSpec",
    "Float",
    "rad",
    ["Enum", "deg", "rad", "grad", "turn"],
  ]);
});

Deno.test("takesMoments() sees dates inside of other types", () => {
  assertEquals([takesMoments("Nullable(Tuple(Date, Date))"), takesMoments("Enum('date')"), takesMoments("Float")], [
    true,
    false,
    false,
  ]);
});
