package io.markbridge.mapping;

import io.markbridge.settings.SiteFiles;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The site's directories, {@code config/directories/<name>.csv}: a header line, then rows found by
 * their first column.
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

  /**
   * Whether a directory has a row that says something of a value, found as documents find it: by
   * the first column, a country by its code or name.
   *
   * @param file as {@link #file} names it; another one has none
   */
  public boolean has(String file, String value) {
    if (file.equals(file("countries"))) {
      return countries.find(value).isPresent();
    }
    return directories.keySet().stream()
        .filter(name -> file.equals(file(name)))
        .anyMatch(name -> rows(name).getOrDefault(key(name, value), Map.of()).size() > 1);
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
    Map<String, Map<String, String>> rows = new HashMap<>();
    for (DirectoryFile.Row row : DirectoryFile.read(files, name).rows()) {
      if (!row.key().isEmpty()) {
        rows.put(key(name, row.key()), row.values());
      }
    }
    return rows;
  }
}
