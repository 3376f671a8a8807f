package io.markbridge.journal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads an owner's chunks one after the other; holds one. */
final class ChunkInputStream extends InputStream {
  private final Chunks chunks;
  private final String owner;
  private byte[] chunk = new byte[0];
  private int position;
  private long ordinal;
  private boolean ended;

  ChunkInputStream(Chunks chunks, String owner) {
    this.chunks = chunks;
    this.owner = owner;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (position == chunk.length) {
      if (ended) {
        return -1;
      }
      advance();
    }
    int count = Math.min(length, chunk.length - position);
    System.arraycopy(chunk, position, buffer, offset, count);
    position += count;
    return count;
  }

  private void advance() throws IOException {
    try {
      Optional<byte[]> next = chunks.read(owner, ordinal++);
      ended = next.isEmpty();
      chunk = next.orElseGet(() -> new byte[0]);
      position = 0;
    } catch (JournalException unreadable) {
      throw new IOException(unreadable);
    }
  }
}
