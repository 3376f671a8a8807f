package io.markbridge.sandbox;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Watches JSON bytes go by and notes what section 7 forbids: spaces outside strings, a byte order
 * mark, and characters beyond ASCII written as escapes.
 */
final class CompactInput extends FilterInputStream {
  private String fault = "";
  private boolean inString;
  private boolean escaped;
  private int hexLeft;
  private int hex;

  CompactInput(InputStream input) {
    super(input);
  }

  /** What was found, or empty. */
  String fault() {
    return fault;
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    if (value >= 0) {
      see(value);
    }
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = in.read(bytes, offset, length);
    for (int index = offset; index < offset + count; index++) {
      see(bytes[index] & 0xff);
    }
    return count;
  }

  private void see(int value) {
    if (!inString) {
      outside(value);
    } else if (hexLeft > 0) {
      hexDigit(value);
    } else if (escaped) {
      escaped = false;
      if (value == 'u') {
        hexLeft = 4;
        hex = 0;
      }
    } else if (value == '\\') {
      escaped = true;
    } else if (value == '"') {
      inString = false;
    }
  }

  private void outside(int value) {
    if (value == '"') {
      inString = true;
    } else if (value <= ' ') {
      fault = "space outside a string: the document must be compact";
    } else if (value >= 0x80) {
      fault = "byte outside a string: a byte order mark?";
    }
  }

  private void hexDigit(int value) {
    hex = hex * 16 + Math.max(0, Character.digit(value, 16));
    hexLeft--;
    if (hexLeft == 0 && hex >= 0x80) {
      fault = "character beyond ASCII written as an escape";
    }
  }
}
