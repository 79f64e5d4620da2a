import { assertEquals } from "@std/assert";
import { acceptsDateTimes, parsePythonType } from "./python_type.ts";

Deno.test("parsePythonType() parses nested types", () => {
  assertEquals(parsePythonType("Nullable(Either(Float, Tuple(Float, Float)))"), ["Nullable", [
    "Or",
    "Float",
    ["Tuple", "Float", "Float"],
  ]]);
});

Deno.test("parsePythonType() parses texts and numbers of enumerations", () => {
  assertEquals(parsePythonType("Enum('a, (b)', 1, -1)"), ["Enum", "a, (b)", 1, -1]);
});

Deno.test("parsePythonType() takes the value of a data specification from its second argument", () => {
  const text = "ColorSpec(String, Nullable(Color), Instance(Value), Struct(value=Nullable(Color)))";
  assertEquals(parsePythonType(text), ["Spec", "ColorSpec", ["Nullable", "Color"]]);
});

Deno.test("parsePythonType() returns the units of angles", () => {
  assertEquals(parsePythonType("AngleSpec(units_default='rad')"), [
    "Spec",
    "AngleSpec",
    "Float",
    "rad",
    ["Enum", "deg", "rad", "grad", "turn"],
  ]);
});

Deno.test("acceptsDateTimes() finds dates inside other types", () => {
  assertEquals([
    acceptsDateTimes("Nullable(Tuple(Date, Date))"),
    acceptsDateTimes("Enum('date')"),
    acceptsDateTimes("Float"),
  ], [
    true,
    false,
    false,
  ]);
});
