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

  /**
   * @param out new fields of the document, or of one part of it
   */
  void check(Map<String, Value> out, DocumentContext document, Problems problems);

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
  private static void importCountry(
      Map<String, Value> out, DocumentContext document, Problems problems) {
    String refuse =
        document
            .setting("refuse-contradicting-import")
            .map(SiteDefaults.SiteValue::value)
            .or(() -> document.preset().text("mapping/refuse-contradicting-import"))
            .orElse("true");
    String release = text(out, "releaseType");
    String country = text(out, "manufacturerCountry");
    if (!refuse.equals("true") || release.isEmpty() || country.isEmpty()) {
      return;
    }
    boolean home = country.equals(document.preset().text("home-country").orElse(""));
    boolean contradicts =
        (release.equals("IMPORT") && home) || (release.equals("PRODUCTION") && !home);
    if (contradicts) {
      problems.add(
          Problem.of(
              ProblemCode.VALUES_CONTRADICT,
              "$.manufacturerCountry",
              "6.6",
              "first",
              "releaseType " + release,
              "second",
              "manufacturerCountry " + country));
    }
  }

  /** What expires before it was made was mixed up. */
  private static void expiry(Map<String, Value> out, DocumentContext document, Problems problems) {
    Optional<OffsetDateTime> made = document.dates().read(text(out, "productionDate"));
    Optional<OffsetDateTime> ends = document.dates().read(text(out, "expirationDate"));
    if (made.isPresent() && ends.isPresent() && ends.get().isBefore(made.get())) {
      problems.add(
          Problem.of(
              ProblemCode.VALUES_CONTRADICT,
              "$.expirationDate",
              "6.9",
              "first",
              "productionDate " + text(out, "productionDate"),
              "second",
              "expirationDate " + text(out, "expirationDate")));
    }
  }

  private static String text(Map<String, Value> out, String name) {
    return out.get(name) instanceof Scalar scalar ? scalar.text() : "";
  }
}
