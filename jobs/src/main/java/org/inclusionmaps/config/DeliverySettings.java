package org.inclusionmaps.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which of the files behind a feed's path count, and what their bytes must be.
 *
 * @param sha256 name of a file, or its path within the feed's folder, to the SHA-256 that it must
 *     have
 * @param sha256File list of such hashes as {@code sha256sum} writes it, within the feed's folder or
 *     beside its file; null: none
 * @param versions which dates of a folder with {@code date=} count
 * @param onBadVersion what happens if the newest version of a date cannot be read
 */
public record DeliverySettings(
    Map<String, String> sha256,
    @JsonProperty("sha256_file") @Nullable String sha256File,
    Versions versions,
    @JsonProperty("on_bad_version") OnBadVersion onBadVersion) {

  /** Nothing is stated: the newest version counts, whatever its bytes. */
  public static final DeliverySettings PLAIN = of(null, null, null, null);

  /** Which dates count. */
  public enum Versions {
    /** The newest date up to the reference date: the feed is the state of a day. */
    @JsonProperty("newest")
    NEWEST,
    /** All dates up to the reference date: each adds rows. */
    @JsonProperty("all")
    ALL
  }

  /** What happens if the newest version cannot be read. */
  public enum OnBadVersion {
    /** The run stops. */
    @JsonProperty("fail")
    FAIL,
    /** The version before it is taken, and the report says so. */
    @JsonProperty("previous")
    PREVIOUS
  }

  public DeliverySettings {
    sha256 = new TreeMap<>(sha256);
    sha256.forEach(
        (name, hash) ->
            Checks.that(
                hash.matches("[0-9a-fA-F]{64}"),
                "sha256.%s is %s but must be 64 hexadecimal digits".formatted(name, hash)));
    Checks.that(
        sha256File == null || !sha256File.isBlank(),
        "sha256_file is empty; name the file, as SHA256SUMS");
  }

  @JsonCreator
  static DeliverySettings of(
      @JsonProperty("sha256") @Nullable Map<String, String> sha256,
      @JsonProperty("sha256_file") @Nullable String sha256File,
      @JsonProperty("versions") @Nullable Versions versions,
      @JsonProperty("on_bad_version") @Nullable OnBadVersion onBadVersion) {
    return new DeliverySettings(
        sha256 == null ? Map.of() : sha256,
        sha256File,
        versions == null ? Versions.NEWEST : versions,
        onBadVersion == null ? OnBadVersion.FAIL : onBadVersion);
  }
}
