package org.inclusionmaps.publish.writing;

import java.util.List;

/** Pieces of a page. */
public final class Html {
  private static final String FIRST_STRONG_ISOLATE = "\u2068";
  private static final String POP_ISOLATE = "\u2069";
  private static final int MOST_SIGNS = 32;

  private Html() {}

  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /**
   * A name that the country gave, for plain text: isolated, so that its direction of writing does
   * not turn what stands around it, and without signs that nobody sees.
   */
  public static String isolated(String name) {
    return name.isEmpty() ? "" : FIRST_STRONG_ISOLATE + escaped(seen(name)) + POP_ISOLATE;
  }

  /** The same for text of a page. */
  public static String name(String name) {
    return name.isEmpty() ? "" : "<bdi>" + escaped(seen(name)) + "</bdi>";
  }

  /** The same, no longer than fits a chart. */
  public static String shortName(String name) {
    String seen = seen(name);
    return seen.codePointCount(0, seen.length()) <= MOST_SIGNS
        ? isolated(seen)
        : isolated(seen.substring(0, seen.offsetByCodePoints(0, MOST_SIGNS - 1)) + "…");
  }

  /** Without control characters, and without signs that embed, override or isolate a direction. */
  private static String seen(String name) {
    StringBuilder out = new StringBuilder();
    name.codePoints()
        .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE)
        .filter(c -> !(c >= 0x202a && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069))
        .filter(c -> c != 0xfffe && c != 0xffff)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  /** A table from escaped cells; the first column is text, the others are figures. */
  public static String table(List<String> header, List<List<String>> rows) {
    StringBuilder out = new StringBuilder("<div class=\"wide\"><table>\n<thead><tr>");
    header.forEach(h -> out.append("<th scope=\"col\">").append(h).append("</th>"));
    out.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      out.append("<tr><th scope=\"row\">").append(row.get(0)).append("</th>");
      row.subList(1, row.size()).forEach(c -> out.append("<td>").append(c).append("</td>"));
      out.append("</tr>\n");
    }
    return out.append("</tbody>\n</table></div>\n").toString();
  }

  public static String list(List<String> items) {
    StringBuilder out = new StringBuilder("<ul>\n");
    items.forEach(item -> out.append("<li>").append(escaped(item)).append("</li>\n"));
    return out.append("</ul>\n").toString();
  }
}
