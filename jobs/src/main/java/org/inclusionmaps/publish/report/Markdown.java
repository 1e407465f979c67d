package org.inclusionmaps.publish.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.inclusionmaps.publish.writing.Numbers;
import org.jspecify.annotations.Nullable;

/** Pieces of a Markdown file. */
final class Markdown {
  private Markdown() {}

  /** Text within a line or a cell of a table, with nothing that Markdown or HTML would take up. */
  static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c == '<') {
                out.append("&lt;");
              } else if (c == '&') {
                out.append("&amp;");
              } else if (Character.isISOControl(c)) {
                out.append(' ');
              } else {
                out.append("\\`*_[]|".indexOf(c) >= 0 ? "\\" : "").appendCodePoint(c);
              }
            });
    return out.toString();
  }

  /** A table of cells that are escaped already. */
  static List<String> table(List<String> header, List<List<String>> rows) {
    List<String> lines = new ArrayList<>();
    lines.add("| " + String.join(" | ", header) + " |");
    lines.add("|" + "---|".repeat(header.size()));
    rows.forEach(row -> lines.add("| " + String.join(" | ", row) + " |"));
    return lines;
  }

  /**
   * Settings as rows of name and value, escaped: what is within others has their names before its
   * own, and of several things in a list each has its number, from 1. Empty lists and maps have no
   * row.
   */
  static List<List<String>> settings(Map<?, ?> settings) {
    List<List<String>> rows = new ArrayList<>();
    settings("", settings, rows);
    return rows;
  }

  private static void settings(String name, @Nullable Object value, List<List<String>> rows) {
    if (value instanceof Map<?, ?> map) {
      TreeMap<String, @Nullable Object> ordered = new TreeMap<>();
      map.forEach((key, inner) -> ordered.put(String.valueOf(key), inner));
      ordered.forEach(
          (key, inner) -> settings(name.isEmpty() ? key : name + "." + key, inner, rows));
    } else if (value instanceof Collection<?> list && list.stream().anyMatch(Markdown::holds)) {
      int number = 0;
      for (Object item : list) {
        number++;
        settings(list.size() == 1 ? name : name + " " + number, item, rows);
      }
    } else if (!(value instanceof Collection<?> list && list.isEmpty())) {
      rows.add(List.of(escaped(name), escaped(scalar(value))));
    }
  }

  private static boolean holds(@Nullable Object item) {
    return item instanceof Map<?, ?> || item instanceof Collection<?>;
  }

  private static String scalar(@Nullable Object value) {
    if (value instanceof Collection<?> list) {
      return String.join(", ", list.stream().map(Markdown::scalar).toList());
    }
    if (value instanceof Double number) {
      return Numbers.plain(number);
    }
    return value == null ? "not set" : value.toString();
  }
}
