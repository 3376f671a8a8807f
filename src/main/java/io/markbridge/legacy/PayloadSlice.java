package io.markbridge.legacy;

import io.markbridge.document.Payload;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A piece of a payload: the body inside a {@code .http} file. */
public record PayloadSlice(Payload whole, long offset, long size) implements Payload {

  public PayloadSlice {
    if (offset < 0 || size < 0 || offset + size > whole.size()) {
      throw new IllegalArgumentException("slicing beyond the payload's end");
    }
  }

  @Override
  public InputStream open() throws IOException {
    InputStream input = whole.open();
    try {
      input.skipNBytes(offset);
    } catch (EOFException cause) {
      input.close();
      throw new IOException("reading a payload that became shorter", cause);
    }
    return new Bounded(input, size);
  }

  private static final class Bounded extends FilterInputStream {
    private long left;

    Bounded(InputStream input, long size) {
      super(input);
      this.left = size;
    }

    @Override
    public int read() throws IOException {
      if (left <= 0) {
        return -1;
      }
      int octet = super.read();
      left -= octet < 0 ? 0 : 1;
      return octet;
    }

    @Override
    public int read(byte[] buffer, int start, int length) throws IOException {
      if (left <= 0) {
        return length == 0 ? 0 : -1;
      }
      int count = super.read(buffer, start, (int) Math.min(length, left));
      left -= Math.max(0, count);
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = super.skip(Math.min(count, left));
      left -= skipped;
      return skipped;
    }

    @Override
    public int available() throws IOException {
      return (int) Math.min(super.available(), left);
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
