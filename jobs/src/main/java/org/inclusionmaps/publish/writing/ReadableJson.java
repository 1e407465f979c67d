package org.inclusionmaps.publish.writing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;

/** JSON that people read too: one value a line, and lines that end alike on every system. */
public final class ReadableJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ReadableJson() {}

  /**
   * The text of a value, with a line end after it.
   *
   * @param value maps in an order of their own, lists, texts, numbers, truth values
   */
  public static String text(Object value) {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter pretty =
        new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
    try {
      return JSON.writer(pretty).writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a JSON value", e);
    }
  }
}
