package io.markbridge.mapping;

import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.mapping.SiteDefaults.SiteValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Chooses what a document becomes where its kind has several tables. */
final class Targets {
  /** Name of the side file's field and of the setting. */
  static final String NAME = "target";

  private static final String MODEL = "model";

  private Targets() {}

  /**
   * What the side file says, else the setting, else the target of the account's model, else the
   * first.
   *
   * @throws DocumentRejectedException when a target is named that the kind does not have
   */
  static MappingTable choose(List<MappingTable> tables, DocumentContext context)
      throws DocumentRejectedException {
    if (tables.size() == 1) {
      return tables.get(0);
    }
    Optional<String> wanted =
        Optional.ofNullable(context.request().given().get(NAME))
            .or(() -> context.setting(NAME).map(SiteValue::value));
    if (wanted.isPresent()) {
      return tables.stream()
          .filter(table -> table.target().name().equalsIgnoreCase(wanted.get().strip()))
          .findFirst()
          .orElseThrow(() -> unknown(wanted.get(), tables));
    }
    Optional<String> model = context.setting(MODEL).map(SiteValue::value);
    return tables.stream()
        .filter(
            table ->
                table.target().models().stream()
                    .anyMatch(one -> one.equalsIgnoreCase(model.orElse(""))))
        .findFirst()
        .orElse(tables.get(0));
  }

  private static DocumentRejectedException unknown(String wanted, List<MappingTable> tables) {
    return new DocumentRejectedException(
        Problem.of(
            ProblemCode.VALUE_NOT_ALLOWED,
            NAME,
            "Y1",
            "value",
            wanted,
            "allowed",
            tables.stream().map(table -> table.target().name()).collect(Collectors.joining(", "))));
  }
}
