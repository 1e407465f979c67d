package org.inclusionmaps.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is told how a run went.
 *
 * @param webhook address that the outcome of each attempt is sent to; null: nobody is told
 * @param openlineageUrl address that lineage is sent to; null: it is only written beside the run
 * @param lineageNamespace the namespace of our jobs in lineage
 */
public record OperationsSettings(
    @Nullable String webhook,
    @JsonProperty("openlineage_url") @Nullable String openlineageUrl,
    @JsonProperty("lineage_namespace") String lineageNamespace) {
  public OperationsSettings {
    address("webhook", webhook);
    address("openlineage_url", openlineageUrl);
    Checks.text(Checks.given("lineage_namespace", lineageNamespace), "lineage_namespace");
  }

  /** The settings as reports tell them. */
  Map<String, @Nullable Object> told() {
    Map<String, @Nullable Object> told = new TreeMap<>();
    told.put("webhook", shown(webhook));
    told.put("openlineage_url", shown(openlineageUrl));
    told.put("lineage_namespace", lineageNamespace);
    return told;
  }

  /**
   * An address as logs and reports may show it: the server alone. A password may stand before it,
   * and chat programs hand out addresses whose path is the secret.
   */
  public static @Nullable String shown(@Nullable String address) {
    if (address == null) {
      return null;
    }
    URI uri = URI.create(address);
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port + "/...";
  }

  /** The message does not hold the address: a secret may be part of it. */
  private static void address(String key, @Nullable String address) {
    if (address == null) {
      return;
    }
    boolean good;
    try {
      URI uri = new URI(address);
      good =
          uri.getScheme() != null
              && List.of("http", "https").contains(uri.getScheme())
              && uri.getHost() != null;
    } catch (URISyntaxException e) {
      good = false;
    }
    Checks.that(
        good, key + " is no address of http or https, as https://example.org/hook; correct it");
  }
}
