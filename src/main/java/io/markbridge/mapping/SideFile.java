package io.markbridge.mapping;

import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.Payload;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code <name>.meta.json}: a flat object of new field names and values, for what the legacy
 * document cannot say (design decision 9).
 */
public final class SideFile {
  private static final long MOST_BYTES = 1024 * 1024;

  private SideFile() {}

  /**
   * @return values by new field name, for {@link MappingRequest#given}
   * @throws DocumentRejectedException when it is no flat JSON object
   */
  public static Map<String, String> read(Payload payload)
      throws DocumentRejectedException, IOException {
    Problems problems = new Problems();
    Map<String, Value> fields =
        new LegacyReader(payload, Optional.empty())
            .read("", new ValueReader.Limits(MOST_BYTES, Map.of()), problems, (index, item) -> {});
    Map<String, String> given = new LinkedHashMap<>();
    fields.forEach(
        (name, value) -> {
          if (value instanceof Value.Scalar scalar) {
            given.put(name, scalar.text());
          } else {
            problems.add(
                Problem.of(
                    ProblemCode.FIELD_MALFORMED,
                    "meta." + name,
                    "",
                    "value",
                    Value.describe(value),
                    "expected",
                    "a text, a number, true or false"));
          }
        });
    problems.throwIfAny();
    return Map.copyOf(given);
  }
}
