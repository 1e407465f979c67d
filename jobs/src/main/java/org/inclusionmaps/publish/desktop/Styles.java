package org.inclusionmaps.publish.desktop;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.inclusionmaps.publish.figures.Classes;
import org.inclusionmaps.publish.figures.Part;
import org.inclusionmaps.publish.writing.Html;
import org.inclusionmaps.publish.writing.ReleaseFiles;

/**
 * Styles that come with a release: for QGIS as QML, for MapLibre as JSON. They draw the share that
 * lacks affordable access in the viewer's classes. What is not known is hatched, zero is white.
 * Source: files that QGIS 3.22 itself saves.
 */
final class Styles {
  static final String FOLDER = "styles/";
  static final String THIN_BORDER = "solid";
  static final String NO_BORDER = "no";

  private static final String RASTERS = "rasters/";
  private static final String IMAGE = ".tif";
  private static final String SHARE = "\"lacking_pct\"";
  private static final String NOT_KNOWN = "not known";
  private static final String HATCHED = "b_diagonal";
  private static final String FILLED = "solid";

  /** The same of a tile's attributes, whose numbers are thousandths of a person. */
  private static final String TILE_SHARE =
      "100.0 * \"l0\" / nullif(\"p0\" - coalesce(\"n0\", 0), 0)";

  /** A class of the map: which features it has, and how it draws them. */
  private record Rule(String filter, String label, String colour, String fill) {}

  private Styles() {}

  /** Writes the styles, and one beside each raster of the release. */
  static void write(List<String> written, ReleaseFiles files) {
    files.write(FOLDER + "hexagons.qml", polygons(NO_BORDER));
    files.write(FOLDER + "areas.qml", polygons(THIN_BORDER));
    files.write(FOLDER + "tiles.qml", tiles());
    files.write(FOLDER + MapStyle.NAME, MapStyle.json());
    for (String name : written) {
      if (name.startsWith(RASTERS) && name.endsWith(IMAGE)) {
        String base = name.substring(0, name.length() - IMAGE.length());
        files.write(base + ".qml", RasterStyle.of(base.substring(RASTERS.length())));
      }
    }
  }

  /** Of a layer of polygons whose rows have the share as a column. */
  static String polygons(String border) {
    List<Rule> rules = rules(SHARE);
    StringBuilder out = new StringBuilder();
    out.append("  <renderer-v2 type=\"RuleRenderer\" symbollevels=\"0\" forceraster=\"0\">\n");
    out.append("    <rules key=\"{lacking}\">\n");
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      out.append(
          "      <rule key=\"{class-%d}\" symbol=\"%d\" label=\"%s\" filter=\"%s\"/>\n"
              .formatted(i, i, Html.escaped(rule.label()), Html.escaped(rule.filter())));
    }
    out.append("    </rules>\n    <symbols>\n");
    for (int i = 0; i < rules.size(); i++) {
      out.append(symbol(i, rules.get(i), border));
    }
    out.append("    </symbols>\n  </renderer-v2>\n  <layerGeometryType>2</layerGeometryType>\n");
    return qml(out.toString());
  }

  /** Of a layer of vector tiles. */
  static String tiles() {
    StringBuilder out = new StringBuilder("  <renderer type=\"basic\">\n    <styles>\n");
    for (Rule rule : rules(TILE_SHARE)) {
      out.append(
          "      <style enabled=\"1\" name=\"%s\" layer=\"places\" geometry=\"2\" min-zoom=\"-1\" max-zoom=\"-1\" expression=\"%s\">\n"
              .formatted(Html.escaped(rule.label()), Html.escaped(rule.filter())));
      out.append("    <symbols>\n").append(symbol(0, rule, NO_BORDER)).append("    </symbols>\n");
      out.append("      </style>\n");
    }
    return qml(out.append("    </styles>\n  </renderer>\n").toString());
  }

  static String qml(String inside) {
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22.0\">\n"
        + inside
        + "</qgis>\n";
  }

  private static List<Rule> rules(String share) {
    List<Rule> rules = new ArrayList<>();
    rules.add(new Rule("(" + share + ") IS NULL", NOT_KNOWN, Part.UNKNOWN.colour(), HATCHED));
    rules.add(new Rule("(" + share + ") = 0", "0 %", Classes.ZERO, FILLED));
    int last = Classes.WORSE.size() - 1;
    for (int i = 0; i <= last; i++) {
      String above = i == 0 ? " > 0" : " >= " + Classes.from(i);
      String filter = "(" + share + ")" + above;
      if (i < last) {
        filter += " AND (" + share + ") < " + Classes.from(i + 1);
      }
      rules.add(new Rule(filter, Classes.words().get(i), Classes.WORSE.get(i), FILLED));
    }
    return rules;
  }

  /** Newer versions of QGIS read the options, older ones the properties. */
  private static String symbol(int name, Rule rule, String border) {
    List<List<String>> values =
        List.of(
            List.of("color", rgba(rule.colour())),
            List.of("outline_color", "90,90,90,255"),
            List.of("outline_style", border),
            List.of("outline_width", "0.1"),
            List.of("outline_width_unit", "MM"),
            List.of("style", rule.fill()));
    StringBuilder out = new StringBuilder();
    out.append(
        "      <symbol name=\"%d\" type=\"fill\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">\n"
            .formatted(name));
    out.append("        <layer class=\"SimpleFill\" enabled=\"1\" locked=\"0\" pass=\"0\">\n");
    out.append("          <Option type=\"Map\">\n");
    for (List<String> value : values) {
      out.append(
          "            <Option type=\"QString\" name=\"%s\" value=\"%s\"/>\n"
              .formatted(value.get(0), value.get(1)));
    }
    out.append("          </Option>\n");
    for (List<String> value : values) {
      out.append("          <prop k=\"%s\" v=\"%s\"/>\n".formatted(value.get(0), value.get(1)));
    }
    return out.append("        </layer>\n      </symbol>\n").toString();
  }

  private static String rgba(String colour) {
    return String.format(
        Locale.ROOT,
        "%d,%d,%d,255",
        Integer.parseInt(colour, 1, 3, 16),
        Integer.parseInt(colour, 3, 5, 16),
        Integer.parseInt(colour, 5, 7, 16));
  }
}
