package io.markbridge.legacy;

import io.markbridge.document.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Whether bytes are UTF-8 and could hardly be anything else: letters of windows-1251 in a row are
 * next to never valid UTF-8.
 */
public final class Utf8Text {
  private static final int PIECE = 64 * 1024;
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private Utf8Text() {}

  /**
   * Reads a payload once, in pieces.
   *
   * @return false where all is ASCII too: then it does not matter; and where a byte order mark says
   *     it, which readers believe
   * @throws IOException when the payload cannot be read
   */
  public static boolean is(Payload payload) throws IOException {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.allocate(PIECE);
    CharBuffer characters = CharBuffer.allocate(PIECE);
    boolean beyondAscii = false;
    boolean first = true;
    try (InputStream input = payload.open()) {
      boolean end = false;
      while (!end) {
        int read = input.read(bytes.array(), bytes.position(), bytes.remaining());
        end = read < 0;
        bytes.position(bytes.position() + Math.max(0, read)).flip();
        if (first
            && bytes.remaining() >= MARK.length
            && bytes.slice(0, MARK.length).equals(ByteBuffer.wrap(MARK))) {
          return false;
        }
        first = false;
        for (int index = bytes.position(); index < bytes.limit() && !beyondAscii; index++) {
          beyondAscii = bytes.get(index) < 0;
        }
        CoderResult result = decoder.decode(bytes, characters.clear(), end);
        if (result.isError()) {
          return false;
        }
        bytes.compact();
      }
    }
    return beyondAscii;
  }
}
