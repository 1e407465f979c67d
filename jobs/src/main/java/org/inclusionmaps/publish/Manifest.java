package org.inclusionmaps.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.inclusionmaps.contract.SchemaVersion;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.publish.writing.EarlierRelease;
import org.inclusionmaps.publish.writing.ReadableJson;
import org.inclusionmaps.publish.writing.ReleaseContext;
import org.inclusionmaps.publish.writing.ReleaseFiles;
import org.inclusionmaps.store.SmallFiles;
import org.jspecify.annotations.Nullable;

/** The account of a release: every file with bytes, sha256 and rows, and what it rests on. */
final class Manifest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Manifest() {}

  /**
   * What was found where a release may be.
   *
   * @param text its manifest; null if there is none: then it is no release, or half of one
   * @param json the same, read
   * @param faults what differs from it, one sentence each; nothing if the release is whole
   */
  record Found(@Nullable String text, JsonNode json, List<String> faults) {
    boolean isThere() {
      return text != null;
    }

    boolean isWhole() {
      return isThere() && faults.isEmpty();
    }
  }

  /**
   * Writes the manifest, the last file of a release; its signature before it.
   *
   * @param sha256 of files that were hashed before
   */
  static void write(
      ReleaseContext context,
      Map<String, Long> rows,
      List<String> checks,
      Map<String, String> sha256,
      Authority authority,
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
      manifest.put("inputs", context.sources().inputs());
      manifest.put("missing", context.sources().missing().stream().map(Table::name).toList());
      manifest.put("settings", ReleaseContext.portable(context.described()));
      manifest.put("checks_passed", checks);
      manifest.put("files", entries);
      String text = ReadableJson.text(manifest);
      sign(text, authority, files);
      files.write(ReleaseFiles.MANIFEST, text);
    } catch (IOException e) {
      throw files.unwritable(ReleaseFiles.MANIFEST, e);
    }
  }

  /** Signs a manifest, unless it has a signature. */
  static void sign(String manifest, Authority authority, ReleaseFiles files) throws IOException {
    Optional<byte[]> signature = authority.signature(manifest.getBytes(StandardCharsets.UTF_8));
    if (signature.isPresent() && !files.system().exists(files.path(ReleaseFiles.SIGNATURE))) {
      String text = Base64.getEncoder().encodeToString(signature.get()) + "\n";
      SmallFiles.create(
          files.system(),
          files.path(ReleaseFiles.SIGNATURE),
          text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /**
   * Reads a release back: its manifest, and every file that it names, to the last byte.
   *
   * @throws IOException if a file cannot be read that is there; that is no fault of the release
   * @throws InclusionException {@code CONTRACT_BROKEN} if the manifest is of an unknown version
   */
  static Found check(ReleaseFiles files) throws IOException {
    Optional<byte[]> bytes = SmallFiles.read(files.system(), files.path(ReleaseFiles.MANIFEST));
    if (bytes.isEmpty()) {
      return new Found(null, JSON.createObjectNode(), List.of());
    }
    String text = new String(bytes.get(), StandardCharsets.UTF_8);
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return new Found(
          text, JSON.createObjectNode(), List.of(ReleaseFiles.MANIFEST + " is not JSON"));
    }
    if (!knows(json)) {
      SchemaVersion.check(files.path(ReleaseFiles.MANIFEST).toString(), version(json));
    }
    return new Found(text, json, faults(json, files));
  }

  /**
   * Whether this software reads manifests of such a version; one that tells none is of the first.
   */
  static boolean knows(JsonNode manifest) {
    String told = version(manifest);
    return told.isEmpty() || SchemaVersion.reads(told);
  }

  private static String version(JsonNode manifest) {
    return manifest.path(SchemaVersion.KEY).asText("");
  }

  private static List<String> faults(JsonNode manifest, ReleaseFiles files) throws IOException {
    List<String> faults = new ArrayList<>();
    Map<String, Long> found = files.list();
    if (!manifest.path("files").isArray()) {
      faults.add(ReleaseFiles.MANIFEST + " names no files");
    }
    for (JsonNode entry : manifest.path("files")) {
      String name = entry.path("file").asText();
      Long bytes = found.remove(name);
      if (bytes == null) {
        faults.add(name + " is missing");
      } else if (bytes != entry.path("bytes").asLong()) {
        faults.add(
            String.format(
                Locale.ROOT,
                "%s has %,d bytes and not %,d",
                name,
                bytes,
                entry.path("bytes").asLong()));
      } else if (!files.sha256(name).equals(entry.path("sha256").asText())) {
        faults.add(name + " has other bytes");
      }
    }
    found.keySet().forEach(name -> faults.add(name + " is not in the manifest"));
    return faults;
  }
}
