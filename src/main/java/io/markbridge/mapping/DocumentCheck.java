package io.markbridge.mapping;

import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.mapping.Value.Scalar;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;

/** A rule over several new fields of a document. A mapping table lists them by name. */
@FunctionalInterface
interface DocumentCheck {

  void check(Checked checked, DocumentContext document, Problems problems);

  /**
   * What is checked.
   *
   * @param values new fields of the document, or of one part of it, and what is remembered of it
   * @param legacy its old fields, which a problem names
   */
  record Checked(Map<String, Value> values, MappingTable table, Map<String, Value> legacy) {

    String text(String name) {
      return values.get(name) instanceof Scalar scalar ? scalar.text() : "";
    }

    /** A problem at the old field that a new one was read from. */
    Problem contradiction(String name, String first, String second) {
      Optional<FieldRule> rule =
          table.document().rules().stream().filter(row -> row.name().equals(name)).findFirst();
      String field =
          rule.stream()
              .flatMap(row -> row.from().stream())
              .filter(from -> !DocumentSources.isAbsent(legacy.get(from)))
              .findFirst()
              .orElse(name);
      return Problem.of(
          ProblemCode.VALUES_CONTRADICT,
          "$." + field,
          rule.map(FieldRule::row).orElse(""),
          "first",
          first,
          "second",
          second);
    }
  }

  /** Checks by name. */
  Map<String, DocumentCheck> NAMED =
      Map.of("import-country", DocumentCheck::importCountry, "expiry", DocumentCheck::expiry);

  /**
   * @throws IllegalArgumentException when there is none of that name
   */
  static DocumentCheck named(String name) {
    DocumentCheck check = NAMED.get(name);
    if (check == null) {
      throw new IllegalArgumentException("there is no check named " + name);
    }
    return check;
  }

  /** IMPORT with the home country, or PRODUCTION with a foreign one, is a false statement. */
  private static void importCountry(Checked checked, DocumentContext document, Problems problems) {
    String refuse =
        document
            .setting("refuse-contradicting-import")
            .map(SiteDefaults.SiteValue::value)
            .or(() -> document.preset().text("mapping/refuse-contradicting-import"))
            .orElse("true");
    String release = checked.text("releaseType");
    String country = checked.text("manufacturerCountry");
    if (!refuse.equals("true") || release.isEmpty() || country.isEmpty()) {
      return;
    }
    boolean home = country.equals(document.preset().text("home-country").orElse(""));
    boolean contradicts =
        (release.equals("IMPORT") && home) || (release.equals("PRODUCTION") && !home);
    if (contradicts) {
      problems.add(
          checked.contradiction(
              "manufacturerCountry",
              "releaseType " + release,
              "manufacturerCountry " + country + " (refuse-contradicting-import: true)"));
    }
  }

  /** What expires before it was made was mixed up. */
  private static void expiry(Checked checked, DocumentContext document, Problems problems) {
    String made = checked.text("productionDate");
    String ends = checked.text("expirationDate");
    Optional<OffsetDateTime> start = document.dates().read(made);
    Optional<OffsetDateTime> end = document.dates().read(ends);
    if (start.isPresent() && end.isPresent() && end.get().isBefore(start.get())) {
      problems.add(
          checked.contradiction(
              "expirationDate", "productionDate " + made, "expirationDate " + ends));
    }
  }
}
