import type { DocumentValidation } from "../../application/application_options.ts";
import type { Settings } from "./settings.ts";

/** What becomes of likely mistakes in documents, as two of Bokeh's settings say it. */
export function documentValidation(settings: Settings): DocumentValidation {
  if (!settings.value("perform_document_validation")) return "off";
  const level = settings.value("validation_level");
  return level === "none" ? "log" : level;
}
