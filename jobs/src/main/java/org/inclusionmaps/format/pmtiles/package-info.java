/** PMTiles version 3 archives from tiles in order. It opens no file: the channel is given. */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.format.pmtiles;
