package org.inclusionmaps.format.pmtiles;

/**
 * One entry of a directory. Source: PMTiles specification 3, section 4.
 *
 * @param tileId the first tile
 * @param offset where the bytes start, from the start of the tile data or of the leaf directories
 * @param length how many bytes, 1 or more
 * @param runLength how many tiles in a row have these bytes; 0 for a leaf directory
 */
record Entry(long tileId, long offset, int length, long runLength) {}
