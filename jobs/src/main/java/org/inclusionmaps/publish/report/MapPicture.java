package org.inclusionmaps.publish.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.format.pmtiles.Bounds;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.grid.WebMercator;
import org.inclusionmaps.publish.figures.Areas;
import org.inclusionmaps.publish.figures.Chunks;
import org.inclusionmaps.publish.figures.Classes;
import org.inclusionmaps.publish.figures.Figures;
import org.inclusionmaps.publish.figures.Hexagon;
import org.inclusionmaps.publish.figures.PlaceTotals;
import org.inclusionmaps.publish.figures.Runs;
import org.inclusionmaps.publish.figures.SensitivePlaces;
import org.inclusionmaps.publish.writing.Html;
import org.inclusionmaps.publish.writing.Numbers;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygon;

/** A drawing of the share that lacks access, by hexagon, as SVG. */
public final class MapPicture {
  /** About the width of a letter and the height of a line of names, in units of the picture. */
  private static final double LETTER = 7;

  private static final double LINE = 12;

  private static final int MOST_HEXAGONS = 6000;
  private static final double LONG_SIDE = 760;

  /** The least share of the worst class. */
  private static final double WORST = 0.8;

  private static final StructType SCHEMA =
      new StructType()
          .add("place", DataTypes.LongType, false)
          .add("known", DataTypes.LongType, false)
          .add("lacking", DataTypes.LongType, false);

  private final double west;
  private final double north;
  private final double scale;
  private final double width;
  private final double height;

  MapPicture(Bounds bounds) {
    this.west = WebMercator.x(bounds.west());
    this.north = WebMercator.y(bounds.north());
    double across = WebMercator.x(bounds.east()) - west;
    double down = WebMercator.y(bounds.south()) - north;
    this.scale = LONG_SIDE / Math.max(1e-9, Math.max(across, down));
    this.width = across * scale;
    this.height = down * scale;
  }

  /**
   * A hexagon of the picture.
   *
   * @param known persons whose coverage is known, tenths
   * @param lacking those of them that lack access, tenths
   */
  private record Drawn(long place, long known, long lacking) {}

  /**
   * The drawing, and what it shows in a sentence.
   *
   * @param svg the drawing
   * @param sentence how many hexagons are worst, as HTML
   */
  record Picture(String svg, String sentence) {}

  /**
   * The picture.
   *
   * @param totals of {@link PlaceTotals}, cut into chunks
   * @param places resolution to how many hexagons of it there are
   */
  static Picture of(
      Dataset<Row> totals,
      Chunks chunks,
      Map<Integer, Long> places,
      Bounds bounds,
      List<Areas.Border> borders) {
    int resolution =
        places.entrySet().stream()
            .filter(entry -> entry.getValue() <= MOST_HEXAGONS)
            .mapToInt(Map.Entry::getKey)
            .max()
            .orElse(chunks.resolution());
    SensitivePlaces sensitive = chunks.sensitive();
    List<Integer> resolutions = List.of(resolution);
    List<Drawn> hexagons = new ArrayList<>();
    totals
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>)
                rows ->
                    Runs.stream(Hexagon.of(rows, resolutions, sensitive))
                        .map(MapPicture::everybody)
                        .iterator(),
            Encoders.row(SCHEMA))
        .collectAsList()
        .forEach(row -> hexagons.add(new Drawn(row.getLong(0), row.getLong(1), row.getLong(2))));
    hexagons.sort(Comparator.comparingLong(Drawn::place));
    return new Picture(
        new MapPicture(bounds).draw(hexagons, borders, resolution), sentence(hexagons));
  }

  private static String sentence(List<Drawn> hexagons) {
    List<Drawn> known = hexagons.stream().filter(hexagon -> hexagon.known() > 0).toList();
    if (known.isEmpty()) {
      return "Coverage is known in none of the hexagons.";
    }
    List<Drawn> worst =
        known.stream().filter(hexagon -> hexagon.lacking() >= WORST * hexagon.known()).toList();
    long all = known.stream().mapToLong(Drawn::lacking).sum();
    long there = worst.stream().mapToLong(Drawn::lacking).sum();
    String hold =
        worst.isEmpty()
            ? ""
            : ", and %s of all who lack it live there".formatted(Numbers.pct(there, all));
    return "In %s of %s hexagons of known coverage at least %s %% of persons lack affordable access%s."
        .formatted(
            Numbers.count(worst.size()),
            Numbers.count(known.size()),
            Numbers.plain(100 * WORST),
            hold);
  }

  private static Row everybody(Hexagon hexagon) {
    Figures everybody = hexagon.totals().figures(0);
    return RowFactory.create(hexagon.place(), everybody.known(), everybody.lacking());
  }

  private String draw(List<Drawn> hexagons, List<Areas.Border> borders, int resolution) {
    StringBuilder out = new StringBuilder();
    begin(
        out,
        "map-hexagons",
        "Map of the share that lacks affordable access, hexagons of H3 resolution " + resolution);
    out.append("<g stroke=\"#777\" stroke-width=\".25\">\n");
    hexagons.forEach(hexagon -> hexagon(out, hexagon));
    out.append("</g>\n<g fill=\"none\" stroke=\"#333\" stroke-width=\".9\">\n");
    borders.forEach(border -> outline(out, border.geometry()));
    out.append("</g>\n");
    names(out, borders);
    return out.append("</svg>\n").toString();
  }

  /** Begins a drawing of the bounds. */
  void begin(StringBuilder out, String id, String title) {
    out.append(
        String.format(
            Locale.ROOT,
            "<svg class=\"map\" id=\"%1$s\" viewBox=\"-4 -4 %2$.0f %3$.0f\" role=\"img\" aria-labelledby=\"%1$s-title %1$s-desc\">\n<title id=\"%1$s-title\">%4$s</title>\n<desc id=\"%1$s-desc\">The tables have the figures of areas.</desc>\n",
            id,
            width + 8,
            height + 8,
            title));
    out.append(
        """
        <defs><pattern id="%s-hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
        <rect width="4" height="4" fill="#d8d8d8"/><rect width="1.3" height="4" fill="#787878"/></pattern></defs>
        """
            .formatted(id));
  }

  /** The names of areas: as many as have room, and fewer for a narrow page, in larger letters. */
  void names(StringBuilder out, List<Areas.Border> borders) {
    for (int times = 1; times <= 2; times++) {
      out.append("<g class=\"names %s\">\n".formatted(times == 1 ? "usual" : "narrow"));
      named(borders, times).forEach(border -> name(out, border));
      out.append("</g>\n");
    }
  }

  private void hexagon(StringBuilder out, Drawn hexagon) {
    double share = 100.0 * hexagon.lacking() / Math.max(1, hexagon.known());
    out.append("<path d=\"");
    for (double[] ring : Places.rings(hexagon.place())) {
      path(out, ring);
    }
    String fill = hexagon.known() <= 0 ? "url(#map-hexagons-hatch)" : Classes.colour(share);
    out.append("\" fill=\"").append(fill).append("\"/>\n");
  }

  private void outline(StringBuilder out, Geometry geometry) {
    for (int i = 0; i < geometry.getNumGeometries(); i++) {
      if (geometry.getGeometryN(i) instanceof Polygon polygon && !polygon.isEmpty()) {
        Coordinate[] corners = polygon.getExteriorRing().getCoordinates();
        double[] ring = new double[2 * corners.length];
        for (int c = 0; c < corners.length; c++) {
          ring[2 * c] = corners[c].x;
          ring[2 * c + 1] = corners[c].y;
        }
        out.append("<path d=\"");
        path(out, ring);
        out.append("\"/>\n");
      }
    }
  }

  /** A closed line along corners: longitudes and latitudes by turns. */
  void path(StringBuilder out, double[] ring) {
    String last = "";
    char command = 'M';
    for (int i = 0; i < ring.length; i += 2) {
      String point = point(ring[i], ring[i + 1]);
      if (!point.equals(last)) {
        out.append(command).append(point);
        command = 'L';
      }
      last = point;
    }
    out.append('Z');
  }

  private String point(double lon, double lat) {
    double x = (WebMercator.x(lon) - west) * scale;
    double y = (WebMercator.y(lat) - north) * scale;
    return String.format(Locale.ROOT, "%.1f %.1f", x, y);
  }

  /** The areas whose names do not lie on one that stands before them in the list. */
  public static List<Areas.Border> named(List<Areas.Border> borders, Bounds bounds) {
    return new MapPicture(bounds).named(borders, 1);
  }

  private List<Areas.Border> named(List<Areas.Border> borders, int times) {
    List<Envelope> taken = new ArrayList<>();
    List<Areas.Border> named = new ArrayList<>();
    for (Areas.Border border : borders) {
      double[] at = middle(border);
      double half = times * border.name().length() * LETTER / 2;
      double line = times * LINE;
      Envelope box = new Envelope(at[0] - half, at[0] + half, at[1] - line, at[1] + line / 2);
      if (taken.stream().noneMatch(box::intersects)) {
        taken.add(box);
        named.add(border);
      }
    }
    return named;
  }

  private double[] middle(Areas.Border border) {
    Coordinate at = border.geometry().getInteriorPoint().getCoordinate();
    return new double[] {
      (WebMercator.x(at.x) - west) * scale, (WebMercator.y(at.y) - north) * scale
    };
  }

  private void name(StringBuilder out, Areas.Border border) {
    double[] at = middle(border);
    out.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\">%s</text>\n",
            at[0],
            at[1],
            Html.shortName(border.name())));
  }
}
