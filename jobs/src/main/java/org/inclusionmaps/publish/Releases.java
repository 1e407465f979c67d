package org.inclusionmaps.publish;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.publish.writing.ReleaseFiles;
import org.inclusionmaps.store.SmallFiles;
import org.jspecify.annotations.Nullable;

/** The releases of an output folder: which there are, which is current, which may go. */
public final class Releases {
  private static final int FAULTS_TOLD = 3;

  /** What runs call releases; folders of other names are somebody's own. */
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{16}(-[0-9a-f]+)*");

  private final ReleaseFiles folder;

  private Releases(ReleaseFiles folder) {
    this.folder = folder;
  }

  /** Of an output folder. */
  public static Releases in(String output, Configuration hadoop) {
    return new Releases(new ReleaseFiles(new Path(output, "releases"), hadoop));
  }

  /**
   * A release that has a manifest.
   *
   * @param referenceDate the date that its figures stand for
   * @param country id of the area at level 0
   * @param written when its manifest was, by the file system's clock
   * @param current whether readers are pointed to it
   * @param signed whether it has a signature, which this does not check
   * @param bytes of all its files but manifest and signature, as the manifest tells
   */
  public record Listed(
      String name,
      String referenceDate,
      String country,
      Instant written,
      boolean current,
      boolean signed,
      long bytes) {}

  /**
   * A release that was read back whole.
   *
   * @param manifest its text
   * @param signature in base64; null if it has none
   */
  public record Verified(String name, int files, String manifest, @Nullable String signature) {}

  /** All whose manifest tells a release, the last written first; their files are not read. */
  public List<Listed> list() {
    try {
      String current = Pointer.current(folder).orElse("");
      List<Listed> list = new ArrayList<>();
      for (ReleaseFolder.Entry entry : ReleaseFolder.of(folder).releases().values()) {
        String name = entry.release().id();
        ReleaseFiles files = folder.release(name);
        long bytes = 0;
        for (JsonNode file : entry.manifest().path("files")) {
          bytes += file.path("bytes").asLong();
        }
        list.add(
            new Listed(
                name,
                entry.release().date(),
                entry.country(),
                Instant.ofEpochMilli(entry.written()),
                name.equals(current),
                files.system().exists(files.path(ReleaseFiles.SIGNATURE)),
                bytes));
      }
      list.sort(Comparator.comparing(Listed::written).thenComparing(Listed::name).reversed());
      return list;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Names of folders whose manifests tell no release: damaged, or of a newer version. */
  public List<String> unreadable() {
    return ReleaseFolder.of(folder).unreadable();
  }

  /**
   * The release that readers are pointed to; nothing if none ever was current.
   *
   * @throws InclusionException {@code RELEASE_REFUSED} if the pointer names no release
   */
  public Optional<String> current() {
    try {
      String fault = Pointer.fault(folder);
      if (!fault.isEmpty()) {
        throw Pointer.damaged(folder, fault);
      }
      return Pointer.current(folder);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Why {@code CURRENT} names no release; empty where it does, and where none ever was current. */
  public String pointerFault() {
    try {
      return Pointer.fault(folder);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Reads a release back, every byte.
   *
   * @throws InclusionException {@code RELEASE_REFUSED} if it is not what its manifest says, {@code
   *     INPUT_MISSING} if there is none of this name
   */
  public Verified verify(String release) {
    return verified(release).whole();
  }

  private record Read(Verified whole, String country) {}

  private Read verified(String release) {
    if (!Pointer.canName(release)) {
      throw new InclusionException(
          ErrorCode.SETTINGS_WRONG, "%s is no name of a release".formatted(release));
    }
    ReleaseFiles files = folder.release(release);
    try {
      Manifest.Found found = Manifest.check(files);
      String manifest = found.text();
      if (manifest == null) {
        throw InclusionException.withRemedy(
            ErrorCode.INPUT_MISSING,
            files.root() + " is no release: it has no manifest",
            "Name one that `inclusion releases list` prints.");
      }
      List<String> faults = new ArrayList<>(found.faults());
      if (!found.json().path("release").asText().equals(release)) {
        faults.add("its manifest is of the release " + found.json().path("release"));
      }
      if (!faults.isEmpty()) {
        throw new InclusionException(
            ErrorCode.RELEASE_REFUSED,
            "the release %s is damaged: %s".formatted(files.root(), few(faults)));
      }
      return new Read(
          new Verified(release, found.json().path("files").size(), manifest, signature(files)),
          found.json().path("country").asText());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static @Nullable String signature(ReleaseFiles files) throws IOException {
    return SmallFiles.read(files.system(), files.path(ReleaseFiles.SIGNATURE))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip())
        .orElse(null);
  }

  /** The first of some faults. */
  static String few(List<String> faults) {
    String told = String.join("; ", faults.subList(0, Math.min(FAULTS_TOLD, faults.size())));
    return faults.size() <= FAULTS_TOLD
        ? told
        : told + "; and " + (faults.size() - FAULTS_TOLD) + " more";
  }

  /** Points readers to a release that is there whole. */
  public void promote(String release, Authority authority) {
    move(release, History.Cause.PROMOTED, authority);
  }

  /**
   * Points readers to the release that they were pointed to before.
   *
   * @return that one
   */
  public String rollback(Authority authority) {
    try {
      // One whose release was lost still tells which one was current, and so which one before.
      Optional<String> named = Pointer.current(folder);
      String current =
          (named.isPresent() ? named : current())
              .orElseThrow(
                  () ->
                      NothingPublished.refusal(
                          folder.path(Pointer.NAME) + " is not there: nothing was published"));
      String before =
          new History(folder)
              .before(current)
              .orElseThrow(
                  () ->
                      InclusionException.withRemedy(
                          ErrorCode.INPUT_MISSING,
                          "no release was current before " + current,
                          "Nothing was changed. To point readers to another: `inclusion releases"
                              + " promote RELEASE`; `inclusion releases list` prints which there"
                              + " are."));
      move(before, History.Cause.ROLLED_BACK, authority);
      return before;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private void move(String release, History.Cause cause, Authority authority) {
    Read read = verified(release);
    Pointer.move(folder, release, read.country(), cause, authority);
  }

  /**
   * Deletes what no reader follows: releases that were not finished, and those that are not among
   * the newest. It stays what {@code CURRENT} names, what it named before, and what that one is
   * compared with. The caller holds the lease: nobody else writes a release.
   *
   * @param keep how many of the newest stay; null: all that are finished
   * @param since milliseconds of the system's clock; unfinished ones that are younger stay
   * @return the names of those that were deleted
   */
  public List<String> collect(@Nullable Integer keep, long since) throws IOException {
    Optional<String> current = Pointer.current(folder);
    List<String> gone = new ArrayList<>(unfinished(current, since));
    if (keep != null && current.isPresent()) {
      Set<String> stay = referenced(current.get());
      List<Listed> list = list();
      list.stream().limit(keep).map(Listed::name).forEach(stay::add);
      list.stream()
          .map(Listed::name)
          .filter(name -> NAME.matcher(name).matches() && !stay.contains(name))
          .forEach(gone::add);
    }
    for (String name : gone) {
      folder.release(name).deleteAll();
    }
    SmallFiles.sweep(folder.system(), folder.root());
    return gone;
  }

  private Set<String> referenced(String current) throws IOException {
    Set<String> stay = new HashSet<>(Set.of(current));
    new History(folder).before(current).ifPresent(stay::add);
    ReleaseFolder.Entry entry = ReleaseFolder.of(folder).releases().get(current);
    if (entry != null) {
      stay.add(entry.manifest().path("compared_with").asText());
    }
    return stay;
  }

  private List<String> unfinished(Optional<String> current, long since) throws IOException {
    List<String> names = new ArrayList<>();
    try {
      for (FileStatus status : folder.system().listStatus(folder.root())) {
        String name = status.getPath().getName();
        if (status.isDirectory()
            && NAME.matcher(name).matches()
            && !current.equals(Optional.of(name))
            && status.getModificationTime() < since
            && !folder.system().exists(folder.release(name).path(ReleaseFiles.MANIFEST))) {
          names.add(name);
        }
      }
    } catch (FileNotFoundException e) {
      return names; // nothing was published yet
    }
    return names;
  }

  private InclusionException unreadable(IOException e) {
    return new InclusionException(
        ErrorCode.INPUT_MISSING,
        "the releases in %s cannot be read: %s".formatted(folder.root(), e.getMessage()),
        e);
  }
}
