package org.inclusionmaps.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OperationsSettingsTest {
  @Test
  void onlyAddressesOfTheWebAreTakenAndARefusalDoesNotShowThem() {
    for (String address :
        new String[] {"file:///tmp/secret", "ftp://a/secret", "secret", "http:"}) {
      assertThatThrownBy(() -> new OperationsSettings(address, null, "n"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("webhook is no address of http or https")
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void anAddressIsShownAsItsServerAlone() {
    assertThat(OperationsSettings.shown("https://me:pass@hooks.example.org:8443/T0/secret?key=1"))
        .isEqualTo("https://hooks.example.org:8443/...");
    assertThat(OperationsSettings.shown(null)).isNull();
  }

  @Test
  void reportsTellSettingsWithoutTheSecretsOfAddresses() {
    OperationsSettings settings =
        new OperationsSettings("https://a.org/secret", "https://me:pass@b.org/lineage", "n");
    assertThat(settings.told().toString()).doesNotContain("secret", "pass", "me:");
  }
}
