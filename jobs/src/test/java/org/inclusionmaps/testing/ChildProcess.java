package org.inclusionmaps.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program in a process of its own, with all that it says in a file. It ends with the test that
 * started it, even if that is killed: the script {@code tied} ends it when its standard input ends.
 */
public final class ChildProcess implements AutoCloseable {
  private static final Path TIED = Path.of("src", "test", "cluster", "tied").toAbsolutePath();
  private static final int POLL_MILLIS = 200;

  private final Process process;
  private final Path log;

  private ChildProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts a program; its standard output and error go to the file. */
  public static ChildProcess start(Path log, Map<String, String> environment, List<String> command)
      throws IOException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    List<String> tied = new ArrayList<>(List.of(TIED.toString()));
    tied.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(tied).redirectErrorStream(true);
    builder.redirectOutput(log.toFile()).environment().putAll(environment);
    return new ChildProcess(builder.start(), log);
  }

  /** Waits until the program has said something so many times; the last of them. */
  public Matcher says(String pattern, int times, Duration longest)
      throws IOException, InterruptedException {
    Instant end = Instant.now().plus(longest);
    while (Instant.now().isBefore(end)) {
      boolean alive = process.isAlive();
      Matcher matcher = Pattern.compile(pattern).matcher(said());
      for (int found = 1; matcher.find(); found++) {
        if (found == times) {
          return matcher;
        }
      }
      if (!alive) {
        return fail("ended before it said '%s':%n%s", pattern, said());
      }
      Thread.sleep(POLL_MILLIS);
    }
    return fail("did not say '%s' within %s:%n%s", pattern, longest, said());
  }

  /** Whether it has not ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until the program ends; its status. */
  public int ends(Duration longest) throws IOException, InterruptedException {
    if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
      close();
      return fail("did not end within %s:%n%s", longest, said());
    }
    return process.exitValue();
  }

  /** All that the program has said so far. */
  public String said() throws IOException {
    return Files.readString(log);
  }

  /** Ends the program if it has not ended; its own children end with it. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    boolean ended = false;
    try {
      ended = process.waitFor(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    assertThat(ended).as("%s ended", log).isTrue();
  }
}
