package io.markbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.markbridge.mapping.SiteDefaults;
import io.markbridge.settings.SiteFiles;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConvertCommandTest {
  private static final String AGGREGATION =
      """
      {"aggregationUnits":[{"aggregatedItemsCount":2,"aggregationType":"AGGREGATION",
        "aggregationUnitCapacity":50,"sntins":["0104780012345679215LJ","0104780012345679215Py"],
        "unitSerialNumber":"1kdu8-ksb71-qwtg99"}],"participantId":"3543033591"}
      """;
  private static final String INNER =
      "{\"aggregationUnits\":[{\"aggregationItemsCount\":2,\"aggregationUnitCapacity\":50,"
          + "\"codes\":[\"0104780012345679215LJ\",\"0104780012345679215Py\"],"
          + "\"unitSerialNumber\":\"1kdu8-ksb71-qwtg99\"}],\"businessPlaceId\":17,"
          + "\"documentDate\":\"2026-11-21T15:15:30+05:00\"}";

  @TempDir Path directory;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  private int convert(String... arguments) {
    output.reset();
    errors.reset();
    ConvertSite site =
        new ConvertSite(
            new SiteFiles(directory), "uz", SiteDefaults.NONE, account -> Optional.empty(), "en");
    ConvertCommand command =
        new ConvertCommand(
            () -> site,
            new PrintStream(output, false, StandardCharsets.UTF_8),
            new PrintStream(errors, true, StandardCharsets.UTF_8),
            Clock.fixed(Instant.parse("2026-11-21T10:15:30Z"), ZoneOffset.UTC));
    return new CommandLine(command)
        .setErr(new PrintWriter(errors, true, StandardCharsets.UTF_8))
        .execute(arguments);
  }

  private String file(String name, String content) throws Exception {
    Path file = directory.resolve(name);
    Files.writeString(file, content);
    return file.toString();
  }

  private String printed() {
    return output.toString(StandardCharsets.UTF_8);
  }

  private String told() {
    return errors.toString(StandardCharsets.UTF_8);
  }

  @Test
  void printsExactlyTheWrapperThatWouldBeSent() throws Exception {
    String file = file("a.json", AGGREGATION);
    assertThat(convert(file, "--group", "pharma", "--set", "businessPlaceId=17")).isZero();
    assertThat(printed())
        .isEqualTo(
            "{\"documentBody\":\""
                + Base64.getEncoder().encodeToString(INNER.getBytes(StandardCharsets.UTF_8))
                + "\"}");
    assertThat(told()).startsWith("part 1: aggregation, 2 codes");
  }

  @Test
  void printsTheInnerDocumentDecodedWithValuesOfTheSideFile() throws Exception {
    String file = file("a.json", AGGREGATION);
    file("a.meta.json", "{\"businessPlaceId\": 17}");
    assertThat(convert(file, "--decoded")).isZero();
    assertThat(printed()).isEqualTo(INNER);
  }

  @Test
  void aSplitDocumentIsOneBodyALine() throws Exception {
    file("x", ""); // an unrelated file beside it
    Path preset = directory.resolve("config/operators/uz.yaml");
    Files.createDirectories(preset.getParent());
    Files.writeString(
        preset,
        Files.readString(Path.of("config/operators/uz.yaml"))
            .replace("units-per-document: 200", "units-per-document: 1"));
    String two =
        file(
            "a.json",
            "{\"aggregationUnits\":[{\"sntins\":[\"0104780012345679215LJ\"],\"unitSerialNumber\":\"a\"},"
                + "{\"sntins\":[\"0104780012345679215LK\"],\"unitSerialNumber\":\"b\"}]}");
    assertThat(convert(two, "--decoded", "--set", "businessPlaceId=17")).isZero();
    assertThat(printed().lines()).hasSize(2).allMatch(line -> line.endsWith("}"));
    assertThat(convert(two, "--decoded", "--set", "businessPlaceId=17", "--part", "2")).isZero();
    assertThat(printed()).contains("5LK").doesNotContain("5LJ").doesNotContain("\n");
    assertThat(convert(two, "--set", "businessPlaceId=17", "--part", "3")).isEqualTo(2);
  }

  @Test
  void aRejectedDocumentGivesALegacyErrorThatNamesFieldAndReason() throws Exception {
    String file = file("a.json", AGGREGATION);
    assertThat(convert(file)).isEqualTo(1);
    JsonNode error = new ObjectMapper().readTree(printed());
    assertThat(error.path("success").asBoolean(true)).isFalse();
    assertThat(error.at("/fieldErrors/0/fieldName").asText()).isEqualTo("businessPlaceId");
    assertThat(error.at("/fieldErrors/0/fieldError").asText()).contains("requires businessPlaceId");
    assertThat(error.at("/fieldErrors/0/errorCode").asInt()).isEqualTo(9101);
    // Clients read the first of globalErrors without looking, so it repeats the field's.
    assertThat(error.at("/globalErrors/0/error").asText()).startsWith("businessPlaceId: ");
    assertThat(told()).contains("FIELD_REQUIRED");
  }

  @Test
  void theOtherOperatorWantsStringsAndTheOtherLanguage() throws Exception {
    String file = file("a.json", "{");
    assertThat(convert(file, "--kind", "order", "--operator", "kz", "--language", "ru"))
        .isEqualTo(1);
    assertThat(new ObjectMapper().readTree(printed()).at("/globalErrors/0").asText())
        .contains("не читается");
  }

  @Test
  void explainsFieldByFieldWithRows() throws Exception {
    String file = file("a.json", AGGREGATION);
    assertThat(convert(file, "--set", "businessPlaceId=17", "--explain")).isZero();
    assertThat(printed().lines().toList())
        .anyMatch(
            line ->
                line.matches(
                    "7\\.8 +aggregationUnits\\[\\*]\\.sntins +aggregationUnits\\[\\*]\\.codes +renamed +payload +1"))
        .anyMatch(line -> line.matches("7\\.2 +participantId +- +dropped .*"))
        .anyMatch(line -> line.matches("7\\.5 +- +businessPlaceId +filled +given +1"))
        .contains("7.8: Renamed; codes are sent without their crypto tail.")
        .noneMatch(line -> line.startsWith("6."));
    assertThat(convert(file, "--set", "businessPlaceId=17", "--explain", "--language", "ru"))
        .isZero();
    assertThat(printed()).contains("7.8: Переименован; коды передаются без криптохвоста.");
    assertThat(convert(file, "--set", "businessPlaceId=17", "--explain", "--json")).isZero();
    assertThat(new ObjectMapper().readTree(printed()).findValuesAsText("row")).contains("7.2");
  }

  @Test
  void aFieldOfAnotherKindIsToldAndPassedOver() throws Exception {
    String file = file("a.json", AGGREGATION);
    String[] both = {
      file, "--decoded", "--set", "businessPlaceId=17", "--set", "releaseType=PRODUCTION"
    };
    assertThat(convert(both)).isZero();
    assertThat(printed()).contains("\"businessPlaceId\":17").doesNotContain("releaseType");
    assertThat(told()).contains("--set releaseType: not used for aggregation");
  }

  @Test
  void wrongUseEndsWithTwo() throws Exception {
    String file = file("a.json", AGGREGATION);
    assertThat(convert()).isEqualTo(2);
    assertThat(convert("missing.json")).isEqualTo(2);
    assertThat(convert(file, "--kind", "invoice")).isEqualTo(2);
    assertThat(convert(file, "--operator", "mars")).isEqualTo(2);
    assertThat(convert(file, "--charset", "klingon")).isEqualTo(2);
    assertThat(convert(file, "--set", "busnessPlaceId=17")).isEqualTo(2);
    assertThat(printed()).isEmpty();
  }

  @Test
  void aBodyThatCannotBeConvertedIsARejectionNotWrongUse() throws Exception {
    assertThat(convert(file("b.json", "{\"something\":1}"))).isEqualTo(1);
    assertThat(printed()).contains("9003");
    assertThat(convert(file("a.json", "{\"sntins\":[],\"dropoutReason\":\"DEFECT\"}")))
        .isEqualTo(1);
    assertThat(printed()).contains("9004").contains("/dropout");
  }
}
