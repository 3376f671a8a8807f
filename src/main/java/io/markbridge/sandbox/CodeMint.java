package io.markbridge.sandbox;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Makes marking codes from numbers, so that a million issued codes cost no memory and each can be
 * recognised again. A serial holds its running number in its first six characters, scrambled; the
 * rest, and the tail, follow from GTIN and serial. All characters that the contract allows occur,
 * the awkward ones too.
 */
final class CodeMint {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!\"%&'()*+,-./_:;=<>?";
  private static final int DIGITS = 6;
  private static final long CAPACITY = (long) Math.pow(ALPHABET.length(), DIGITS);
  private static final long FACTOR = 1_000_003;
  private static final BigInteger INVERSE =
      BigInteger.valueOf(FACTOR).modInverse(BigInteger.valueOf(CAPACITY));
  private static final char GROUP_SEPARATOR = '\u001d';

  private CodeMint() {}

  /** Characters of a serial in a product group. */
  static int serialLength(String productGroup) {
    return switch (productGroup) {
      case "milk" -> 6;
      case "tobacco", "alcohol" -> 7;
      case "appliances" -> 20;
      default -> 13;
    };
  }

  /** The serial of a running number of this GTIN. */
  static String serial(String gtin, long sequence, int length) {
    long scrambled = Math.floorMod(sequence * FACTOR, CAPACITY);
    StringBuilder serial = new StringBuilder(length);
    for (int digit = 0; digit < DIGITS; digit++) {
      serial.append(ALPHABET.charAt((int) (scrambled % ALPHABET.length())));
      scrambled /= ALPHABET.length();
    }
    long filler = LongHash.of(gtin + sequence);
    while (serial.length() < length) {
      serial.append(ALPHABET.charAt((int) Math.floorMod(filler, (long) ALPHABET.length())));
      filler = LongHash.mix(filler);
    }
    return serial.toString();
  }

  /** The running number in a serial, or -1 where it cannot be one of ours. */
  static long sequence(String serial) {
    if (serial.length() < DIGITS) {
      return -1;
    }
    long scrambled = 0;
    for (int digit = DIGITS - 1; digit >= 0; digit--) {
      int value = ALPHABET.indexOf(serial.charAt(digit));
      if (value < 0) {
        return -1;
      }
      scrambled = scrambled * ALPHABET.length() + value;
    }
    return BigInteger.valueOf(scrambled)
        .multiply(INVERSE)
        .mod(BigInteger.valueOf(CAPACITY))
        .longValue();
  }

  /** The whole code: the shape follows from the group and the type (Dictionaries). */
  static String full(String productGroup, String cisType, String gtin, String serial) {
    boolean group = cisType.equals("GROUP");
    if (productGroup.equals("tobacco") && !group) {
      return gtin + serial + signature(gtin + serial).substring(0, 8);
    }
    String start = "01" + gtin + "21" + serial + GROUP_SEPARATOR;
    String signature = signature(start);
    return switch (productGroup) {
      case "tobacco" ->
          start + "8005" + "012000" + GROUP_SEPARATOR + "93" + signature.substring(0, 4);
      case "alcohol", "milk", "water" -> start + "93" + signature.substring(0, 4);
      default -> start + "91UZF0" + GROUP_SEPARATOR + "92" + signature;
    };
  }

  /** 44 characters of base64. */
  private static String signature(String text) {
    byte[] bytes = ("sandbox" + text).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(ContentHash.sha256().digest(bytes));
  }
}
