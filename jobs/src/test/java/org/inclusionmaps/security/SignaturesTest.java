package org.inclusionmaps.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.alias.CredentialProvider;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Expected values: RFC 8032, section 7.1, tests 1 and 2. */
class SignaturesTest {
  private static final String SEED_1 =
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
  private static final String PUBLIC_1 =
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
  private static final String SIGNATURE_1 =
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";
  private static final String SEED_2 =
      "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
  private static final String SIGNATURE_2 =
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

  private final Configuration hadoop = new Configuration();
  @TempDir Path folder;

  private String provider() {
    return "jceks://file" + folder.resolve("keys.jceks");
  }

  private void key(String alias, String seed) throws Exception {
    Configuration own = new Configuration(hadoop);
    own.set(CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH, provider());
    CredentialProvider keys = CredentialProviderFactory.getProviders(own).get(0);
    keys.createCredentialEntry(alias, seed.toCharArray());
    keys.flush();
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  @Test
  void signaturesAreThoseOfTheStandard() throws Exception {
    key("one", SEED_1);
    key("two", SEED_2);
    assertThat(Signatures.sign(hadoop, provider(), "one", new byte[0]))
        .isEqualTo(bytes(SIGNATURE_1));
    assertThat(Signatures.sign(hadoop, provider(), "two", bytes("72")))
        .isEqualTo(bytes(SIGNATURE_2));
    String pem = Signatures.publicKey(hadoop, provider(), "one");
    byte[] encoded = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    assertThat(HexFormat.of().formatHex(encoded)).endsWith(PUBLIC_1).hasSize(88);
  }

  @Test
  void aSignatureIsOfOneKeyAndOneText() throws Exception {
    key("one", SEED_1);
    key("two", SEED_2);
    byte[] text = "manifest".getBytes(StandardCharsets.UTF_8);
    String signature =
        Base64.getEncoder().encodeToString(Signatures.sign(hadoop, provider(), "one", text));
    String pem = Signatures.publicKey(hadoop, provider(), "one");
    assertThat(Signatures.verifies(pem, text, signature)).isTrue();
    assertThat(Signatures.verifies(pem, bytes("00"), signature)).isFalse();
    assertThat(Signatures.verifies(pem, text, "no base64")).isFalse();
    assertThat(
            Signatures.verifies(Signatures.publicKey(hadoop, provider(), "two"), text, signature))
        .isFalse();
    assertThatThrownBy(() -> Signatures.verifies("no key", text, signature))
        .hasMessageContaining("no public key of Ed25519 in PEM");
  }
}
