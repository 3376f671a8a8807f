package io.markbridge.mapping;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The wrapper of documents: {@code {"documentBody":"<base64>"}} (7.1), streamed. */
public final class DocumentBody {
  private static final byte[] BEFORE = "{\"documentBody\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] AFTER = "\"}".getBytes(StandardCharsets.US_ASCII);

  private DocumentBody() {}

  /** Bytes of the wrapper around a document of this size. */
  public static long wrappedSize(long size) {
    return BEFORE.length + (size + 2) / 3 * 4 + AFTER.length;
  }

  /** Writes the wrapper around a document; neither stream is closed. */
  public static void wrap(InputStream document, OutputStream output) throws IOException {
    output.write(BEFORE);
    OutputStream kept =
        new FilterOutputStream(output) {
          @Override
          public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
          }

          @Override
          public void close() {
            // Closing the encoder writes its last group; the output goes on.
          }
        };
    try (OutputStream encoder = Base64.getEncoder().wrap(kept)) {
      document.transferTo(encoder);
    }
    output.write(AFTER);
  }
}
