package org.inclusionmaps.ingest;

import java.util.List;

/**
 * What became of an elevation model.
 *
 * @param paths the feeds' paths, in order
 * @param files read of them
 * @param samplesPerDegree nodes in a degree
 * @param tiles with a known height
 * @param known nodes whose height is known
 * @param holes nodes inside the files whose height is not known
 */
public record TerrainCount(
    List<String> paths, int files, int samplesPerDegree, long tiles, long known, long holes) {
  public TerrainCount {
    paths = List.copyOf(paths);
  }
}
