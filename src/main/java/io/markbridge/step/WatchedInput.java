package io.markbridge.step;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells each piece that is read: a source that gives a large document for long is not silent. */
final class WatchedInput extends FilterInputStream {
  private final Runnable comes;

  /**
   * @param comes is told of each piece
   */
  WatchedInput(InputStream input, Runnable comes) {
    super(input);
    this.comes = comes;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    comes.run();
    return one;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    comes.run();
    return count;
  }
}
