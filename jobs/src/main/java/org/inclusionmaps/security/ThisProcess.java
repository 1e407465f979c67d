package org.inclusionmaps.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What tells a process of this machine from every other one, by Linux alone: the boot, the
 * namespace of process numbers, the user, the number, and the tick at which it started. No clock is
 * part of it, since clocks are set. Source: proc(5).
 */
public final class ThisProcess {
  private static final Path PROC = Path.of("/proc");

  /** The place of starttime among the fields after the program's name. */
  private static final int START_FIELD = 19;

  /** Whether a process that another entry names lives. */
  enum Life {
    ALIVE,
    GONE,
    /** It is of another machine, container or user, or this system does not tell. */
    UNKNOWN
  }

  private ThisProcess() {}

  /** Of this process; empty where the system does not tell. */
  public static String name() {
    long pid = ProcessHandle.current().pid();
    return surroundings()
        .flatMap(s -> start(pid).map(tick -> s + " " + pid + " " + tick))
        .orElse("");
  }

  /** Whether the process of such a name was of this machine and user, and has ended. */
  public static boolean isGone(String name) {
    return life(name) == Life.GONE;
  }

  /** Whether the process of such a name lives. */
  static Life life(String name) {
    int tick = name.lastIndexOf(' ');
    int pid = name.lastIndexOf(' ', tick - 1);
    if (pid < 0 || !surroundings().equals(Optional.of(name.substring(0, pid)))) {
      return Life.UNKNOWN;
    }
    try {
      return start(Long.parseLong(name.substring(pid + 1, tick)))
              .equals(Optional.of(name.substring(tick + 1)))
          ? Life.ALIVE
          : Life.GONE;
    } catch (NumberFormatException e) {
      return Life.UNKNOWN;
    }
  }

  /** Boot, namespace and user: a user always sees the processes of its own. */
  private static Optional<String> surroundings() {
    try {
      return Optional.of(
          Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip()
              + " "
              + Files.readSymbolicLink(PROC.resolve("self/ns/pid"))
              + " "
              + Files.getAttribute(PROC.resolve("self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The tick at which a process started; nothing if there is none, or only what is left of one. */
  private static Optional<String> start(long pid) {
    try {
      String stat = Files.readString(PROC.resolve(pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      boolean ended = fields[0].equals("Z") || fields[0].equals("X");
      return ended ? Optional.empty() : Optional.of(fields[START_FIELD]);
    } catch (IOException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }
}
