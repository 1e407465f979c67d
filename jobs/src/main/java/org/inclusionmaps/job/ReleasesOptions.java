package org.inclusionmaps.job;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.publish.Authority;
import org.inclusionmaps.publish.NothingPublished;
import org.inclusionmaps.publish.Releases;
import org.inclusionmaps.security.Lease;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the commands about the releases of an output folder. */
final class ReleasesOptions {
  @Mixin private OutputOption output = new OutputOption();

  @Option(names = "--json", description = "print JSON")
  private boolean json;

  boolean json() {
    return json;
  }

  String folder() {
    return output.path();
  }

  Releases releases() {
    return Releases.in(output.path(), Sessions.hadoop());
  }

  /** Work that needs the lease. */
  interface Work {
    void with(Releases releases, Authority authority);
  }

  /** Refuses what is no folder: a name that is mistyped has no releases either. */
  void checkThere() {
    Path folder = new Path(output.path());
    try {
      if (folder.getFileSystem(Sessions.hadoop()).getFileStatus(folder).isDirectory()) {
        return;
      }
    } catch (FileNotFoundException e) {
      throw NothingPublished.refusal(folder + " is not there");
    } catch (IOException e) {
      throw new InclusionException(
          ErrorCode.INPUT_MISSING, folder + " cannot be read: " + e.getMessage(), e);
    }
    throw NothingPublished.refusal(folder + " is a file, and no output folder");
  }

  /** Does work that moves {@code CURRENT}, with the lease. */
  void holding(String holder, Work work) {
    Configuration hadoop = Sessions.hadoop();
    checkThere();
    if (releases().list().isEmpty()) {
      throw NothingPublished.refusal(output.path() + " has no releases");
    }
    Lease lease = Attempts.lease(output.path(), holder, output.leaseSeconds(), hadoop);
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
