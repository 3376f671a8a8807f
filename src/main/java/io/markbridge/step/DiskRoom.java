package io.markbridge.step;

import java.io.IOException;
import java.util.Locale;

/** Whether the journal's disk has room for a document: asked before its first byte is read. */
public final class DiskRoom {
  /** How many bytes can still be written. */
  @FunctionalInterface
  interface UsableSpace {
    long bytes() throws IOException;
  }

  /**
   * A document is stored as it came and as it is sent; the database's own log takes the same once
   * more for a while.
   */
  static final int STORED = 3;

  /** What comes from elsewhere lies beside the journal until it is stored. */
  static final int FETCHED_AND_STORED = 4;

  /** Below this even a small document is not taken. */
  public static final long RESERVE = 64L * 1024 * 1024;

  private static final long MEGABYTE = 1024 * 1024;

  private final UsableSpace space;
  private final int factor;

  /**
   * @param factor how many times its size a document takes
   */
  DiskRoom(UsableSpace space, int factor) {
    this.space = space;
    this.factor = factor;
  }

  /**
   * @param size of the document, in bytes
   * @throws IOException when there is not enough room; it says how much is needed
   */
  void check(long size, String relative) throws IOException {
    long needed = size * factor + RESERVE;
    long usable = space.bytes();
    if (usable < needed) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "taking %s: the journal's disk needs %d MB free and has %d MB; what came stays"
                  + " where it is until there is room",
              relative,
              (needed + MEGABYTE - 1) / MEGABYTE,
              usable / MEGABYTE));
    }
  }
}
