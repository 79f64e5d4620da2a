/**
 * Version of the BokehJS that this package brings. Documents, `SERVER-INFO-REPLY` and the CDN's URLs state it, except where a server
 * serves another build (`bokehjsPath`).
 */
export const BOKEH_VERSION = "3.10.0";
