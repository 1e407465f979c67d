// Between a hexagon's id in the tiles and its H3 index. Source: h3geo.org, "Bit layout of H3Index".
// id = 2^(7+3R) + base cell * 2^(3R) + digits of three bits each, R the resolution.
const CELL = 1n << 59n;
const FINEST = 15n;

/** The resolution of an id. */
export function resolutionOf(id) {
  return Math.floor((Math.log2(id) - 7) / 3);
}

/** The least id of a resolution; ids of coarser hexagons are less. */
export function leastOf(resolution) {
  return 2 ** (7 + 3 * resolution);
}

/** The H3 index, 15 hexadecimal digits. */
export function addressOf(id) {
  const resolution = BigInt(resolutionOf(id));
  const unused = 3n * (FINEST - resolution);
  const within = BigInt(id) - (1n << (7n + 3n * resolution));
  const index = CELL | (resolution << 52n) | (within << unused) | ((1n << unused) - 1n);
  return index.toString(16);
}

/** The id of an H3 index; 0 of anything else. */
export function idOf(address) {
  if (!/^8[0-9a-f]{14}$/.test(address)) return 0;
  const index = BigInt(`0x${address}`);
  const resolution = (index >> 52n) & 15n;
  const within = (index & ((1n << 52n) - 1n)) >> (3n * (FINEST - resolution));
  return Number((1n << (7n + 3n * resolution)) + within);
}
