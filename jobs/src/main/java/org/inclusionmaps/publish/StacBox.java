package org.inclusionmaps.publish;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inclusionmaps.format.pmtiles.Bounds;
import org.inclusionmaps.publish.desktop.AreaFile;
import org.inclusionmaps.publish.desktop.AreaPackage;
import org.inclusionmaps.publish.figures.Areas;
import org.locationtech.jts.geom.Envelope;

/** Where on earth an entry of the catalogue is, in degrees. */
record StacBox(Bounds bounds) {

  /**
   * The box of what a set shows: of areas their own, of all else that of the release.
   *
   * @param release the box of the release
   */
  static StacBox of(StacSet set, List<Areas.Area> areas, Bounds release) {
    String first = set.files().get(0);
    Envelope box = new Envelope();
    for (Areas.Area area : areas) {
      if (first.equals(AreaPackage.NAME) || first.startsWith(AreaFile.folder(area.level()) + "/")) {
        box.expandToInclude(area.box());
      }
    }
    return new StacBox(
        box.getArea() > 0
            ? new Bounds(box.getMinX(), box.getMinY(), box.getMaxX(), box.getMaxY())
            : release);
  }

  /** West, south, east and north. */
  List<Object> corners() {
    return List.of(bounds.west(), bounds.south(), bounds.east(), bounds.north());
  }

  /** The same as a polygon of GeoJSON. */
  Map<String, Object> outline() {
    List<Object> ring =
        List.of(
            List.of(bounds.west(), bounds.south()),
            List.of(bounds.east(), bounds.south()),
            List.of(bounds.east(), bounds.north()),
            List.of(bounds.west(), bounds.north()),
            List.of(bounds.west(), bounds.south()));
    Map<String, Object> polygon = new LinkedHashMap<>();
    polygon.put("type", "Polygon");
    polygon.put("coordinates", List.of(ring));
    return polygon;
  }
}
