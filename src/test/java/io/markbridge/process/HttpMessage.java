package io.markbridge.process;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * One HTTP/1.1 message, byte for byte as it came.
 *
 * @param head first line and headers, with the empty line
 * @param body chunked bodies with their frames
 * @param last whether the connection ends after it
 */
record HttpMessage(byte[] head, byte[] body, boolean last) {
  private static final int MOST_HEAD = 64 * 1024;

  /** The next request; empty where the connection ended between two. */
  static Optional<HttpMessage> request(InputStream input) throws IOException {
    return read(input, false);
  }

  /**
   * The answer to a request.
   *
   * @throws EOFException when the connection ends before it is whole
   */
  static HttpMessage answer(InputStream input) throws IOException {
    return read(input, true).orElseThrow(EOFException::new);
  }

  private static Optional<HttpMessage> read(InputStream input, boolean answer) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    String line = line(input, head);
    if (line.isEmpty()) {
      return Optional.empty();
    }
    boolean empty = answer && line.matches("HTTP/1\\.1 (1..|204|304) .*");
    long length = -1;
    boolean chunked = false;
    boolean last = false;
    for (line = line(input, head); !line.isBlank(); line = line(input, head)) {
      String header = line.toLowerCase(Locale.ROOT);
      String value = header.substring(header.indexOf(':') + 1).strip();
      if (header.startsWith("content-length:")) {
        length = Long.parseLong(value);
      } else if (header.startsWith("transfer-encoding:")) {
        chunked = value.contains("chunked");
      } else if (header.startsWith("connection:")) {
        last = value.contains("close");
      }
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (chunked) {
      chunks(input, body);
    } else if (length > 0) {
      copy(input, body, length);
    } else if (answer && length < 0 && !empty) {
      input.transferTo(body);
      last = true;
    }
    return Optional.of(new HttpMessage(head.toByteArray(), body.toByteArray(), last));
  }

  private static void chunks(InputStream input, ByteArrayOutputStream body) throws IOException {
    long size = -1;
    while (size != 0) {
      size = Long.parseLong(line(input, body).strip().split(";")[0], 16);
      copy(input, body, size);
      // The end of a chunk; after the last one trailers are not used here.
      line(input, body);
    }
  }

  private static void copy(InputStream input, ByteArrayOutputStream body, long length)
      throws IOException {
    byte[] bytes = input.readNBytes((int) length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    body.write(bytes);
  }

  /** A line without its end; empty at the end of the connection. */
  private static String line(InputStream input, ByteArrayOutputStream copy) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = input.read(); next != -1; next = input.read()) {
      copy.write(next);
      line.write(next);
      if (next == '\n') {
        return line.toString(StandardCharsets.ISO_8859_1);
      }
      if (line.size() > MOST_HEAD) {
        throw new IOException("a line without an end");
      }
    }
    if (line.size() > 0) {
      throw new EOFException();
    }
    return "";
  }

  String method() {
    return firstLine()[0];
  }

  /** Path and query. */
  String path() {
    return firstLine()[1];
  }

  private String[] firstLine() {
    return new String(head, StandardCharsets.ISO_8859_1).split("\r?\n", 2)[0].split(" ");
  }

  byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head);
    all.writeBytes(body);
    return all.toByteArray();
  }
}
