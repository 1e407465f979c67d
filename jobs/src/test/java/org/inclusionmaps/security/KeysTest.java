package org.inclusionmaps.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.alias.CredentialProvider;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
  private final Configuration hadoop = new Configuration();
  @TempDir Path folder;

  private String provider() {
    return "jceks://file" + folder.resolve("keys.jceks");
  }

  @Test
  void givesTheSameRandomKeyEachTimeAndAnotherByAnotherName() throws Exception {
    Keys.make(hadoop, provider(), "noise");
    Keys.make(hadoop, provider(), "names");
    byte[] noise = Keys.read(hadoop, provider(), "noise");
    assertThat(noise).hasSize(32).isEqualTo(Keys.read(hadoop, provider(), "noise"));
    assertThat(Keys.read(hadoop, provider(), "names")).isNotEqualTo(noise);
    String hex = java.util.HexFormat.of().formatHex(noise);
    assertThat(
            Files.readString(
                folder.resolve("keys.jceks"), java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain(hex);
  }

  @Test
  void neverReplacesAKey() {
    Keys.make(hadoop, provider(), "noise");
    byte[] before = Keys.read(hadoop, provider(), "noise");
    assertThatThrownBy(() -> Keys.make(hadoop, provider(), "noise"))
        .hasMessageContaining("has a key noise already");
    assertThat(Keys.read(hadoop, provider(), "noise")).isEqualTo(before);
  }

  @Test
  void saysWhatIsMissingAndNeverWhatItRead() throws Exception {
    assertThatThrownBy(() -> Keys.read(hadoop, provider(), "noise"))
        .hasMessageContaining("has no key noise; make one by `inclusion key");
    assertThatThrownBy(() -> Keys.read(hadoop, "nonsense://x", "noise"))
        .hasMessageContaining("cannot be used");
    Configuration own = new Configuration(hadoop);
    own.set(CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH, provider());
    CredentialProvider keys = CredentialProviderFactory.getProviders(own).get(0);
    keys.createCredentialEntry("short", "abcd".toCharArray());
    keys.createCredentialEntry("words", "hunter2hunter2".toCharArray());
    keys.flush();
    for (String alias : new String[] {"short", "words"}) {
      assertThatThrownBy(() -> Keys.read(hadoop, provider(), alias))
          .hasMessageContaining("is not 64 hexadecimal digits")
          .hasMessageNotContainingAny("abcd", "hunter");
    }
  }
}
