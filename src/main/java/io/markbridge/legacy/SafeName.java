package io.markbridge.legacy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** Makes a name that came from outside fit for every file system that a plant may have. */
final class SafeName {
  private static final Pattern DEVICE =
      Pattern.compile("(?i)(con|prn|aux|nul|conin\\$|conout\\$|com[0-9¹²³]|lpt[0-9¹²³])(\\..*)?");
  private static final String FORBIDDEN = "<>:\"/\\|?*";

  /** Leaves room for {@code .codes-<gtin>-<n>.json} below the 255 bytes of most file systems. */
  static final int MAXIMUM_BYTES = 180;

  private SafeName() {}

  /**
   * The same name where it is harmless; otherwise one with the harm replaced. Different names can
   * become equal: the caller asks {@link ReplyNames} for one that is free.
   */
  static String of(String name) {
    StringBuilder safe = new StringBuilder(name.length());
    name.codePoints().forEach(point -> safe.appendCodePoint(forbidden(point) ? '_' : point));
    String trimmed = safe.toString();
    if (trimmed.endsWith(".") || trimmed.endsWith(" ")) {
      trimmed = trimmed + "_";
    }
    if (trimmed.isEmpty() || trimmed.startsWith(".") || DEVICE.matcher(trimmed.strip()).matches()) {
      trimmed = "_" + trimmed;
    }
    return shortened(trimmed);
  }

  private static boolean forbidden(int point) {
    int type = Character.getType(point);
    return FORBIDDEN.indexOf(point) >= 0
        || Character.isISOControl(point)
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  /**
   * Cut between characters, with a piece of the whole name's hash so that long names stay apart.
   */
  private static String shortened(String name) {
    if (bytes(name) <= MAXIMUM_BYTES) {
      return name;
    }
    StringBuilder head = new StringBuilder();
    int size = 0;
    for (int point : name.codePoints().toArray()) {
      int width = bytes(Character.toString(point));
      if (size + width > MAXIMUM_BYTES - 9) {
        break;
      }
      head.appendCodePoint(point);
      size += width;
    }
    return head + "~" + hash(name);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String hash(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 4).toLowerCase(Locale.ROOT);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
