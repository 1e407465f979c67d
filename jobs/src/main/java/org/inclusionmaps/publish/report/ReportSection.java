package org.inclusionmaps.publish.report;

/**
 * A part of the report.
 *
 * @param id its anchor in the page
 * @param lead what it says, in a sentence or two, as HTML; these make the summary at the start of
 *     the page. Empty: it is not in the summary
 * @param body the rest, as HTML; empty: the lead stands in its place
 */
record ReportSection(String id, String title, String lead, String body) {
  String html() {
    return "<section id=\"%s\">\n<h2>%s</h2>\n%s</section>\n"
        .formatted(id, title, body.isEmpty() ? "<p>" + lead + "</p>\n" : body);
  }

  static String figure(String drawing, String caption) {
    return drawing.isEmpty()
        ? ""
        : "<figure>\n%s<figcaption>%s</figcaption>\n</figure>\n".formatted(drawing, caption);
  }

  static String note(String text) {
    return "<p class=\"note\">" + text + "</p>\n";
  }
}
