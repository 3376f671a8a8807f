package io.markbridge.process;

import static io.quarkus.test.common.TestResourceScope.RESTRICTED_TO_CLASS;
import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.mapping.ChangeTable;
import io.markbridge.mapping.MappingRow;
import io.markbridge.mapping.MappingTables;
import io.markbridge.settings.SiteFiles;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Walks the change table row by row: each row of {@code config/change-table.yaml} has a check that
 * drives the bridge and looks at what it sends or answers, and there is no check without a row.
 */
@QuarkusTest
@WithTestResource(value = StandInOperator.class, scope = RESTRICTED_TO_CLASS)
@WithTestResource(value = MarketPlant.class, scope = RESTRICTED_TO_CLASS)
class ChangeTableTest {
  /** How many rows the operators' tables and ours have: G, 1 to 11, X, Y. */
  private static final int ROWS = 6 + 3 + 1 + 12 + 1 + 2 + 10 + 9 + 8 + 3 + 7 + 9;

  private static final Map<String, RowCheck> CHECKS = checks();

  @BeforeEach
  void start() throws Exception {
    OperatorStubs.once();
  }

  private static Map<String, RowCheck> checks() {
    Map<String, RowCheck> checks = new LinkedHashMap<>();
    for (Map<String, RowCheck> some :
        List.of(
            WireRows.checks(),
            AnswerRows.checks(),
            OrderRows.checks(),
            ReportRows.checks(),
            AggregationRows.checks(),
            FurtherRows.checks(),
            MarketRows.checks())) {
      some.forEach(
          (row, check) -> {
            if (checks.put(row, check) != null) {
              throw new IllegalStateException("two checks of row " + row);
            }
          });
    }
    return checks;
  }

  private static List<MappingRow> fields() throws IOException {
    return MappingTables.load(packaged()).rows();
  }

  private static SiteFiles packaged() {
    return new SiteFiles(Path.of("target", "no-site"));
  }

  private static ChangeTable table() throws IOException {
    return ChangeTable.load(packaged(), fields());
  }

  static List<String> rows() throws IOException {
    return table().rows().stream().map(ChangeTable.Row::id).toList();
  }

  @ParameterizedTest(name = "row {0}")
  @MethodSource("rows")
  void everyRowIsKept(String row) throws Exception {
    assertThat(CHECKS).as("row %s has no check", row).containsKey(row);
    CHECKS.get(row).run();
  }

  @Test
  void noRowIsForgottenAndNoCheckIsWithoutOne() throws Exception {
    assertThat(rows()).hasSize(ROWS).containsExactlyInAnyOrderElementsOf(CHECKS.keySet());
  }

  @Test
  void aMappedRowHasAField() throws Exception {
    assertThat(table().rows())
        .filteredOn(row -> row.where() == ChangeTable.Where.MAPPING)
        .allSatisfy(row -> assertThat(row.fields()).as(row.id()).isNotEmpty());
  }

  @Test
  void mappingsNameOnlyRowsOfTheTable() throws Exception {
    Set<String> known = new HashSet<>(rows());
    known.addAll(table().kept());
    assertThat(fields()).allSatisfy(field -> assertThat(known).contains(field.id()));
  }

  @Test
  void explainNamesOnlyRowsOfTheTable() throws Exception {
    Set<String> known = new HashSet<>(rows());
    known.addAll(table().kept());
    List<String> told = new ArrayList<>();
    for (Conversion.Outcome outcome :
        List.of(
            OrderRows.site().of(OrderRows.order()),
            ReportRows.site().of(ReportRows.report()),
            AggregationRows.site().of(AggregationRows.aggregation()))) {
      outcome.explained().forEach(note -> told.add(note.path("row").asText()));
    }
    assertThat(told).isNotEmpty().allSatisfy(row -> assertThat(known).contains(row));
  }
}
