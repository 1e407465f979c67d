package org.inclusionmaps.publish;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

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
    Path folder = release.root().getParent();
    Path next = new Path(folder, "_" + name + "-" + release.root().getName());
    Path pointer = new Path(folder, name);
    try {
      FileSystem files = release.system();
      try (OutputStream out = files.create(next, /* overwrite= */ true)) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
      if (files instanceof RawLocalFileSystem local) {
        Files.move(
            local.pathToFile(next).toPath(),
            local.pathToFile(pointer).toPath(),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      } else {
        FileContext.getFileContext(next.toUri(), release.configuration())
            .rename(next, pointer, Rename.OVERWRITE);
      }
    } catch (IOException e) {
      throw release.unwritable("../" + name, e);
    }
  }
}
