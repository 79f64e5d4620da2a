import type { DocumentValidation } from "../../application/application_options.ts";
import type { Settings } from "./settings.ts";

/**
 * Returns what to do about likely mistakes in documents, which Bokeh divides into two settings:
 * `perform_document_validation` and `validation_level`.
 */
export function documentValidation(settings: Settings): DocumentValidation {
  if (!settings.value("perform_document_validation")) return "off";
  const level = settings.value("validation_level");
  return level === "none" ? "log" : level;
}
