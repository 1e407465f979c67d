package org.inclusionmaps.job;

import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.inclusionmaps.security.Keys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a key in a credential provider. */
@Command(
    name = "key",
    description =
        "Makes a random key of 32 bytes in a Hadoop credential provider. A key that is there is kept.",
    mixinStandardHelpOptions = true)
final class KeyCommand implements Callable<Integer> {
  @Option(
      names = "--provider",
      required = true,
      description =
          "address of the provider, as jceks://file/etc/inclusion/keys.jceks; its password is in HADOOP_CREDSTORE_PASSWORD")
  private String provider = "";

  @Option(names = "--alias", defaultValue = "inclusion-noise", description = "name of the key")
  private String alias = "";

  @Spec private CommandSpec spec;

  /** Picocli makes the command and fills in its fields. */
  @SuppressWarnings("NullAway.Init")
  KeyCommand() {}

  @Override
  public Integer call() {
    Keys.make(new Configuration(), provider, alias);
    spec.commandLine().getOut().println("key " + alias + " made in " + provider);
    return 0;
  }
}
