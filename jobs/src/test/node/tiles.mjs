// Reads every tile of a PMTiles archive with readers that share no code with the writer, and prints what they hold,
// as JSON: of each zoom how many tiles, the largest in bytes, and of each layer the features and the sums of numbers, each
// feature once. usage: node tiles.mjs ARCHIVE
import { openSync, readSync, fstatSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import { PMTiles } from "pmtiles";

const file = openSync(process.argv[2], "r");
const size = fstatSync(file).size;
let largest = 0;
const source = {
  getKey: () => process.argv[2],
  getBytes: async (offset, length) => {
    const buffer = Buffer.alloc(Math.min(length, size - offset));
    readSync(file, buffer, 0, buffer.length, offset);
    return { data: buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.length) };
  },
};
const unpacked = async (data, compression) => {
  if (compression !== 2) return data;
  largest = data.byteLength;
  const raw = gunzipSync(Buffer.from(data));
  return raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length);
};
const archive = new PMTiles(source, undefined, unpacked);
const header = await archive.getHeader();
const metadata = await archive.getMetadata();
const known = new Set(metadata.vector_layers.flatMap((layer) => Object.keys(layer.fields).map((field) => `${layer.id}.${field}`)));
const column = (lon, zoom) => Math.min(2 ** zoom - 1, Math.floor(((lon + 180) / 360) * 2 ** zoom));
const row = (lat, zoom) => {
  const sin = Math.sin((Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180);
  return Math.min(2 ** zoom - 1, Math.floor((0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * 2 ** zoom));
};
const zooms = [];
let addressed = 0;
for (let z = header.minZoom; z <= header.maxZoom; z++) {
  const zoom = { zoom: z, tiles: 0, largest: 0, layers: {} };
  const seen = {};
  // Within the bounds alone, as a map asks: the count below tells if a tile lies outside.
  for (let x = column(header.minLon, z); x <= column(header.maxLon, z); x++) {
    for (let y = row(header.maxLat, z); y <= row(header.minLat, z); y++) {
      const tile = await archive.getZxy(z, x, y);
      if (!tile) continue;
      zoom.tiles++;
      zoom.largest = Math.max(zoom.largest, largest);
      const decoded = new VectorTile(new PbfReader(tile.data));
      for (const [name, layer] of Object.entries(decoded.layers)) {
        const sums = (zoom.layers[name] ??= { features: 0, sums: {} });
        const ids = (seen[name] ??= new Set());
        for (let i = 0; i < layer.length; i++) {
          const feature = layer.feature(i);
          feature.loadGeometry();
          for (const field of Object.keys(feature.properties)) {
            if (!known.has(`${name}.${field}`)) throw new Error(`${name} has ${field}, which the metadata does not name`);
          }
          if (!Number.isSafeInteger(feature.id)) throw new Error(`an identifier is ${feature.id}`);
          if (ids.has(feature.id)) continue;
          ids.add(feature.id);
          sums.features++;
          for (const [field, value] of Object.entries(feature.properties)) {
            if (typeof value === "number") sums.sums[field] = (sums.sums[field] ?? 0) + value;
          }
        }
      }
    }
  }
  addressed += zoom.tiles;
  zooms.push(zoom);
}
if (addressed !== header.numAddressedTiles) throw new Error(`${addressed} tiles found, the header says ${header.numAddressedTiles}`);
console.log(JSON.stringify({ zooms, clustered: header.clustered }));
