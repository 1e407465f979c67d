package org.inclusionmaps.security;

import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.crypto.ParquetCryptoRuntimeException;
import org.apache.parquet.crypto.keytools.KeyToolkit;
import org.apache.parquet.crypto.keytools.KmsClient;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;

/**
 * Wraps the keys of Parquet files under master keys of a Hadoop credential provider, by AES-GCM
 * with the master key's name as additional data. Each process reads the provider itself: master
 * keys never travel. Parquet makes it by name.
 */
public final class CredentialKms implements KmsClient {
  private Configuration hadoop = new Configuration(/* loadDefaults= */ false);
  private String provider = "";

  /** For Parquet. */
  public CredentialKms() {}

  @Override
  public void initialize(Configuration conf, String instance, String url, String token) {
    hadoop = conf;
    provider = conf.get(PersonFiles.PROVIDER, "");
  }

  @Override
  public String wrapKey(byte[] key, String master) {
    return KeyToolkit.encryptKeyLocally(key, Keys.read(hadoop, provider, master), bytes(master));
  }

  @Override
  public byte[] unwrapKey(String wrapped, String master) {
    byte[] key =
        Keys.find(hadoop, provider, master)
            .orElseThrow(
                () ->
                    new InclusionException(
                        ErrorCode.INPUT_MISSING,
                        "a file is encrypted under the key %s, which %s does not have; ask for it who wrote the file, and put it there under that name"
                            .formatted(master, provider)));
    try {
      return KeyToolkit.decryptKeyLocally(wrapped, key, bytes(master));
    } catch (ParquetCryptoRuntimeException e) {
      throw new InclusionException(
          ErrorCode.CONTRACT_BROKEN,
          "a file is encrypted under another key than the one that %s has as %s, or was changed; ask who wrote it"
              .formatted(provider, master),
          e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
