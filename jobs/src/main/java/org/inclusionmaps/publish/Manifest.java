package org.inclusionmaps.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inclusionmaps.contract.SchemaVersion;
import org.inclusionmaps.contract.Table;
import org.jspecify.annotations.Nullable;

/** The account of a release: every file with bytes, sha256 and rows, and what it rests on. */
final class Manifest {
  static final String NAME = "manifest.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Manifest() {}

  /**
   * Writes the manifest, the last file of a release.
   *
   * @param sha256 of files that were hashed before
   */
  static void write(
      ReleaseContext context,
      Map<String, Long> rows,
      List<String> checks,
      Map<String, String> sha256,
      ReleaseFiles files) {
    try {
      List<Object> entries = new ArrayList<>();
      for (Map.Entry<String, Long> file : files.list().entrySet()) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("file", file.getKey());
        entry.put("bytes", file.getValue());
        String known = sha256.get(file.getKey());
        entry.put("sha256", known == null ? files.sha256(file.getKey()) : known);
        Long count = rows.get(file.getKey());
        if (count != null) {
          entry.put("rows", count);
        }
        entries.add(entry);
      }
      Map<String, @Nullable Object> manifest = new LinkedHashMap<>();
      manifest.put("release", context.runId());
      manifest.put("country", context.settings().country().name());
      manifest.put("reference_date", context.settings().release().referenceDate());
      List<EarlierRelease> earlier = context.earlier();
      manifest.put("compared_with", earlier.isEmpty() ? null : earlier.get(0).id());
      manifest.put("earlier", earlier.stream().map(EarlierRelease::told).toList());
      manifest.put("code", context.code());
      manifest.put("schema_version", SchemaVersion.CURRENT);
      manifest.put("inputs", context.inputs());
      manifest.put("missing", context.missing().stream().map(Table::name).toList());
      manifest.put("settings", ReleaseContext.portable(context.described()));
      manifest.put("checks_passed", checks);
      manifest.put("files", entries);
      files.write(NAME, ReadableJson.text(manifest));
    } catch (IOException e) {
      throw files.unwritable(NAME, e);
    }
  }

  /** Whether a release is there whole: a manifest, and every file as it says. */
  static boolean verifies(ReleaseFiles files) {
    try {
      if (!files.system().exists(files.path(NAME))) {
        return false;
      }
      JsonNode manifest;
      try (InputStream in = files.system().open(files.path(NAME))) {
        manifest = JSON.readTree(in);
      }
      Map<String, Long> found = files.list();
      Iterator<JsonNode> entries = manifest.path("files").elements();
      while (entries.hasNext()) {
        JsonNode entry = entries.next();
        String name = entry.path("file").asText();
        Long bytes = found.remove(name);
        if (bytes == null
            || bytes != entry.path("bytes").asLong()
            || !files.sha256(name).equals(entry.path("sha256").asText())) {
          return false;
        }
      }
      return found.isEmpty();
    } catch (IOException e) {
      return false;
    }
  }
}
