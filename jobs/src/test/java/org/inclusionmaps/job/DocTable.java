package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A table of figures in a document, between two marks, that a test writes and checks. */
public final class DocTable {
  private DocTable() {}

  /**
   * Fails unless the document shows the table; with {@code -Dwrite.docs=true} writes it.
   *
   * @param mark what stands in the document before the table, as {@code <!-- mark -->}; {@code <!--
   *     end of mark -->} stands after it
   */
  public static void same(Path document, String mark, String table) throws IOException {
    String begin = "<!-- " + mark + " -->\n";
    String end = "<!-- end of " + mark + " -->";
    String text = Files.readString(document);
    int from = text.indexOf(begin);
    int to = text.indexOf(end);
    assertThat(from).as("%s in %s", begin, document).isNotNegative().isLessThan(to);
    from += begin.length();
    if (Boolean.getBoolean("write.docs")) {
      Files.writeString(document, text.substring(0, from) + table + text.substring(to));
    } else {
      assertThat(text.substring(from, to)).as("the table of %s", document).isEqualTo(table);
    }
  }
}
