package org.inclusionmaps.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How rows of persons are kept. All may be left at the defaults of {@code conf/inclusion.yaml}.
 *
 * @param erasureList file of pseudonyms, one a line, whose rows are left out; null without one
 * @param retentionDays how long what we write of persons may lie, days from 0 on
 * @param accessLog folder of the log of who opened rows of persons; under the output unless told
 * @param kmsClient class of parquet-java's {@code KmsClient} that wraps keys of files; null for the
 *     credential provider
 * @param footerKey name of the master key of footers
 * @param identityKey name of the master key of columns that name persons
 * @param demographyKey name of the master key of the other columns
 */
public record PersonDataSettings(
    @JsonProperty("erasure_list") @Nullable String erasureList,
    @JsonProperty("retention_days") int retentionDays,
    @JsonProperty("access_log") @Nullable String accessLog,
    @JsonProperty("kms_client") @Nullable String kmsClient,
    @JsonProperty("footer_key") String footerKey,
    @JsonProperty("identity_key") String identityKey,
    @JsonProperty("demography_key") String demographyKey) {
  public PersonDataSettings {
    Checks.between("retention_days", retentionDays, 0, 36_500);
    keyName("footer_key", footerKey);
    keyName("identity_key", identityKey);
    keyName("demography_key", demographyKey);
  }

  /** The list of columns and keys that Parquet takes has colons, commas and semicolons. */
  private static void keyName(String key, String name) {
    Checks.text(Checks.given(key, name), key);
    Checks.that(
        name.matches("[a-z0-9][a-z0-9._-]*"),
        "%s is %s but must be of lower-case letters, digits, points, underscores and hyphens"
            .formatted(key, name));
  }
}
