/**
 * Version of the BokehJS that this package contains. Documents, `SERVER-INFO-REPLY` and URLs of the
 * CDN contain it, unless the server is configured to serve another build (`bokehjsPath`).
 */
export const BOKEH_VERSION = "3.10.0";
