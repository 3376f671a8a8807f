package io.markbridge.cli;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.markbridge.mapping.OrderFacts;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.Settings;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads {@code orders.csv}: one row for each GTIN of an order that was made before the bridge.
 * Comma or semicolon, with or without a byte order mark, as spreadsheets write it.
 */
final class OrdersFile {
  static final List<String> COLUMNS =
      List.of(
          "account",
          "product_group",
          "gtin",
          "production_order_id",
          "release_type",
          "manufacturer_country",
          "business_place_id");

  private static final List<String> REQUIRED = List.of("account", "product_group", "gtin");
  private static final long LARGEST = 64L * 1024 * 1024;
  private static final int MOST_PROBLEMS = 100;
  private static final int LONGEST_NUMBER = 255;
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private final Set<String> accounts;
  private final Set<String> groups;
  private final Set<String> releaseTypes;
  private final List<OrderFacts> facts = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  OrdersFile(Settings settings, OperatorPreset preset) {
    this.accounts = settings.accounts();
    this.groups = new TreeSet<>(preset.list("mapping/known-groups"));
    this.groups.addAll(preset.table("mapping/product-groups").keySet());
    this.groups.addAll(settings.groups());
    this.releaseTypes = new TreeSet<>(preset.table("mapping/release-type").values());
  }

  /** All rows; worth something only where there are no problems. */
  List<OrderFacts> facts() {
    return List.copyOf(facts);
  }

  /** What is wrong, each with row (counted from 1, the header is row 1) and column. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /**
   * @throws CommandFailedException when the file cannot be read at all
   */
  void read(Path file) {
    String text = text(file);
    String header = text.lines().findFirst().orElse("");
    char separator = header.contains(";") && !header.contains(",") ? ';' : ',';
    try (CsvParser parser = new CsvFactory().createParser(new StringReader(text))) {
      parser.enable(CsvParser.Feature.WRAP_AS_ARRAY);
      parser.enable(CsvParser.Feature.TRIM_SPACES);
      parser.setSchema(CsvSchema.emptySchema().withColumnSeparator(separator));
      parser.nextToken();
      List<String> columns = null;
      int row = 0;
      while (parser.nextToken() == JsonToken.START_ARRAY && problems.size() < MOST_PROBLEMS) {
        row++;
        List<String> cells = cells(parser);
        if (columns == null) {
          columns = cells;
          if (!checkHeader(columns)) {
            return;
          }
        } else if (cells.stream().anyMatch(cell -> !cell.isEmpty())) {
          row(row, columns, cells);
        }
      }
    } catch (IOException unreadable) {
      throw new CommandFailedException(
          "reading " + file + ": " + Causes.told(unreadable), unreadable);
    }
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new CommandFailedException(
            "reading " + file + ": larger than " + LARGEST + " bytes; split it");
      }
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException notUtf8) {
      throw new CommandFailedException("reading " + file + ": save it as UTF-8", notUtf8);
    } catch (IOException unreadable) {
      throw new CommandFailedException(
          "reading " + file + ": " + Causes.told(unreadable), unreadable);
    }
  }

  private static List<String> cells(CsvParser parser) throws IOException {
    List<String> cells = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      cells.add(parser.getText() == null ? "" : parser.getText().strip());
    }
    return cells;
  }

  private boolean checkHeader(List<String> columns) {
    for (String column : columns) {
      if (!COLUMNS.contains(column)) {
        problems.add("row 1: unknown column '" + column + "'; known: " + String.join(",", COLUMNS));
      }
    }
    for (String column : REQUIRED) {
      if (!columns.contains(column)) {
        problems.add("row 1: the column " + column + " is missing");
      }
    }
    if (columns.stream().distinct().count() != columns.size()) {
      problems.add("row 1: a column stands twice");
    }
    return problems.isEmpty();
  }

  private void row(int row, List<String> columns, List<String> cells) {
    if (cells.size() > columns.size()) {
      problems.add("row " + row + ": more cells than columns");
      return;
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int index = 0; index < cells.size(); index++) {
      if (!cells.get(index).isEmpty()) {
        values.put(columns.get(index), cells.get(index));
      }
    }
    int before = problems.size();
    oneOf(row, values, "account", accounts);
    oneOf(row, values, "product_group", groups);
    oneOf(row, values, "release_type", releaseTypes);
    check(row, values, "gtin", "14 digits", OrdersFile::gtin);
    check(row, values, "manufacturer_country", "ISO alpha-2, such as UZ", COUNTRIES::contains);
    check(row, values, "business_place_id", "a whole number above 0", OrdersFile::positive);
    check(
        row,
        values,
        "production_order_id",
        "at most " + LONGEST_NUMBER + " characters",
        text -> text.length() <= LONGEST_NUMBER);
    for (String column : REQUIRED) {
      if (!values.containsKey(column)) {
        problems.add("row " + row + ", column " + column + ": is missing");
      }
    }
    if (problems.size() == before) {
      facts.add(facts(values));
    }
  }

  private static OrderFacts facts(Map<String, String> values) {
    return new OrderFacts(
        values.get("account"),
        values.get("product_group"),
        values.get("gtin"),
        Optional.empty(),
        Optional.ofNullable(values.get("production_order_id")),
        Optional.ofNullable(values.get("release_type")),
        Optional.ofNullable(values.get("manufacturer_country")),
        Optional.ofNullable(values.get("business_place_id")).map(Long::valueOf));
  }

  private void oneOf(int row, Map<String, String> values, String column, Set<String> allowed) {
    check(row, values, column, "one of " + String.join(", ", allowed), allowed::contains);
  }

  private void check(
      int row,
      Map<String, String> values,
      String column,
      String expected,
      java.util.function.Predicate<String> fits) {
    String value = values.get(column);
    if (value != null && !fits.test(value)) {
      problems.add(
          "row "
              + row
              + ", column "
              + column
              + ": '"
              + Printable.line(value, 60)
              + "' is wrong; expected "
              + expected);
    }
  }

  private static boolean positive(String text) {
    return text.matches("[1-9]\\d{0,17}");
  }

  /** As in an order: the check digit is never looked at. */
  private static boolean gtin(String text) {
    return text.matches("\\d{14}");
  }
}
