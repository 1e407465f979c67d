package org.inclusionmaps.publish;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.inclusionmaps.publish.writing.ReleaseFiles;
import org.inclusionmaps.store.SmallFiles;

/** The file that names the release which readers are to open. It is moved in one step. */
final class Pointer {
  static final String NAME = "CURRENT";

  private Pointer() {}

  /** The release that the pointer in a folder of releases names; nothing if there is none. */
  static Optional<String> current(ReleaseFiles releases) throws IOException {
    return SmallFiles.read(releases.system(), releases.path(NAME))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip())
        .filter(name -> !name.isEmpty());
  }

  /**
   * Points readers to a release that is whole: {@code CURRENT}, then the history, then the catalog
   * for programs. Who dies between them leaves a whole release named by each; the next call mends
   * it. Where all is as it should be, nothing is written.
   *
   * @param releases the folder of releases
   * @param country what the catalog calls the country
   */
  static void move(
      ReleaseFiles releases,
      String release,
      String country,
      History.Cause cause,
      Authority authority) {
    try {
      History history = new History(releases);
      Optional<String> before = current(releases);
      if (before.isPresent()) {
        history.add(before.get(), History.Cause.FOUND);
      }
      authority.confirm();
      replace(releases, NAME, release + "\n");
      history.add(release, cause);
      replace(releases, Stac.CATALOG, Stac.beside(release, country));
    } catch (IOException e) {
      throw releases.unwritable(NAME, e);
    }
  }

  private static void replace(ReleaseFiles releases, String name, String text) throws IOException {
    Path path = releases.path(name);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (!SmallFiles.read(releases.system(), path)
        .filter(b -> Arrays.equals(b, bytes))
        .isPresent()) {
      SmallFiles.replace(releases.system(), path, bytes);
    }
  }
}
