package io.markbridge.mapping;

import java.util.List;
import java.util.Optional;

/**
 * One marking code, read and repaired. The only reader of codes in the bridge: every kind of
 * document uses it (open-api.md, Dictionaries).
 *
 * @param full the code as the operator wants it in a utilisation report: real GS (0x1D), crypto
 *     tail if it came with one, no scanner prefix
 * @param withoutTail what identifies it: {@code 01}+GTIN+{@code 21}+serial, GTIN+serial of a
 *     tobacco pack, {@code 00}+18 digits of a transport unit, or an own form as it is
 * @param gtin 14 digits; a transport unit or an own form has none
 * @param repairs what was repaired on the way, in order; empty for a well-formed code
 */
public record MarkingCode(
    String full, String withoutTail, Optional<String> gtin, Kind kind, List<Repair> repairs) {

  /** The group separator of GS1. */
  public static final char GROUP_SEPARATOR = '\u001d';

  /** Longest own form of a packing unit. */
  static final int LONGEST_OWN_FORM = 74;

  private static final int SHORTEST_OWN_FORM_AMONG_CODES = 18;

  public MarkingCode {
    repairs = List.copyOf(repairs);
  }

  /** The shape of a code. */
  public enum Kind {
    /** {@code 01}+GTIN+{@code 21}+serial, with a tail or without; tobacco blocks too. */
    GOODS,
    /** GTIN+serial 7, with its 8 characters of check or without: no identifier, no GS. */
    TOBACCO_PACK,
    /** An SSCC: {@code 00}+18 digits. */
    TRANSPORT_UNIT,
    /** A group code in a plant's own form. */
    OWN_FORM
  }

  /** What was repaired. Each happens only where nothing is guessed. */
  public enum Repair {
    /** A scanner's {@code ]d2}, {@code ]C1}, {@code ]Q3} or an FNC1 in front. */
    PREFIX,
    /** Spaces, line ends or a separator at the ends. */
    ENDS,
    /** A separator written as text: {@code \}{@code u001d}, {@code <GS>}, {@code ␝}. */
    WRITTEN_SEPARATOR,
    /** A separator that was lost, where the lengths leave one place for it. */
    LOST_SEPARATOR,
    /** The {@code 00} of an SSCC. */
    TRANSPORT_PREFIX
  }

  /** Whether the code carries more than what identifies it. */
  public boolean hasTail() {
    return full.length() > withoutTail.length();
  }

  /**
   * Reads a code as it stands in a legacy document.
   *
   * @throws MalformedCodeException when no rule reads or repairs it
   */
  public static MarkingCode parse(String raw) throws MalformedCodeException {
    return MarkingCodeReader.read(raw, SHORTEST_OWN_FORM_AMONG_CODES);
  }

  /**
   * Reads a code of a marketplace, whose documented form takes every printable character: a
   * backslash that writes no separator stays (change table Y7).
   *
   * @throws MalformedCodeException when no rule reads or repairs it
   */
  public static MarkingCode parseWithBackslashes(String raw) throws MalformedCodeException {
    return MarkingCodeReader.readWithBackslashes(raw, SHORTEST_OWN_FORM_AMONG_CODES);
  }

  /**
   * Reads the serial number of a packing unit: an SSCC, a group code, or any own form of 1 to 74
   * printable characters.
   *
   * @throws MalformedCodeException when no rule reads or repairs it
   */
  public static MarkingCode parseUnit(String raw) throws MalformedCodeException {
    return MarkingCodeReader.read(raw, 1);
  }

  /** A code that no rule reads. */
  public static final class MalformedCodeException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int position;
    private final String reason;

    MalformedCodeException(int position, String reason) {
      super("reading a marking code at character " + position + ": " + reason);
      this.position = position;
      this.reason = reason;
    }

    /** Where reading stopped, counted from 0, in the code as it came. */
    public int position() {
      return position;
    }

    /** One of the {@code reason.…} of the problem sentences. */
    public String reason() {
      return reason;
    }
  }
}
