/// <reference types="./constants.d.ts" />

// Loads the scripts that only a later change of a document may need, after everything else of the
// page.

function load() {
  for (const { src, integrity } of __LATE_SCRIPTS__) {
    const checked = integrity === undefined ? {} : { integrity, crossOrigin: "anonymous" };
    document.head.append(Object.assign(document.createElement("script"), { src, async: false, ...checked }));
  }
}

if (document.readyState === "complete") load();
else addEventListener("load", load);
