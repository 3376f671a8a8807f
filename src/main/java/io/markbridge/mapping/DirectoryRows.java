package io.markbridge.mapping;

import io.markbridge.settings.NearestName;
import io.markbridge.settings.SiteFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Whether the rows of a site's directories can mean something: known columns, each key once, and
 * values of their form. The bridge starts with wrong ones, and refuses the documents that need
 * them.
 */
public final class DirectoryRows {
  private static final int MOST_TOLD = 20;

  private record Form(String allowed, Predicate<String> reads) {}

  private final Map<String, Map<String, Form>> forms = new LinkedHashMap<>();
  private final Map<String, DirectoryFile> files = new TreeMap<>();

  private DirectoryRows(SiteFiles site, Countries countries) throws IOException {
    Form number = new Form("a whole number from 1", value -> value.matches("0*[1-9]\\d{0,17}"));
    Form country =
        new Form(
            "a code or name of " + Directories.file("countries"),
            value -> countries.find(value).isPresent());
    Form any = new Form("a text", value -> true);
    put("business-places", Map.of("factory-id", any, "business-place-id", number));
    put(
        "contractors",
        Map.of("service-provider-id", any, "tin", digits(5, 20), "country", country));
    put(
        "products",
        Map.of(
            "gtin",
            // Spreadsheets take leading zeros away.
            digits(8, 14),
            "shelf-life-days",
            number,
            "shelf-life-months",
            number,
            "country",
            country,
            "series",
            new Form("required or none", value -> value.matches("required|none"))));
    for (String name : forms.keySet()) {
      files.put(name, DirectoryFile.read(site, name));
    }
    files.put("countries", DirectoryFile.read(site, "countries"));
  }

  private void put(String name, Map<String, Form> columns) {
    forms.put(name, columns);
  }

  private static Form digits(int least, int most) {
    return new Form(
        least + " to " + most + " digits; a spreadsheet keeps them in a column of texts",
        value -> value.matches("\\d{" + least + "," + most + "}"));
  }

  /**
   * @throws IOException when a directory cannot be read
   */
  public static DirectoryRows read(SiteFiles files) throws IOException {
    return new DirectoryRows(files, Directories.load(files).countries());
  }

  /** The columns of each directory. */
  public Map<String, Set<String>> columns() {
    Map<String, Set<String>> columns = new HashMap<>();
    files.forEach((name, file) -> columns.put(name, file.columns()));
    return columns;
  }

  /** How many rows a directory has. */
  public int count(String name) {
    return files.get(name).rows().size();
  }

  /**
   * Rows that are wrong, of a file the first ones.
   *
   * @param tables may name columns that a site has added
   */
  public List<WrongRow> wrong(MappingTables tables) {
    Set<String> named = tables.directoryColumns();
    List<WrongRow> wrong = new ArrayList<>();
    forms.forEach(
        (name, columns) ->
            wrong.addAll(
                wrong(files.get(name), columns, named).stream().limit(MOST_TOLD).toList()));
    return wrong;
  }

  private static List<WrongRow> wrong(
      DirectoryFile file, Map<String, Form> columns, Set<String> named) {
    List<WrongRow> wrong = new ArrayList<>();
    for (String column : file.columns()) {
      if (!columns.containsKey(column) && !named.contains(column)) {
        wrong.add(
            new WrongRow(
                file.file() + ", header",
                "nothing reads the column \"" + column + "\"",
                "did you mean "
                    + NearestName.to(column, columns.keySet()).orElseThrow()
                    + "? Put a comment into a line that begins with #"));
      }
    }
    Map<String, Integer> lines = new HashMap<>();
    for (DirectoryFile.Row row : file.rows()) {
      String place = file.file() + ", line " + row.line();
      if (row.key().isBlank()) {
        wrong.add(new WrongRow(place, "its first column is empty", "write the key, or remove it"));
        continue;
      }
      Integer first = lines.putIfAbsent(row.key(), row.line());
      if (first != null) {
        wrong.add(
            new WrongRow(
                place,
                "\"" + row.key() + "\" stands in line " + first + " too; the last one counts",
                "keep one of them"));
      }
      if (row.values().size() == 1 && file.columns().size() > 1) {
        wrong.add(
            new WrongRow(
                place, "it says nothing about \"" + row.key() + "\"", "fill or remove it"));
      }
      row.values()
          .forEach(
              (column, value) -> {
                Form form = columns.get(column);
                if (form != null && !form.reads().test(value)) {
                  wrong.add(
                      new WrongRow(
                          place, column + " is \"" + value + "\"", "write " + form.allowed()));
                }
              });
    }
    return wrong;
  }
}
