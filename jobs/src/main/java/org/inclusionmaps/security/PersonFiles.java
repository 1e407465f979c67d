package org.inclusionmaps.security;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.crypto.keytools.KeyToolkit;
import org.apache.parquet.crypto.keytools.KmsClient;
import org.apache.parquet.crypto.keytools.PropertiesDrivenCryptoFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.config.PersonDataSettings;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.store.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Encrypted Parquet files of rows of persons: AES-GCM with keys of 256 bits, one for the footer,
 * one for the columns that name persons and one for the others. What is set here are names of keys,
 * never keys. Source: Apache Parquet, Parquet Modular Encryption.
 */
public final class PersonFiles {
  /** Hadoop's setting by which {@link CredentialKms} finds the credential provider. */
  static final String PROVIDER = "inclusion.keys.provider";

  private static final String FACTORY = "parquet.crypto.factory.class";
  private static final String BITS = "256";

  private final String provider;
  private final PersonDataSettings settings;

  /**
   * Files whose keys are in a provider.
   *
   * @param provider address of the credential provider, as jceks://file/etc/inclusion/keys.jceks
   */
  public PersonFiles(String provider, PersonDataSettings settings) {
    this.provider = provider;
    this.settings = settings;
  }

  /** Lets encrypted files be read by all that uses this configuration; others read as before. */
  public void readBy(Configuration hadoop) {
    common().forEach(hadoop::set);
  }

  /** Refuses to begin without the keys to write with. Of another KMS only the first file tells. */
  public void check(Configuration hadoop) {
    String kms = settings.kmsClient();
    if (kms == null) {
      for (String key :
          List.of(settings.footerKey(), settings.identityKey(), settings.demographyKey())) {
        Keys.read(hadoop, provider, key);
      }
    } else if (!KmsClient.class.isAssignableFrom(found(hadoop, kms))) {
      throw notOne(kms, null);
    }
  }

  private static Class<?> found(Configuration hadoop, String kms) {
    try {
      return hadoop.getClassByName(kms);
    } catch (ClassNotFoundException e) {
      throw notOne(kms, e);
    }
  }

  private static InclusionException notOne(String kms, @Nullable Throwable cause) {
    return new InclusionException(
        ErrorCode.SETTINGS_WRONG,
        "person_data.kms_client is %s, which is no KmsClient that Spark finds; give its jar by --jars, or null for the credential provider"
            .formatted(kms),
        cause);
  }

  /**
   * Options of a writer of Spark: every column is encrypted.
   *
   * @param schema of what is written
   * @param identity those of its columns that name persons
   */
  public Map<String, String> writing(StructType schema, Collection<String> identity) {
    List<String> names = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (StructField field : schema.fields()) {
      if (identity.contains(field.name())) {
        names.add(field.name());
      } else if (!nested(field)) {
        others.add(field.name()); // what is nested is encrypted under the footer's key
      }
    }
    List<String> keys = new ArrayList<>();
    add(keys, settings.identityKey(), names);
    add(keys, settings.demographyKey(), others);
    Map<String, String> options = new TreeMap<>(common());
    options.put(PropertiesDrivenCryptoFactory.COLUMN_KEYS_PROPERTY_NAME, String.join(";", keys));
    options.put(PropertiesDrivenCryptoFactory.FOOTER_KEY_PROPERTY_NAME, settings.footerKey());
    options.put(PropertiesDrivenCryptoFactory.COMPLETE_COLUMN_ENCRYPTION_PROPERTY_NAME, "true");
    options.put(PropertiesDrivenCryptoFactory.ENCRYPTION_ALGORITHM_PROPERTY_NAME, "AES_GCM_V1");
    options.put(KeyToolkit.DATA_KEY_LENGTH_PROPERTY_NAME, BITS);
    options.put(KeyToolkit.KEK_LENGTH_PROPERTY_NAME, BITS);
    return options;
  }

  private static boolean nested(StructField field) {
    return field.dataType() instanceof StructType
        || field.dataType() instanceof ArrayType
        || field.dataType() instanceof MapType;
  }

  private static void add(List<String> keys, String key, List<String> columns) {
    if (!columns.isEmpty()) {
      keys.add(key + ":" + String.join(",", columns));
    }
  }

  private Map<String, String> common() {
    String kms = settings.kmsClient();
    String client = kms == null ? CredentialKms.class.getName() : kms;
    return Map.of(
        FACTORY,
        PropertiesDrivenCryptoFactory.class.getName(),
        KeyToolkit.KMS_CLIENT_CLASS_PROPERTY_NAME,
        client,
        PROVIDER,
        provider,
        // Parquet keeps clients and keys in memory by this name: one for each provider.
        KeyToolkit.KEY_ACCESS_TOKEN_PROPERTY_NAME,
        Sha256.of(client + " " + provider).substring(0, 16));
  }
}
