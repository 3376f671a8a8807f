package io.markbridge.legacy;

import java.io.InputStream;

/** A head, one piece many times, and a tail, without holding them: for large bodies in tests. */
final class RepeatedStream extends InputStream {
  private final byte[] head;
  private final byte[] piece;
  private final byte[] tail;
  private final long middle;
  private long position;

  RepeatedStream(byte[] head, byte[] piece, int times, byte[] tail) {
    this.head = head;
    this.piece = piece;
    this.tail = tail;
    this.middle = (long) piece.length * times;
  }

  @Override
  public int read() {
    long at = position++;
    if (at < head.length) {
      return head[(int) at] & 0xFF;
    }
    long inside = at - head.length;
    if (inside < middle) {
      return piece[(int) (inside % piece.length)] & 0xFF;
    }
    long end = inside - middle;
    return end < tail.length ? tail[(int) end] & 0xFF : -1;
  }
}
