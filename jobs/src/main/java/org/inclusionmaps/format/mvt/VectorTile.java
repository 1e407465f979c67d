package org.inclusionmaps.format.mvt;

import java.util.List;
import org.inclusionmaps.format.ByteSink;

/** A Mapbox Vector Tile. Source: Mapbox Vector Tile Specification 2.1, section 4. */
public final class VectorTile {
  private VectorTile() {}

  /** The tile's bytes, not compressed; layers without features are left out. */
  public static byte[] of(List<TileLayer> layers) {
    ByteSink tile = new ByteSink();
    layers.stream().filter(l -> l.count() > 0).forEach(l -> tile.field(3, l.message()));
    return tile.toBytes();
  }
}
