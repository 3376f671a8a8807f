package io.markbridge.mapping;

import io.markbridge.document.Payload;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Opens a legacy body as characters: a byte order mark decides, then the charset that the site set,
 * then UTF-8. Bytes that are not valid in it are an error, never replaced.
 */
final class LegacyText {
  private static final int BUFFER = 64 * 1024;
  private static final int LONGEST_MARK = 3;

  private LegacyText() {}

  static Reader open(Payload payload, Optional<Charset> charset) throws IOException {
    InputStream input = new BufferedInputStream(payload.open(), BUFFER);
    try {
      return new InputStreamReader(
          input,
          charset(input, charset)
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT));
    } catch (IOException exception) {
      input.close();
      throw exception;
    }
  }

  private static Charset charset(InputStream input, Optional<Charset> set) throws IOException {
    input.mark(LONGEST_MARK);
    byte[] start = input.readNBytes(LONGEST_MARK);
    input.reset();
    int first = start.length > 0 ? start[0] & 0xff : -1;
    int second = start.length > 1 ? start[1] & 0xff : -1;
    int third = start.length > 2 ? start[2] & 0xff : -1;
    if (first == 0xef && second == 0xbb && third == 0xbf) {
      input.skipNBytes(3);
      return StandardCharsets.UTF_8;
    }
    if (first == 0xfe && second == 0xff) {
      input.skipNBytes(2);
      return StandardCharsets.UTF_16BE;
    }
    if (first == 0xff && second == 0xfe) {
      input.skipNBytes(2);
      return StandardCharsets.UTF_16LE;
    }
    return set.orElse(StandardCharsets.UTF_8);
  }
}
