package org.inclusionmaps.publish;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.Path;
import org.inclusionmaps.store.SmallFiles;

/** The file that names the release which readers are to open. It is moved in one step. */
final class Pointer {
  static final String NAME = "CURRENT";

  private Pointer() {}

  /** Makes the file beside the release name it: readers see the old name or the new one, whole. */
  static void move(ReleaseFiles release) {
    replace(release, NAME, release.root().getName() + "\n");
  }

  /** Replaces a small file beside the release in one step. */
  static void replace(ReleaseFiles release, String name, String text) {
    try {
      SmallFiles.replace(
          release.configuration(),
          release.system(),
          new Path(release.root().getParent(), name),
          text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw release.unwritable("../" + name, e);
    }
  }
}
