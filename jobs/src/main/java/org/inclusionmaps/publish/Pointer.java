package org.inclusionmaps.publish;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.publish.writing.ReleaseFiles;
import org.inclusionmaps.store.SmallFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file that names the release which readers are to open. It is moved in one step. */
final class Pointer {
  static final String NAME = "CURRENT";

  private static final Logger LOG = LoggerFactory.getLogger(Pointer.class);
  private static final Pattern RELEASE = Pattern.compile("[A-Za-z0-9_-]{1,200}");

  private Pointer() {}

  /** Whether a text can be the name of a release. */
  static boolean canName(String text) {
    return RELEASE.matcher(text).matches();
  }

  /** The name that the bytes of a pointer are; nothing if they are none. */
  static Optional<String> name(byte[] bytes) {
    return Optional.of(new String(bytes, StandardCharsets.UTF_8).strip()).filter(Pointer::canName);
  }

  /**
   * The name that the pointer in a folder of releases holds, whether or not there is such a
   * release; nothing if there is no pointer, or no name in it.
   */
  static Optional<String> current(ReleaseFiles releases) throws IOException {
    return SmallFiles.read(releases.system(), releases.path(NAME)).flatMap(Pointer::name);
  }

  /**
   * Why the pointer in a folder of releases names no release; empty where it names one, and where
   * none was ever current.
   */
  static String fault(ReleaseFiles releases) throws IOException {
    Optional<byte[]> bytes = SmallFiles.read(releases.system(), releases.path(NAME));
    if (bytes.isEmpty()) {
      return new History(releases).releases().isEmpty() ? "" : "it is not there";
    }
    Optional<String> name = name(bytes.get());
    if (name.isPresent()) {
      return isThere(releases, name.get())
          ? ""
          : "it names %1$s, and there is no such release (%1$s/%2$s is missing)"
              .formatted(name.get(), ReleaseFiles.MANIFEST);
    }
    return new String(bytes.get(), StandardCharsets.UTF_8).isBlank()
        ? "it is empty"
        : String.format(Locale.ROOT, "its %,d bytes are no name of a release", bytes.get().length);
  }

  /** A pointer that names no release, told with what to do. */
  static InclusionException damaged(ReleaseFiles releases, String fault) throws IOException {
    String last = "";
    for (String release : new History(releases).releases()) {
      if (isThere(releases, release)) {
        last = " (the last that was current is %s)".formatted(release);
      }
    }
    return new InclusionException(
        ErrorCode.RELEASE_REFUSED,
        "%s names no release: %s; see which there are by `inclusion releases list`%s, and point readers to one by `inclusion releases promote RELEASE`"
            .formatted(releases.path(NAME), fault, last));
  }

  /** Whether there is a release of a name: a folder with a manifest. */
  static boolean isThere(ReleaseFiles releases, String name) throws IOException {
    return releases.system().exists(releases.release(name).path(ReleaseFiles.MANIFEST));
  }

  /**
   * Points readers to a release that is whole: {@code CURRENT}, then the history, then the catalog
   * for programs. Who dies between them leaves a whole release named by each; the next call mends
   * it. Where all is as it should be, nothing is written. A pointer that names no release is
   * written anew, and enters no history.
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
      String fault = fault(releases);
      if (!fault.isEmpty()) {
        LOG.warn("{} names no release: {}; it is written anew", releases.path(NAME), fault);
      } else if (before.isPresent()) {
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
