import { assertEquals } from "@std/assert";
import { documentValidation } from "./document_validation.ts";
import { Settings } from "./settings.ts";

Deno.test("documentValidation() combines the settings validate_doc and validation_level", () => {
  const of = (environment: Record<string, string>) => documentValidation(new Settings({ environment }));
  assertEquals(of({}), "log");
  assertEquals(of({ BOKEH_VALIDATE_DOC: "no" }), "off");
  assertEquals(of({ BOKEH_VALIDATION_LEVEL: "errors" }), "errors");
  assertEquals(of({ BOKEH_VALIDATION_LEVEL: "ALL" }), "all");
  assertEquals(of({ BOKEH_VALIDATE_DOC: "no", BOKEH_VALIDATION_LEVEL: "all" }), "off");
});
