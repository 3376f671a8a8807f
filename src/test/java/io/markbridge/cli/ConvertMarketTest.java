package io.markbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.mapping.ConfiguredDefaults;
import io.markbridge.settings.Settings;
import io.markbridge.settings.SiteFiles;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code convert --kind market-cis}: with the two codes that the documentation prints. */
class ConvertMarketTest {
  private static final String GOOD = "01030410947874432155Qbag!\\u001d93Zjqw";
  private static final String BAD = "01030410947874432155Qbag!\\\\u001d93Zjqw";

  @TempDir Path directory;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  private int convert(String document, String... arguments) throws Exception {
    output.reset();
    errors.reset();
    Settings settings =
        new Settings(
            new SmallRyeConfigBuilder()
                .withSources(
                    new PropertiesConfigSource(
                        Map.of(
                            "markbridge.market.campaigns.1002.model", "FBS",
                            "markbridge.market.campaigns.1003.target", "cis"),
                        "test",
                        100))
                .build());
    ConvertSite site =
        new ConvertSite(
            new SiteFiles(directory),
            "uz",
            new ConfiguredDefaults(settings),
            account -> Optional.empty(),
            "en");
    ConvertCommand command =
        new ConvertCommand(
            () -> site,
            new PrintStream(output, false, StandardCharsets.UTF_8),
            new PrintStream(errors, true, StandardCharsets.UTF_8),
            Clock.fixed(Instant.parse("2026-11-22T10:15:30Z"), ZoneOffset.UTC));
    Path file = directory.resolve("cis.json");
    Files.writeString(file, document);
    String[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = file.toString();
    return new CommandLine(command)
        .setErr(new PrintWriter(errors, true, StandardCharsets.UTF_8))
        .execute(all);
  }

  private static String document(String campaign, String code) {
    return "{\"campaignId\":"
        + campaign
        + ",\"orderId\":9007199254740993,\"items\":[{\"id\":9223372036854775807,\"count\":1,"
        + "\"instances\":[{\"cis\":\""
        + code
        + "\"}]}]}";
  }

  private String printed() {
    return output.toString(StandardCharsets.UTF_8);
  }

  private String told() {
    return errors.toString(StandardCharsets.UTF_8);
  }

  private static String identifiers(String code) {
    return "{\"items\":[{\"id\":9223372036854775807,\"instances\":[{\"cis\":\"" + code + "\"}]}]}";
  }

  @Test
  void theGoodCodeStaysAsItIs() throws Exception {
    assertThat(convert(document("1001", GOOD), "--kind", "market-cis")).isZero();
    assertThat(printed()).isEqualTo(identifiers(GOOD));
    assertThat(told())
        .contains("market-identifiers", "orderId=9007199254740993")
        .doesNotContain("repaired");
  }

  @Test
  void theCodeThatWasEscapedTwiceIsRepairedAndSaidSo() throws Exception {
    assertThat(convert(document("1001", BAD), "--kind", "market-cis")).isZero();
    assertThat(printed()).isEqualTo(identifiers(GOOD));
    assertThat(told())
        .contains("repaired: 1 code(s) in items[*].instances[*].cis, written separator");
  }

  @Test
  void theKindIsToldFromTheBody() throws Exception {
    assertThat(convert(document("1001", GOOD))).isZero();
    assertThat(printed()).isEqualTo(identifiers(GOOD));
  }

  @Test
  void theTargetIsWhatTheCommandOrTheCampaignSays() throws Exception {
    String boxes =
        "{\"allowRemove\":false,\"boxes\":[{\"items\":[{\"fullCount\":1,\"id\":9223372036854775807,"
            + "\"instances\":[{\"cis\":\""
            + GOOD
            + "\"}]}]}]}";
    assertThat(convert(document("1001", GOOD), "--kind", "market-cis", "--target", "boxes"))
        .isZero();
    assertThat(printed()).isEqualTo(boxes);
    assertThat(convert(document("1002", GOOD), "--kind", "market-cis")).isZero();
    assertThat(printed()).as("of the model FBS").isEqualTo(boxes);
    assertThat(convert(document("1003", GOOD), "--kind", "market-cis")).isZero();
    assertThat(told()).contains("part 1: market-cis");
    assertThat(convert(document("1003", GOOD), "--kind", "market-cis", "--target", "identifiers"))
        .isZero();
    assertThat(told()).contains("part 1: market-identifiers");
  }

  @Test
  void boxesWithoutCountsAreRefusedNotGuessed() throws Exception {
    String without = document("1001", GOOD).replace("\"count\":1,", "");
    assertThat(convert(without, "--kind", "market-cis", "--target", "boxes")).isEqualTo(1);
    assertThat(printed())
        .startsWith("{\"status\":\"ERROR\",\"errors\":[{\"code\":\"FIELD_REQUIRED\"");
    assertThat(told()).contains("fullCount");
  }

  @Test
  void anUnknownTargetIsRefused() throws Exception {
    assertThat(convert(document("1001", GOOD), "--kind", "market-cis", "--target", "parcels"))
        .isEqualTo(1);
    assertThat(printed()).contains("VALUE_NOT_ALLOWED", "identifiers, boxes, cis");
    String report = "{\"sntins\":[\"0104780012345679215LJ\"],\"usageType\":\"VERIFIED\"}";
    assertThat(convert(report, "--target", "boxes")).as("reports have no target").isEqualTo(2);
  }

  @Test
  void explainNamesTheRows() throws Exception {
    assertThat(convert(document("1001", BAD), "--kind", "market-cis", "--explain")).isZero();
    assertThat(printed()).contains("Y4", "Y6", "repaired");
  }
}
