package io.markbridge.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends the process at a named point, as a power cut would: for the tests that prove that nothing is
 * lost and nothing is sent twice. It exists only where the system property {@link #FILE} names a
 * file; what that file holds is the name of the armed point, and may change while the process runs.
 *
 * <p>Who reaches the armed point waits there, until the process ends with status 137 some time
 * after the first has come: so other work gets to the same point. Nothing is flushed, no shutdown
 * hook runs. {@code <file>.reached} tells, one line each, the point and what was at it.
 */
public final class CrashSwitch {
  /** System property: path of the file that holds the armed point; absent or empty is none. */
  public static final String FILE = "markbridge.crash.file";

  /** System property: how long the first at the armed point waits for others, in milliseconds. */
  public static final String HOLD = "markbridge.crash.hold-milliseconds";

  /** What a shell tells of {@code kill -9}. */
  private static final int STATUS = 137;

  private static final CrashSwitch ACTIVE = ofSystem();

  private final Path file;
  private final Duration hold;
  private final Runnable end;
  private final CountDownLatch never = new CountDownLatch(1);
  private boolean ending;

  CrashSwitch(Path file, Duration hold, Runnable end) {
    this.file = file;
    this.hold = hold;
    this.end = end;
  }

  private static CrashSwitch ofSystem() {
    String file = System.getProperty(FILE);
    return file == null
        ? null
        : new CrashSwitch(
            Path.of(file),
            Duration.ofMillis(Long.getLong(HOLD, 300)),
            () -> Runtime.getRuntime().halt(STATUS));
  }

  /** Whether this process can be ended so. */
  public static boolean active() {
    return ACTIVE != null;
  }

  /**
   * A point is reached.
   *
   * @param what the document, or whatever else is at it; told in the report
   */
  public static void reached(CrashPoint point, Object what) {
    reached(point.name(), what);
  }

  /** See {@link #reached(CrashPoint, Object)}; the points of commits have names of their own. */
  public static void reached(String point, Object what) {
    if (ACTIVE != null) {
      ACTIVE.stopAt(point, what);
    }
  }

  void stopAt(String point, Object what) {
    if (point.equals(armed())) {
      boolean first = tell(point, what);
      try {
        never.await(first ? hold.toMillis() : Long.MAX_VALUE, TimeUnit.MILLISECONDS);
      } catch (InterruptedException goingDown) {
        Thread.currentThread().interrupt();
      }
      end.run();
    }
  }

  private String armed() {
    try {
      return Files.readString(file).strip();
    } catch (NoSuchFileException none) {
      return "";
    } catch (IOException unreadable) {
      throw new UncheckedIOException("reading the armed crash point " + file, unreadable);
    }
  }

  private synchronized boolean tell(String point, Object what) {
    try {
      Files.write(
          file.resolveSibling(file.getFileName() + ".reached"),
          (point + "\t" + what + "\n").getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException unwritable) {
      throw new UncheckedIOException("telling the crash point " + point, unwritable);
    }
    boolean first = !ending;
    ending = true;
    return first;
  }
}
