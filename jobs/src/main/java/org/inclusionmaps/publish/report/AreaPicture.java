package org.inclusionmaps.publish.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inclusionmaps.format.pmtiles.Bounds;
import org.inclusionmaps.publish.figures.Areas;
import org.inclusionmaps.publish.figures.Classes;
import org.inclusionmaps.publish.figures.Figures;
import org.inclusionmaps.publish.writing.Html;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;

/** A drawing of the share that lacks access, by area of one level, as SVG. */
final class AreaPicture {
  /** More areas than this are too small to tell apart on paper. */
  private static final int MOST_AREAS = 300;

  private AreaPicture() {}

  /**
   * The finest level that a page can show, of those with two drawn areas or more; -1 where there is
   * none.
   */
  static int level(Map<Integer, Long> drawn) {
    return drawn.entrySet().stream()
        .filter(level -> level.getKey() > 0)
        .filter(level -> level.getValue() >= 2 && level.getValue() <= MOST_AREAS)
        .mapToInt(Map.Entry::getKey)
        .max()
        .orElse(-1);
  }

  /** The picture of the drawn areas of a level. */
  static String svg(Areas areas, int level, Bounds bounds) {
    List<Areas.Border> borders = areas.borders(level);
    Map<String, Areas.Area> byId = new HashMap<>();
    areas.list().forEach(area -> byId.put(area.id(), area));
    MapPicture picture = new MapPicture(bounds);
    StringBuilder out = new StringBuilder();
    picture.begin(
        out, "map-areas", "Map of the share that lacks affordable access, areas of level " + level);
    out.append("<g stroke=\"#333\" stroke-width=\".7\" fill-rule=\"evenodd\">\n");
    for (Areas.Border border : borders) {
      Areas.Area area = byId.get(border.area());
      if (area != null) {
        area(out, picture, area, border.geometry());
      }
    }
    out.append("</g>\n");
    picture.names(out, borders);
    return out.append("</svg>\n").toString();
  }

  private static void area(
      StringBuilder out, MapPicture picture, Areas.Area area, Geometry geometry) {
    Figures figures = area.figures();
    String fill =
        figures.known() <= 0
            ? "url(#map-areas-hatch)"
            : Classes.colour(100.0 * figures.lacking() / figures.known());
    out.append("<path d=\"");
    for (int i = 0; i < geometry.getNumGeometries(); i++) {
      if (geometry.getGeometryN(i) instanceof Polygon polygon && !polygon.isEmpty()) {
        picture.path(out, ring(polygon.getExteriorRing()));
        for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++) {
          picture.path(out, ring(polygon.getInteriorRingN(hole)));
        }
      }
    }
    out.append(
        "\" fill=\"%s\"><title>%s: %s</title></path>\n"
            .formatted(
                fill,
                Html.isolated(area.name()),
                figures.known() <= 0 ? "not known" : figures.lackingPct()));
  }

  private static double[] ring(LineString line) {
    Coordinate[] corners = line.getCoordinates();
    double[] ring = new double[2 * corners.length];
    for (int i = 0; i < corners.length; i++) {
      ring[2 * i] = corners[i].x;
      ring[2 * i + 1] = corners[i].y;
    }
    return ring;
  }
}
