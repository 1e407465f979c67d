// Writes the tiles of a PMTiles archive as files z/x/y.pbf, unpacked, for programs that do not read PMTiles.
// usage: node unpack.mjs ARCHIVE FOLDER
import { mkdirSync, openSync, readSync, fstatSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PMTiles } from "pmtiles";

const [path, folder] = process.argv.slice(2);
const file = openSync(path, "r");
const size = fstatSync(file).size;
const archive = new PMTiles({
  getKey: () => path,
  getBytes: async (offset, length) => {
    const buffer = Buffer.alloc(Math.min(length, size - offset));
    readSync(file, buffer, 0, buffer.length, offset);
    return { data: buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.length) };
  },
});
const { minZoom, maxZoom, minLon, minLat, maxLon, maxLat } = await archive.getHeader();
const column = (lon, z) => Math.floor(((lon + 180) / 360) * 2 ** z);
const row = (lat, z) => {
  const sin = Math.sin((lat * Math.PI) / 180);
  return Math.floor((0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * 2 ** z);
};
let written = 0;
for (let z = minZoom; z <= maxZoom; z++) {
  const last = 2 ** z - 1;
  for (let x = Math.max(0, column(minLon, z) - 1); x <= Math.min(last, column(maxLon, z) + 1); x++) {
    for (let y = Math.max(0, row(maxLat, z) - 1); y <= Math.min(last, row(minLat, z) + 1); y++) {
      const tile = await archive.getZxy(z, x, y);
      if (!tile) continue;
      mkdirSync(join(folder, `${z}`, `${x}`), { recursive: true });
      writeFileSync(join(folder, `${z}`, `${x}`, `${y}.pbf`), new Uint8Array(tile.data));
      written++;
    }
  }
}
console.log(`${written} tiles, zooms ${minZoom} to ${maxZoom}`);
