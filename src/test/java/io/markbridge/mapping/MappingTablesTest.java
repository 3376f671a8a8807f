package io.markbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.markbridge.settings.SiteFiles;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingTablesTest {
  @TempDir Path directory;

  private MappingTables tables() throws Exception {
    return MappingTables.load(new SiteFiles(directory));
  }

  @Test
  void everyRowOfTheRequestsStandsInATable() throws Exception {
    Set<String> ids = tables().rows().stream().map(MappingRow::id).collect(Collectors.toSet());
    assertThat(ids)
        .contains("3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.8", "3.9", "3.10", "3.11")
        .contains("6.1", "6.2", "6.3", "6.4", "6.5", "6.6", "6.7", "6.8", "6.9", "6.10")
        .contains("7.2", "7.3", "7.4", "7.5", "7.6", "7.7", "7.8")
        .contains("X1", "X3", "X4", "X5", "X6", "G3", "G4");
  }

  @Test
  void aRowSaysWhatHappens() throws Exception {
    assertThat(tables().rows())
        .contains(
            new MappingRow(
                "7.8",
                "aggregation",
                "aggregationUnits[*].sntins",
                "aggregationUnits[*].codes",
                "renamed",
                "without crypto tail"))
        .contains(new MappingRow("3.5", "order", "factoryName", "", "dropped", "no longer used"));
  }

  @Test
  void aFurtherKindNeedsOnlyATable() throws Exception {
    MapperHarness harness =
        new MapperHarness(directory)
            .file("config/mappings/tables.yaml", "tables: [cis]")
            .file(
                "config/mappings/cis.yaml",
                """
                kind: cis
                call: identifiers
                stream: items
                fields:
                  - {row: Y4, from: campaignId, to: "?campaignId", type: integer, required: true}
                  - {row: Y4, from: orderId, to: "?orderId", type: integer, required: true}
                  - {row: Y5, from: items, to: items, type: objects}
                  - {row: Y5, from: "items[].id", to: "items[].id", type: integer, required: true}
                  - {row: Y5, from: "items[].instances", to: "items[].instances", type: objects, required: true}
                  - {row: Y6, from: "items[].instances[].cis", to: "items[].instances[].cis", type: code, required: true}
                """);
    String code = "0104780012345679215abcdefghijkl\\u001d93AbCd";
    MapperHarness.Result result =
        harness.map(
            "cis",
            "{\"campaignId\":7,\"orderId\":\"9007199254740993\",\"items\":[{\"id\":1,\"instances\":[{\"cis\":\""
                + code.replace("\\u", "\\\\u")
                + "\"}]}]}");
    assertThat(result.body())
        .isEqualTo("{\"items\":[{\"id\":1,\"instances\":[{\"cis\":\"" + code + "\"}]}]}");
    assertThat(result.document().parts().get(0).query())
        .containsEntry("campaignId", "7")
        .containsEntry("orderId", "9007199254740993");
    assertThat(result.document().parts().get(0).codes()).isEqualTo(1);
  }

  @Test
  void aTableThatNamesWhatDoesNotExistIsRefusedAtStart() throws Exception {
    new MapperHarness(directory)
        .file("config/mappings/tables.yaml", "tables: [bad]")
        .file(
            "config/mappings/bad.yaml",
            "{kind: bad, call: x, stream: s, fields: [{row: '1', from: s, to: s, type: magic}]}")
        .writeFiles();
    assertThatThrownBy(this::tables)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("config/mappings/bad.yaml")
        .hasMessageContaining("magic");
  }
}
