package org.inclusionmaps.publish;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.publish.writing.ReleaseFiles;

/** What becomes of a release of the same name that is there when it is to be written. */
final class Standing {
  private Standing() {}

  /**
   * Whether it is there whole: then none of its files is touched, but a signature that it lacks is
   * added. Otherwise it is to be written, from nothing.
   *
   * @throws InclusionException {@code RELEASE_REFUSED} if it is damaged and readers are pointed to
   *     it: to write it anew would take files away under them, and hide that something changes
   *     files which nothing may change. One whose folder is gone has no files to take away
   */
  static boolean isWhole(ReleaseFiles files, Authority authority) {
    try {
      Manifest.Found found = Manifest.check(files);
      String manifest = found.text();
      if (manifest != null && found.isWhole()) {
        Manifest.sign(manifest, authority, files);
        return true;
      }
      String name = files.root().getName();
      boolean named = Pointer.current(files.releases()).equals(Optional.of(name));
      if (named && files.system().exists(files.root())) {
        throw damaged(files, found.isThere() ? found.faults() : List.of("its manifest is missing"));
      }
      return false;
    } catch (IOException e) {
      throw new InclusionException(
          ErrorCode.RESOURCES_EXHAUSTED,
          "the release %s cannot be read: %s; nothing was changed"
              .formatted(files.root(), e.getMessage()),
          e);
    }
  }

  private static InclusionException damaged(ReleaseFiles files, List<String> faults) {
    return new InclusionException(
        ErrorCode.RELEASE_REFUSED,
        "the release %s, which CURRENT names, was damaged since it was published: %s; find out by what, point readers to another (inclusion releases rollback) or move this folder away and CURRENT with it, and run again"
            .formatted(files.root(), Releases.few(faults)));
  }
}
