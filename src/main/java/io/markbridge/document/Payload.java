package io.markbridge.document;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Bytes that can be read more than once and need not fit into memory: a file, journal chunks, or an
 * array in tests.
 */
public interface Payload {

  /** Opens the bytes from their beginning; the caller closes the stream. */
  InputStream open() throws IOException;

  /** The number of bytes. */
  long size();

  /** A payload over an array that nobody changes afterwards. */
  static Payload of(byte[] bytes) {
    return new Payload() {
      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }

      @Override
      public long size() {
        return bytes.length;
      }
    };
  }
}
