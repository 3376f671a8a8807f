package io.markbridge.mapping;

import io.markbridge.document.ProblemCode;
import io.markbridge.mapping.Value.Digits;
import io.markbridge.mapping.Value.Flag;
import io.markbridge.mapping.Value.Items;
import io.markbridge.mapping.Value.Scalar;
import io.markbridge.mapping.Value.Text;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Texts, numbers, flags and dates. The legacy wire is sloppy: a number may be a string and back.
 */
final class ScalarTypes {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?\\d{1,30}");
  private static final Pattern GTIN = Pattern.compile("\\d{14}");

  /** As a problem tells it. */
  private static final String OF_CODE = "A-Z a-z 0-9 ! \" % & ' ( ) * + , - . / _ : ; < = > ?";

  private ScalarTypes() {}

  static Map<String, FieldType> all() {
    return Map.of(
        "text", ScalarTypes::text,
        "texts", ScalarTypes::texts,
        "integer", ScalarTypes::integer,
        "count", ScalarTypes::count,
        "boolean", ScalarTypes::flag,
        "gtin", ScalarTypes::gtin,
        "date", ScalarTypes::date,
        "moment", ScalarTypes::moment);
  }

  static Value text(Value value, String at, FieldContext context) throws FieldProblem {
    if (value instanceof Flag) {
      throw context.malformed(value, at, "a text");
    }
    // Blanks at the ends are of the program that wrote it: the text is printed without them.
    String text = scalar(value, at, context, "a text").text().strip();
    long longest = longest(context);
    if (text.isEmpty() || text.length() > longest) {
      throw context.malformed(value, at, "1-" + longest + " characters");
    }
    boolean ofCode = context.rule().option("characters", "").equals("of-code");
    if (ofCode && !text.chars().allMatch(MarkingCodeReader::isOfCode)) {
      throw context.malformed(value, at, OF_CODE);
    }
    return new Text(text);
  }

  /** The row's {@code longest}: a number, or where the operator preset has it. */
  private static long longest(FieldContext context) {
    String longest = context.rule().option("longest", "1000");
    return longest.contains("/")
        ? context.document().preset().number(longest, 1000)
        : Long.parseLong(longest);
  }

  /** Distinct texts; where the row says {@code count: <new field>}, as many as that one says. */
  private static Value texts(Value value, String at, FieldContext context) throws FieldProblem {
    if (!(value instanceof Items array)) {
      throw context.malformed(value, at, "an array");
    }
    if (array.items().isEmpty()) {
      return null;
    }
    List<Value> texts = new ArrayList<>(array.items().size());
    for (int index = 0; index < array.items().size(); index++) {
      texts.add(text(array.items().get(index), at + "[" + index + "]", context));
    }
    Map<Value, Integer> places = new HashMap<>();
    for (int index = 0; index < texts.size(); index++) {
      Integer first = places.putIfAbsent(texts.get(index), index);
      if (first != null) {
        String second = at + "[" + index + "]";
        throw new FieldProblem(
            context.problem(
                ProblemCode.CODE_TWICE, second, "first", at + "[" + first + "]", "second", second));
      }
    }
    checkCount(texts.size(), at, context);
    return new Items(texts);
  }

  /** What could not be read is not counted, so nothing is said beside other problems. */
  static void checkCount(int count, String at, FieldContext context) throws FieldProblem {
    String name = "";
    String told = "";
    for (String one : context.rule().option("count", "").split(", ")) {
      // A field that is not sent is compared all the same.
      String said = context.outText(one).isEmpty() ? context.legacyText(one) : context.outText(one);
      if (told.isEmpty() && !said.isEmpty()) {
        name = one;
        told = said.trim();
      }
    }
    boolean differs = !told.isEmpty() && !told.equals(String.valueOf(count));
    if (differs && context.entry().problems().isEmpty()) {
      throw new FieldProblem(
          context.problem(
              ProblemCode.VALUES_CONTRADICT,
              at,
              "first",
              name + " " + told,
              "second",
              context.rule().name() + ": " + count));
    }
  }

  /** A whole number, at least the row's {@code least}. */
  static Value integer(Value value, String at, FieldContext context) throws FieldProblem {
    String text = scalar(value, at, context, "a whole number").text().trim();
    if (!WHOLE_NUMBER.matcher(text).matches()) {
      throw context.malformed(value, at, "a whole number");
    }
    BigInteger number = new BigInteger(text);
    BigInteger least = new BigInteger(context.rule().option("least", "0"));
    if (number.compareTo(least) < 0 || number.bitLength() > 63) {
      throw context.malformed(value, at, "a whole number, at least " + least);
    }
    return new Digits(number.toString());
  }

  /**
   * As told by the legacy side, less what is left out as accepted already. Never compared; 0 is
   * what a program writes that does not count.
   */
  private static Value count(Value value, String at, FieldContext context) throws FieldProblem {
    Value told = integer(value, at, context);
    if (((Digits) told).text().equals("0")) {
      return null;
    }
    BigInteger rest =
        new BigInteger(((Digits) told).text())
            .subtract(BigInteger.valueOf(context.entry().leftOut()));
    return rest.signum() > 0 ? new Digits(rest.toString()) : told;
  }

  private static Value flag(Value value, String at, FieldContext context) throws FieldProblem {
    if (value instanceof Flag) {
      return value;
    }
    return switch (scalar(value, at, context, "true or false").text()) {
      case "true", "1" -> new Flag(true);
      case "false", "0" -> new Flag(false);
      default -> throw context.malformed(value, at, "true or false");
    };
  }

  /** 14 digits. Never padded, and the check digit is never checked. */
  private static Value gtin(Value value, String at, FieldContext context) throws FieldProblem {
    String text = scalar(value, at, context, "14 digits").text().trim();
    if (!GTIN.matcher(text).matches()) {
      throw context.malformed(value, at, "14 digits");
    }
    return new Text(text);
  }

  /** A day in the plant's zone, or a moment, in the form that the preset wants. */
  private static Value date(Value value, String at, FieldContext context) throws FieldProblem {
    OffsetDateTime date = readDate(value, at, context);
    Instant now = context.document().request().acceptedAt();
    boolean future = date.toInstant().isAfter(now);
    String refused = future ? "future" : "past";
    if (context.rule().option(refused, "allowed").equals("refused")) {
      throw new FieldProblem(
          context.problem(
              ProblemCode.VALUE_NOT_ALLOWED,
              at,
              "value",
              Value.describe(value),
              "allowed",
              (future ? "<= " : "> ") + context.document().dates().moment(now)));
    }
    return new Text(context.document().writeDate(date));
  }

  /** A moment with its zone, to the second, whatever form the preset wants for days. */
  private static Value moment(Value value, String at, FieldContext context) throws FieldProblem {
    OffsetDateTime date = readDate(value, at, context);
    return new Text(context.document().dates().moment(date.toInstant()));
  }

  private static OffsetDateTime readDate(Value value, String at, FieldContext context)
      throws FieldProblem {
    String text = scalar(value, at, context, "a date such as 2026-08-17").text();
    Optional<OffsetDateTime> date = context.document().dates().read(text);
    if (date.isEmpty()) {
      throw context.malformed(value, at, PlantDates.FORMS);
    }
    return date.get();
  }

  static Scalar scalar(Value value, String at, FieldContext context, String expected)
      throws FieldProblem {
    if (value instanceof Scalar scalar) {
      return scalar;
    }
    throw context.malformed(value, at, expected);
  }
}
