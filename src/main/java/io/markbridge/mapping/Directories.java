package io.markbridge.mapping;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.markbridge.settings.SiteFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The site's directories, {@code config/directories/<name>.csv}: a header line, then rows found by
 * their first column. Spreadsheets write {@code ;} and a byte order mark; both are taken.
 */
public final class Directories {
  private static final int GTIN_LENGTH = 14;
  private static final Pattern SHORT_GTIN = Pattern.compile("\\d{8,13}");
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final String[] NAMES = {"business-places", "products", "contractors", "countries"};

  private final Map<String, Map<String, Map<String, String>>> directories;
  private final Countries countries;

  private Directories(Map<String, Map<String, Map<String, String>>> directories) {
    this.directories = directories;
    this.countries = new Countries(rows("countries"));
  }

  /**
   * Reads all directories.
   *
   * @throws IOException when one is missing or is no CSV
   */
  public static Directories load(SiteFiles files) throws IOException {
    Map<String, Map<String, Map<String, String>>> directories = new HashMap<>();
    for (String name : NAMES) {
      directories.put(name, read(files, name));
    }
    return new Directories(directories);
  }

  /** Where a directory stands. */
  static String file(String name) {
    return "config/directories/" + name + ".csv";
  }

  Countries countries() {
    return countries;
  }

  /** Rows by first column, each a map of column to value, blank values left out. */
  Map<String, Map<String, String>> rows(String name) {
    return directories.getOrDefault(name, Map.of());
  }

  /** One value. */
  Optional<String> find(String name, String key, String column) {
    return Optional.ofNullable(rows(name).getOrDefault(key(name, key), Map.of()).get(column));
  }

  /**
   * Spreadsheets take the leading zeros of a GTIN away, and systems differ in the case of a UUID:
   * both say the same.
   */
  private static String key(String name, String key) {
    if (name.equals("products") && SHORT_GTIN.matcher(key).matches()) {
      return "0".repeat(GTIN_LENGTH - key.length()) + key;
    }
    return UUID_FORM.matcher(key).matches() ? key.toLowerCase(Locale.ROOT) : key;
  }

  private static Map<String, Map<String, String>> read(SiteFiles files, String name)
      throws IOException {
    String file = file(name);
    String text;
    try (InputStream input = files.open(file)) {
      text = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    } catch (FileNotFoundException exception) {
      throw new IOException("reading directory " + file + ": not found", exception);
    }
    if (text.startsWith("\ufeff")) {
      text = text.substring(1);
    }
    Map<String, Map<String, String>> rows = new HashMap<>();
    try (CsvParser parser = new CsvFactory().createParser(new StringReader(text))) {
      parser.enable(CsvParser.Feature.TRIM_SPACES);
      parser.enable(CsvParser.Feature.SKIP_EMPTY_LINES);
      parser.setSchema(
          CsvSchema.emptySchema().withHeader().withComments().withColumnSeparator(separator(text)));
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        readRow(parser, name, rows);
      }
    } catch (IOException exception) {
      throw new IOException("reading directory " + file, exception);
    }
    return rows;
  }

  private static void readRow(CsvParser parser, String name, Map<String, Map<String, String>> rows)
      throws IOException {
    Map<String, String> row = new HashMap<>();
    String key = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String column = parser.currentName();
      String value = parser.nextTextValue();
      if (key == null) {
        key = value == null ? "" : value;
      }
      if (value != null && !value.isBlank()) {
        row.put(column, value);
      }
    }
    if (key != null && !key.isEmpty()) {
      rows.put(key(name, key), Map.copyOf(row));
    }
  }

  private static char separator(String text) {
    String header =
        text.lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .findFirst()
            .orElse("");
    return header.contains(";") && !header.contains(",") ? ';' : ',';
  }
}
