package org.inclusionmaps.security;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.alias.CredentialProvider;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;

/**
 * Keys in a Hadoop credential provider: 32 bytes each, as 64 hexadecimal digits. They are read
 * where they are needed and never travel in settings, closures or messages.
 */
public final class Keys {
  private static final int BYTES = 32;

  private Keys() {}

  /**
   * A key.
   *
   * @param provider address of the provider, as jceks://file/etc/inclusion/keys.jceks
   * @param alias the key's name there
   * @throws InclusionException if the provider cannot be read, or has no such key of 32 bytes
   */
  public static byte[] read(Configuration hadoop, String provider, String alias) {
    return find(hadoop, provider, alias)
        .orElseThrow(
            () ->
                new InclusionException(
                    ErrorCode.INPUT_MISSING,
                    "%s has no key %s; make one by `inclusion key --provider %s --alias %s`"
                        .formatted(provider, alias, provider, alias)));
  }

  /** A key, if the provider has it. */
  public static Optional<byte[]> find(Configuration hadoop, String provider, String alias) {
    char[] digits = null;
    try {
      CredentialProvider.CredentialEntry entry = open(hadoop, provider).getCredentialEntry(alias);
      if (entry == null) {
        return Optional.empty();
      }
      digits = entry.getCredential();
      byte[] key = HexFormat.of().parseHex(java.nio.CharBuffer.wrap(digits));
      if (key.length == BYTES) {
        return Optional.of(key);
      }
    } catch (IllegalArgumentException e) {
      // Not hexadecimal: the message would show it.
    } catch (IOException e) {
      throw unreadable(provider, e);
    } finally {
      if (digits != null) {
        Arrays.fill(digits, '0');
      }
    }
    throw new InclusionException(
        ErrorCode.SETTINGS_WRONG,
        "the key %s of %s is not 64 hexadecimal digits; make one by `inclusion key`"
            .formatted(alias, provider));
  }

  /**
   * Makes a random key. A key that is there is not replaced: what rests on it could not be made
   * again.
   */
  public static void make(Configuration hadoop, String provider, String alias) {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    try {
      CredentialProvider keys = open(hadoop, provider);
      if (keys.getCredentialEntry(alias) != null) {
        throw new InclusionException(
            ErrorCode.SETTINGS_WRONG,
            "%s has a key %s already; it is kept. Name another alias".formatted(provider, alias));
      }
      keys.createCredentialEntry(alias, HexFormat.of().formatHex(key).toCharArray());
      keys.flush();
    } catch (IOException e) {
      throw unreadable(provider, e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static CredentialProvider open(Configuration hadoop, String provider) throws IOException {
    Configuration own = new Configuration(hadoop);
    own.set(CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH, provider);
    return CredentialProviderFactory.getProviders(own).stream()
        .findFirst()
        .orElseThrow(() -> new IOException("no credential provider has this address"));
  }

  private static InclusionException unreadable(String provider, IOException e) {
    return new InclusionException(
        ErrorCode.INPUT_MISSING,
        "the credential provider %s cannot be used: %s; correct privacy.key_provider, or its password (HADOOP_CREDSTORE_PASSWORD)"
            .formatted(provider, e.getMessage()),
        e);
  }
}
