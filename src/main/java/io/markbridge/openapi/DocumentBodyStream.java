package io.markbridge.openapi;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

/** Wraps an inner document as {@code {"documentBody":"<base64>"}} while it is read (7.1). */
public final class DocumentBodyStream {
  private static final String BEFORE = "{\"documentBody\":\"";
  private static final String AFTER = "\"}";

  private DocumentBodyStream() {}

  /** The wrapped document; closing it closes the inner one. */
  public static InputStream wrap(InputStream inner) {
    return new SequenceInputStream(
        Collections.enumeration(List.of(text(BEFORE), new Base64Stream(inner), text(AFTER))));
  }

  /** Bytes that {@link #wrap} gives for an inner document of this size. */
  public static long size(long inner) {
    return BEFORE.length() + (inner + 2) / 3 * 4 + AFTER.length();
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static final class Base64Stream extends InputStream {
    private static final int BLOCK = 3 * 8192;

    private final InputStream inner;
    private byte[] encoded = new byte[0];
    private int position;
    private boolean ended;

    Base64Stream(InputStream inner) {
      this.inner = inner;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (position == encoded.length) {
        if (ended) {
          return -1;
        }
        byte[] block = inner.readNBytes(BLOCK);
        // A multiple of three but at the end: only there padding may stand.
        ended = block.length < BLOCK;
        encoded = Base64.getEncoder().encode(block);
        position = 0;
        if (encoded.length == 0) {
          return -1;
        }
      }
      int count = Math.min(length, encoded.length - position);
      System.arraycopy(encoded, position, buffer, offset, count);
      position += count;
      return count;
    }

    @Override
    public void close() throws IOException {
      inner.close();
    }
  }
}
