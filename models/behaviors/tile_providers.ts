/**
 * Providers of map tiles for `plot.add_tile`.
 *
 * @module
 */

import { suggest } from "../diagnostics/suggest.ts";

/** Attributes of a provider's tile source. */
export interface TileProvider extends Record<string, unknown> {
  /** URL of a tile, with the placeholders `{x}`, `{y}` and `{z}`. */
  url: string;
  /** HTML with the attribution of the provider. */
  attribution: string;
  /** Minimum zoom level. */
  min_zoom: number;
  /** Maximum zoom level. */
  max_zoom: number;
  /** Number of tile pixels per CSS pixel. */
  pixel_ratio: number;
}

const OSM = '&copy; <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a> contributors';
const CARTO = `${OSM} &copy; <a href="https://carto.com/attributions">CARTO</a>`;
const OPENTOPOMAP = `Map data: ${OSM}, <a href="http://viewfinderpanoramas.org">SRTM</a> | Map style: &copy; ` +
  '<a href="https://opentopomap.org">OpenTopoMap</a> (<a href="https://creativecommons.org/licenses/by-sa/3.0/">CC-BY-SA</a>)';
const ESRI_IMAGERY =
  "Esri, i-cubed, USDA, USGS, AEX, GeoEye, Getmapping, Aerogrid, IGN, IGP, UPR-EGP, and the GIS User Community";
const ESRI_STREETS = "Esri, DeLorme, NAVTEQ, USGS, Intermap, iPC, NRCAN, Esri Japan, METI, Esri China (Hong Kong), " +
  "Esri (Thailand), TomTom, 2012";
const NATIONAL_GEOGRAPHIC =
  "National Geographic, Esri, DeLorme, NAVTEQ, UNEP-WCMC, USGS, NASA, ESA, METI, NRCAN, GEBCO, NOAA, iPC";

type Row = readonly [url: string, attribution: string, maxZoom: number];

/**
 * Providers that require no key, by name in lower case without spaces and punctuation. `{r}` is the
 * place of `@2x` for high resolution.
 */
const PROVIDERS: Readonly<Record<string, Row>> = {
  openstreetmapmapnik: ["https://tile.openstreetmap.org/{z}/{x}/{y}.png", OSM, 19],
  opentopomap: ["https://a.tile.opentopomap.org/{z}/{x}/{y}.png", OPENTOPOMAP, 17],
  cartodbpositron: carto("light_all"),
  cartodbpositronnolabels: carto("light_nolabels"),
  cartodbdarkmatter: carto("dark_all"),
  cartodbdarkmatternolabels: carto("dark_nolabels"),
  cartodbvoyager: carto("rastertiles/voyager"),
  cartodbvoyagernolabels: carto("rastertiles/voyager_nolabels"),
  esriworldimagery: esri("World_Imagery", `Source: ${ESRI_IMAGERY}`, 30),
  esriworldstreetmap: esri("World_Street_Map", `Source: ${ESRI_STREETS}`, 30),
  esrinatgeoworldmap: esri("NatGeo_World_Map", NATIONAL_GEOGRAPHIC, 16),
};

/** Alternative names, as in Bokeh. */
const ALIASES: Readonly<Record<string, string>> = {
  osm: "openstreetmapmapnik",
  openstreetmap: "openstreetmapmapnik",
  esriimagery: "esriworldimagery",
};

/**
 * Returns the tile source of a provider by its name, such as `"CartoDB Positron"`,
 * `"cartodb.positron"` or `"OSM"`.
 *
 * @param name Name of the provider. Case, spaces and punctuation are ignored.
 * @param retina Whether to request tiles with twice the resolution, if the provider has them.
 * @throws {RangeError} If the provider does not exist. The message suggests similar names.
 */
export function tileProvider(name: string, retina: boolean): TileProvider {
  const lowerCase = name.toLowerCase();
  const wantsRetina = retina || lowerCase.includes("retina");
  const plain = lowerCase.replace("retina", "").replaceAll(/[\s._-]/g, "");
  const key = Object.hasOwn(ALIASES, plain) ? ALIASES[plain]! : plain;
  const row = Object.hasOwn(PROVIDERS, key) ? PROVIDERS[key] : undefined;
  if (row === undefined) {
    const similar = suggest(key, Object.keys(PROVIDERS)) || `, known ones are ${Object.keys(PROVIDERS).join(", ")}`;
    throw new RangeError(`Cannot find tile provider ${JSON.stringify(name)}: it does not exist${similar}`);
  }
  const [url, attribution, max_zoom] = row;
  const isSharp = wantsRetina && url.includes("{r}");
  return {
    url: url.replace("{r}", isSharp ? "@2x" : ""),
    attribution,
    min_zoom: 0,
    max_zoom,
    pixel_ratio: isSharp ? 2 : 1,
  };
}

function carto(style: string): Row {
  return [`https://a.basemaps.cartocdn.com/${style}/{z}/{x}/{y}{r}.png`, CARTO, 20];
}

function esri(service: string, sources: string, maxZoom: number): Row {
  const url = `https://server.arcgisonline.com/ArcGIS/rest/services/${service}/MapServer/tile/{z}/{y}/{x}`;
  return [url, `Tiles &copy; Esri &mdash; ${sources}`, maxZoom];
}
