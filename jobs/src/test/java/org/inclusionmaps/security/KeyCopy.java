package org.inclusionmaps.security;

import java.io.IOException;
import java.util.HexFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.alias.CredentialProvider;
import org.apache.hadoop.security.alias.CredentialProviderFactory;

/** Gives a role some keys of another, as who keeps the keys would. */
final class KeyCopy {
  private KeyCopy() {}

  static void copy(Configuration hadoop, String from, String to, String alias) throws IOException {
    Configuration own = new Configuration(hadoop);
    own.set(CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH, to);
    CredentialProvider keys = CredentialProviderFactory.getProviders(own).get(0);
    keys.createCredentialEntry(
        alias, HexFormat.of().formatHex(Keys.read(hadoop, from, alias)).toCharArray());
    keys.flush();
  }
}
