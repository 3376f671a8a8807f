package io.markbridge.mapping;

import io.markbridge.mapping.MarkingCode.Kind;
import io.markbridge.mapping.MarkingCode.MalformedCodeException;
import io.markbridge.mapping.MarkingCode.Repair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads and repairs codes. A well-formed code is taken as it is; anything else is repaired only
 * where one reading is possible.
 */
final class MarkingCodeReader {
  private static final char GS = MarkingCode.GROUP_SEPARATOR;
  private static final int GTIN_LENGTH = 14;
  private static final int GOODS_HEAD = 2 + GTIN_LENGTH + 2;
  private static final int TOBACCO_PACK_LENGTH = 29;
  private static final int TOBACCO_PACK_BARE_LENGTH = 21;
  private static final int LONGEST_CODE = 1000;
  private static final String[] PREFIXES = {"]d2", "]C1", "]Q3", "\u001d", "\u00e8"};
  private static final String[] ILLEGAL_SEPARATORS = {
    "\\u001d", "\\u001D", "\\x1d", "\\x1D", "\u241d", "\u00e8"
  };

  private final List<Repair> repairs = new ArrayList<>(0);

  /** How many characters were cut in front: positions are told in the code as it came. */
  private int shift;

  private final boolean backslashes;

  private MarkingCodeReader(boolean backslashes) {
    this.backslashes = backslashes;
  }

  static MarkingCode read(String raw, int shortestOwnForm) throws MalformedCodeException {
    return read(raw, shortestOwnForm, false);
  }

  static MarkingCode readWithBackslashes(String raw, int shortestOwnForm)
      throws MalformedCodeException {
    return read(raw, shortestOwnForm, true);
  }

  private static MarkingCode read(String raw, int shortestOwnForm, boolean backslashes)
      throws MalformedCodeException {
    if (raw.isEmpty() || raw.length() > LONGEST_CODE) {
      throw new MalformedCodeException(0, "length");
    }
    return new MarkingCodeReader(backslashes).readFrom(raw, shortestOwnForm);
  }

  private MarkingCode readFrom(String raw, int shortestOwnForm) throws MalformedCodeException {
    String code = withoutEnds(withWrittenSeparators(withoutPrefix(trimmed(raw))));
    checkCharacters(code);
    if (isGoods(code)) {
      return goods(code);
    }
    if (isTobaccoPack(code)) {
      return new MarkingCode(
          code,
          code.substring(0, TOBACCO_PACK_BARE_LENGTH),
          Optional.of(code.substring(0, GTIN_LENGTH)),
          Kind.TOBACCO_PACK,
          repairs);
    }
    if (isDigits(code, 0, code.length())) {
      if (code.length() == 20 && code.startsWith("00")) {
        return new MarkingCode(code, code, Optional.empty(), Kind.TRANSPORT_UNIT, repairs);
      }
      if (code.length() == 18) {
        repairs.add(Repair.TRANSPORT_PREFIX);
        String full = "00" + code;
        return new MarkingCode(full, full, Optional.empty(), Kind.TRANSPORT_UNIT, repairs);
      }
    }
    return ownForm(code, shortestOwnForm);
  }

  private MarkingCode ownForm(String code, int shortest) throws MalformedCodeException {
    int separator = code.indexOf(GS);
    if (separator >= 0) {
      throw malformed(separator, "shape");
    }
    if (code.length() < shortest || code.length() > MarkingCode.LONGEST_OWN_FORM) {
      throw malformed(0, "shape");
    }
    if (isWrittenForPeople(code) || code.startsWith("]")) {
      throw malformed(0, "shape");
    }
    return new MarkingCode(code, code, Optional.empty(), Kind.OWN_FORM, repairs);
  }

  private MarkingCode goods(String code) throws MalformedCodeException {
    String gtin = code.substring(2, 2 + GTIN_LENGTH);
    String rest = code.substring(GOODS_HEAD);
    Optional<String> replaced = CodeTails.withWrittenSeparator(rest);
    if (replaced.isPresent()) {
      rest = replaced.get();
      repairs.add(Repair.WRITTEN_SEPARATOR);
    }
    Optional<String> repaired = CodeTails.withLostSeparator(rest);
    if (repaired.isPresent()) {
      rest = repaired.get();
      repairs.add(Repair.LOST_SEPARATOR);
    }
    CodeTails.Defect defect = CodeTails.defect(rest);
    if (defect != null) {
      throw malformed(GOODS_HEAD + defect.position(), defect.reason());
    }
    int end = rest.indexOf(GS);
    String serial = end < 0 ? rest : rest.substring(0, end);
    String head = code.substring(0, GOODS_HEAD);
    return new MarkingCode(head + rest, head + serial, Optional.of(gtin), Kind.GOODS, repairs);
  }

  /** {@code (01)…}, {@code (00)…}: the text beside a bar code, never its content. */
  private static boolean isWrittenForPeople(String code) {
    return code.length() > 4
        && code.charAt(0) == '('
        && isDigits(code, 1, 3)
        && code.charAt(3) == ')';
  }

  private static boolean isGoods(String code) {
    return code.length() > GOODS_HEAD
        && code.startsWith("01")
        && isDigits(code, 2, 2 + GTIN_LENGTH)
        && code.startsWith("21", 2 + GTIN_LENGTH);
  }

  private static boolean isTobaccoPack(String code) {
    int length = code.length();
    return (length == TOBACCO_PACK_LENGTH || length == TOBACCO_PACK_BARE_LENGTH)
        && isDigits(code, 0, GTIN_LENGTH)
        && code.indexOf(GS) < 0;
  }

  private String trimmed(String raw) {
    int start = 0;
    int end = raw.length();
    while (start < end && isBlank(raw.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(raw.charAt(end - 1))) {
      end--;
    }
    if (end - start < raw.length()) {
      repairs.add(Repair.ENDS);
      shift += start;
    }
    return raw.substring(start, end);
  }

  private String withoutPrefix(String code) {
    String left = code;
    boolean cut = true;
    while (cut) {
      cut = false;
      for (String prefix : PREFIXES) {
        if (left.startsWith(prefix)) {
          left = left.substring(prefix.length());
          cut = true;
        }
      }
    }
    if (left.length() < code.length()) {
      repairs.add(Repair.PREFIX);
      shift += code.length() - left.length();
    }
    return left;
  }

  /** A backslash before a separator's number is in no code: it was meant as a separator. */
  private String withWrittenSeparators(String code) {
    String written = code;
    for (String separator : ILLEGAL_SEPARATORS) {
      if (written.contains(separator)) {
        written = written.replace(separator, String.valueOf(GS));
      }
    }
    if (written.length() < code.length() || !written.equals(code)) {
      repairs.add(Repair.WRITTEN_SEPARATOR);
    }
    return written;
  }

  private String withoutEnds(String code) {
    String left = code;
    while (!left.isEmpty() && left.charAt(left.length() - 1) == GS) {
      left = left.substring(0, left.length() - 1);
    }
    // A written separator in front stands where FNC1 stood.
    while (!left.isEmpty() && left.charAt(0) == GS) {
      left = left.substring(1);
    }
    if (left.length() < code.length() && !repairs.contains(Repair.ENDS)) {
      repairs.add(Repair.ENDS);
    }
    return left;
  }

  private void checkCharacters(String code) throws MalformedCodeException {
    if (code.isEmpty()) {
      throw malformed(0, "length");
    }
    for (int index = 0; index < code.length(); index++) {
      char character = code.charAt(index);
      boolean kept = backslashes && character == '\\';
      if (!isOfCode(character) && !kept && character != GS) {
        throw malformed(index, "character");
      }
    }
  }

  private MalformedCodeException malformed(int position, String reason) {
    return new MalformedCodeException(position + shift, reason);
  }

  /** A printable character of ASCII, as codes and their serial numbers have them; no blank. */
  static boolean isOfCode(int character) {
    return character > ' ' && character < 0x7f && character != '\\';
  }

  private static boolean isBlank(char character) {
    return character == ' ' || character == '\t' || character == '\r' || character == '\n';
  }

  static boolean isDigits(String text, int from, int to) {
    for (int index = from; index < to; index++) {
      char character = text.charAt(index);
      if (character < '0' || character > '9') {
        return false;
      }
    }
    return true;
  }
}
