package io.markbridge.legacy;

import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.Payload;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lines of a {@code .http} file with the byte at which each begins. The head is handed out line by
 * line; what follows is looked through without keeping it.
 */
final class HttpLines implements AutoCloseable {
  private static final int MAXIMUM_HEAD = 64 * 1024;
  private static final int BUFFER = 256 * 1024;

  /** How much of a line of the body is looked at: enough to see a separator. */
  private static final int LOOK = 3;

  private final InputStream input;
  private final Charset charset;
  private final int unit;
  private final boolean bigEndian;
  private final boolean mark;
  private long position;
  private boolean separated;

  /** Where the body is; its length is 0 where there is nothing but white space. */
  record Body(long offset, long length) {}

  HttpLines(Payload file) throws IOException {
    input = new BufferedInputStream(file.open(), BUFFER);
    input.mark(4);
    byte[] first = input.readNBytes(3);
    input.reset();
    int lead = first.length < 2 ? 0 : (first[0] & 0xFF) << 8 | (first[1] & 0xFF);
    bigEndian = lead == 0xFEFF;
    if (lead == 0xFEFF || lead == 0xFFFE) {
      charset = bigEndian ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
      unit = 2;
      position = input.skip(2);
      mark = true;
    } else {
      charset = StandardCharsets.UTF_8;
      unit = 1;
      mark = lead == 0xEFBB && first.length > 2 && (first[2] & 0xFF) == 0xBF;
      position = mark ? input.skip(3) : 0;
    }
  }

  /** UTF-16 where the file's mark says so: the body has no mark of its own. */
  Optional<Charset> wideCharset() {
    return unit == 2 ? Optional.of(charset) : Optional.empty();
  }

  /** An encoding that a header names, unless the file's mark says otherwise. */
  Supplier<Optional<Charset>> marked(Optional<Charset> named) {
    return () -> mark ? Optional.empty() : named;
  }

  /** The next line of the head without its end, or null at the end of the file. */
  String next() throws IOException, DocumentRejectedException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int read = character();
    if (read < 0) {
      return null;
    }
    while (read >= 0 && read != '\n') {
      if (unit == 2) {
        line.write(bigEndian ? read >> 8 : read);
        line.write(bigEndian ? read : read >> 8);
      } else {
        line.write(read);
      }
      if (position > MAXIMUM_HEAD) {
        throw HttpFile.malformed("head", "", "at most 64 KB before the empty line");
      }
      read = character();
    }
    return line.toString(charset);
  }

  /** Says that the line just read was a separator: the request ended without a body. */
  void separator() {
    separated = true;
  }

  /**
   * Looks through the rest of the file.
   *
   * @throws DocumentRejectedException when a second request follows, or the body is to come from
   *     another file
   */
  Body body() throws IOException, DocumentRejectedException {
    long offset = position;
    long end = position;
    long endBeforeLine = position;
    StringBuilder begin = new StringBuilder();
    for (int read = character(); read >= 0; read = character()) {
      if (read == '\n') {
        begin.setLength(0);
        endBeforeLine = end;
        continue;
      }
      boolean looked = begin.length() < LOOK && !(begin.isEmpty() && white(read));
      if (looked) {
        begin.append((char) read);
      }
      if (separated) {
        refuseSecond(begin);
      } else if (looked && begin.toString().equals("###")) {
        separated = true;
        end = endBeforeLine;
      } else if (!white(read)) {
        if (end == offset && read == '<') {
          throw HttpFile.malformed("body", "<", "a body in this file");
        }
        end = position;
      }
    }
    return new Body(offset, end - offset);
  }

  /** After a separator only comments and white space may follow. */
  private static void refuseSecond(StringBuilder begin) throws DocumentRejectedException {
    String text = begin.toString();
    if (!text.isEmpty()
        && !text.startsWith("#")
        && !"//".startsWith(text)
        && !text.startsWith("//")) {
      throw HttpFile.malformed("file", "###", "one request");
    }
  }

  private static boolean white(int read) {
    return read <= ' ';
  }

  /** One unit of text: a byte, or two of UTF-16; -1 at the end. */
  private int character() throws IOException {
    int first = input.read();
    if (first < 0 || unit == 1) {
      position += first < 0 ? 0 : 1;
      return first;
    }
    int second = input.read();
    if (second < 0) {
      position++;
      return 0xFFFD;
    }
    position += 2;
    return bigEndian ? first << 8 | second : second << 8 | first;
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
