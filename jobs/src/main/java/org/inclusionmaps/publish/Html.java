package org.inclusionmaps.publish;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Pieces of a page. */
final class Html {
  private Html() {}

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A table from escaped cells; the first column is text, the others are figures. */
  static String table(List<String> header, List<List<String>> rows) {
    StringBuilder out = new StringBuilder("<table>\n<thead><tr>");
    header.forEach(h -> out.append("<th scope=\"col\">").append(h).append("</th>"));
    out.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      out.append("<tr><th scope=\"row\">").append(row.get(0)).append("</th>");
      row.subList(1, row.size()).forEach(c -> out.append("<td>").append(c).append("</td>"));
      out.append("</tr>\n");
    }
    return out.append("</tbody>\n</table>\n").toString();
  }

  static String list(List<String> items) {
    StringBuilder out = new StringBuilder("<ul>\n");
    items.forEach(item -> out.append("<li>").append(escaped(item)).append("</li>\n"));
    return out.append("</ul>\n").toString();
  }

  /** The bytes of a file beside the classes of this room. */
  static byte[] resource(String name) {
    try (InputStream in = Html.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(name, e);
    }
  }

  static String textResource(String name) {
    return new String(resource(name), StandardCharsets.UTF_8);
  }
}
