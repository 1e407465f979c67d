package org.inclusionmaps.job;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.inclusionmaps.config.OutputSettings;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.config.SettingsLoader;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.publish.Authority;
import org.inclusionmaps.publish.Releases;
import org.inclusionmaps.security.Lease;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Options of the commands about the releases of an output folder. */
final class ReleasesOptions {
  @ArgGroup(multiplicity = "1")
  private Where where = new Where();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "one setting, as output.path=out; wins over the files")
  private List<String> sets = new ArrayList<>();

  @Option(names = "--json", description = "print JSON")
  private boolean json;

  /** One of the two. */
  static final class Where {
    @Option(
        names = "--output",
        paramLabel = "PATH",
        description = "the output folder (output.path)")
    private @Nullable String output;

    @Option(
        names = "--config",
        split = ",",
        paramLabel = "FILE",
        description = "settings of the country, YAML, which name the output folder")
    private List<Path> config = new ArrayList<>();
  }

  boolean json() {
    return json;
  }

  Releases releases() {
    return Releases.in(output(), Sessions.hadoop());
  }

  private String output() {
    String output = where.output;
    return output == null ? settings().output().path() : output;
  }

  private Settings settings() {
    return SettingsLoader.load(where.config, System.getenv(), sets);
  }

  /** Work that needs the lease. */
  interface Work {
    void with(Releases releases, Authority authority);
  }

  /** Does work that moves {@code CURRENT}, with the lease. */
  void holding(String holder, Work work) {
    Configuration hadoop = Sessions.hadoop();
    String output = output();
    int seconds =
        where.output == null
            ? settings().output().leaseSeconds()
            : OutputSettings.USUAL_LEASE_SECONDS;
    if (releases().list().isEmpty()) {
      throw new InclusionException(
          ErrorCode.INPUT_MISSING,
          "%s has no releases; name the folder that output.path of the settings names"
              .formatted(output));
    }
    Lease lease = Lease.take(output, holder, seconds, hadoop);
    try {
      work.with(releases(), new Unsigned(lease));
    } finally {
      lease.close();
    }
  }

  /** Moving {@code CURRENT} writes no manifest, so there is nothing to sign. */
  private record Unsigned(Lease lease) implements Authority {
    @Override
    public void confirm() {
      lease.confirm();
    }

    @Override
    public java.util.Optional<byte[]> signature(byte[] manifest) {
      return java.util.Optional.empty();
    }
  }
}
