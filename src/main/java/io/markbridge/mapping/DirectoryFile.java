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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A directory as it stands in its file: a header line, then rows. Spreadsheets write {@code ;} and
 * a byte order mark; both are taken.
 *
 * @param columns of the header, in order
 */
record DirectoryFile(String file, Set<String> columns, List<Row> rows) {

  /**
   * One row.
   *
   * @param line of the file, from 1
   * @param key what stands in the first column; may be empty
   * @param values by column, blank ones left out
   */
  record Row(int line, String key, Map<String, String> values) {}

  /**
   * @throws IOException when there is none, or it is no CSV
   */
  static DirectoryFile read(SiteFiles files, String name) throws IOException {
    String file = Directories.file(name);
    String text = text(files, file);
    List<Row> rows = new ArrayList<>();
    try (CsvParser parser = new CsvFactory().createParser(new StringReader(text))) {
      parser.enable(CsvParser.Feature.TRIM_SPACES);
      parser.enable(CsvParser.Feature.SKIP_EMPTY_LINES);
      parser.setSchema(
          CsvSchema.emptySchema().withHeader().withComments().withColumnSeparator(separator(text)));
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        rows.add(row(parser));
      }
      Set<String> columns = new LinkedHashSet<>();
      parser.getSchema().forEach(column -> columns.add(column.getName()));
      return new DirectoryFile(file, columns, rows);
    } catch (IOException unreadable) {
      String why = String.valueOf(unreadable.getMessage()).lines().findFirst().orElse("");
      throw new IOException("reading directory " + file + ": " + why, unreadable);
    }
  }

  private static String text(SiteFiles files, String file) throws IOException {
    try (InputStream input = files.open(file)) {
      String text = new String(input.readAllBytes(), StandardCharsets.UTF_8);
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (FileNotFoundException absent) {
      throw new IOException("reading directory " + file + ": not found", absent);
    }
  }

  private static Row row(CsvParser parser) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    Optional<String> key = Optional.empty();
    int line = 0;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String column = parser.currentName();
      String value = parser.nextTextValue();
      if (key.isEmpty()) {
        key = Optional.of(value == null ? "" : value);
        line = parser.currentLocation().getLineNr();
      }
      if (value != null && !value.isBlank()) {
        values.put(column, value);
      }
    }
    return new Row(line, key.orElse(""), Map.copyOf(values));
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
