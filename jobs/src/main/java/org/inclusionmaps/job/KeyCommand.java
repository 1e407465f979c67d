package org.inclusionmaps.job;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.inclusionmaps.security.Keys;
import org.inclusionmaps.security.Signatures;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes keys in a credential provider. */
@Command(
    name = "key",
    description =
        "Makes random keys of 32 bytes in a Hadoop credential provider. A key that is there is kept.",
    mixinStandardHelpOptions = true)
final class KeyCommand implements Callable<Integer> {
  static final String FOOTER = "inclusion-footer";
  static final String IDENTITY = "inclusion-identity";
  static final String DEMOGRAPHY = "inclusion-demography";

  /** The keys that conf/inclusion.yaml names. */
  static final List<String> USUAL = List.of("inclusion-noise", FOOTER, IDENTITY, DEMOGRAPHY);

  @Option(
      names = "--provider",
      required = true,
      description =
          "address of the provider, as jceks://file/etc/inclusion/keys.jceks; its password is in HADOOP_CREDSTORE_PASSWORD")
  private String provider = "";

  @Option(
      names = "--alias",
      split = ",",
      description =
          "names of keys to make; without it those of the settings that are not there yet: of noise, footers, identities and demography")
  private List<String> aliases = new ArrayList<>();

  @Option(
      names = "--signing",
      paramLabel = "ALIAS",
      description =
          "make this key for signatures of releases (release.signing_key), if it is not there, and print its public key")
  private @Nullable String signing;

  @Spec private CommandSpec spec;

  /** Picocli makes the command and fills in its fields. */
  @SuppressWarnings("NullAway.Init")
  KeyCommand() {}

  @Override
  public Integer call() {
    Configuration hadoop = Sessions.hadoop();
    PrintWriter out = spec.commandLine().getOut();
    if (signing != null) {
      if (Keys.find(hadoop, provider, signing).isEmpty()) {
        Keys.make(hadoop, provider, signing);
      }
      out.print(Signatures.publicKey(hadoop, provider, signing));
      out.flush();
      return 0;
    }
    for (String alias : aliases.isEmpty() ? USUAL : aliases) {
      if (aliases.isEmpty() && Keys.find(hadoop, provider, alias).isPresent()) {
        out.println("key " + alias + " kept in " + provider);
      } else {
        Keys.make(hadoop, provider, alias);
        out.println("key " + alias + " made in " + provider);
      }
    }
    out.flush();
    return 0;
  }
}
