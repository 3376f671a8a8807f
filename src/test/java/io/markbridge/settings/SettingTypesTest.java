package io.markbridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingTypesTest {
  private static final SettingTypes TYPES =
      new SettingTypes(
          new SettingWords(
              List.of("login", "poll", "post"),
              List.of("IMPORT", "PRODUCTION"),
              country -> country.equals("UZ")));

  @TempDir private Path directory;

  private List<WrongSetting> wrong(String lines, Map<String, String> environment)
      throws IOException {
    Path file = directory.resolve("config/application.properties");
    Files.createDirectories(file.getParent());
    Files.writeString(file, lines);
    return TYPES.wrong(SettingsSource.config(directory, environment));
  }

  private List<WrongSetting> wrong(String lines) throws IOException {
    return wrong(lines, Map.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limits.post | viele | whole number",
        "limits.pst | 3 | login, poll, post",
        "limits.poll | -1 | whole number from 0",
        "send.concurrency | 0 | whole number from 1",
        "loop.milliseconds | 200ms | whole number",
        "retry.first | soon | 500ms",
        "retry.first | 0s | at least 1ms",
        "track.longest | 999999999999999999d | 500ms",
        "retention.payloads | PT-5S | 500ms",
        "equal-orders | maybe | hold, send",
        "dropouts | keep | refuse, hold",
        "replies.language | de | ru or en",
        "replies.reports-at-once | yess | true, false",
        "orders.fetch-codes | some | all, none",
        "groups.beer.fetch-codes | some | all, none",
        "groups.beer.report-on | PRINTD | PRINTED, VERIFIED, FIRST",
        "lines.7.is-paid | perhaps | true, false",
        "accounts.north.business-place-id | abc | whole number",
        "release-type | PRODUCT | IMPORT, PRODUCTION",
        "manufacturer-country | Narnia | countries.csv",
        "folders.\"beer/old line\".charset | koi9 | windows-1251",
        "folders.beer.unknown-fields | refuse | drop, reject",
        "owner-tin | yes | allow, refuse",
        "openapi.url | nowhere | https",
        "journal.url | jdbc:oracle:thin:@host | jdbc:sqlite"
      })
  void tellsWhichSettingIsWrongAndWhatIsAllowed(String name, String value, String allowed)
      throws IOException {
    // A colon and a blank would end the key.
    String key = ("markbridge." + name).replace(" ", "\\ ");

    List<WrongSetting> wrong = wrong(key + "=" + value);

    assertThat(wrong).hasSize(1);
    assertThat(wrong.get(0).name()).isEqualTo("markbridge." + name);
    assertThat(wrong.get(0).allowed()).contains(allowed);
    assertThat(wrong.get(0).source()).contains("application.properties");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limits.post | 0",
        "limits.post | ' '",
        "retry.first | PT1M",
        "retention.payloads | 0d",
        "replies.language | ru-RU",
        "groups.beer.report-on | FIRST",
        "groups.beer.release-type | import",
        "groups.beer.manufacturer-country | UZ",
        "folders.\"beer/old\".charset | windows-1251",
        "accounts.north.password | \"!?",
        "accounts.north.business-place-id | 17",
        "openapi.url | http://127.0.0.1:8080",
        "journal.url | jdbc:sqlite:/var/lib/journal.db",
        "nobodys | anything"
      })
  void takesWhatIsAllowed(String name, String value) throws IOException {
    assertThat(wrong("markbridge." + name + "=" + value)).isEmpty();
  }

  @Test
  void whatIsStillOnItsWayMustNotCountAsAbsent() throws IOException {
    List<WrongSetting> wrong =
        wrong(
            "markbridge.look-up.absent-after=10s\n"
                + "markbridge.openapi.answer-timeout-milliseconds=10000");
    assertThat(wrong).hasSize(1);
    assertThat(wrong.get(0).toString())
        .contains("look-up.absent-after", "longer than markbridge.openapi.answer-timeout");
    assertThat(
            wrong(
                "markbridge.look-up.absent-after=10001ms\n"
                    + "markbridge.openapi.answer-timeout-milliseconds=10000"))
        .isEmpty();
  }

  @Test
  void namesTheVariableThatIsWrong() throws IOException {
    List<WrongSetting> wrong =
        wrong(
            "markbridge.groups.water.report-on=PRINTED",
            Map.of(
                "MARKBRIDGE_LIMITS_POST", "viele",
                "MARKBRIDGE_GROUPS_WATER_REPORT_ON", "odd",
                "MARKBRIDGE_GROUPS_TOBACCO_REPORT_ON", "PRINTD"));

    assertThat(wrong)
        .extracting(WrongSetting::source)
        .containsExactlyInAnyOrder(
            "variable MARKBRIDGE_LIMITS_POST",
            "variable MARKBRIDGE_GROUPS_WATER_REPORT_ON",
            "variable MARKBRIDGE_GROUPS_TOBACCO_REPORT_ON");
  }

  @Test
  void doesNotTellAddressesThatMightCarryAPassword() throws IOException {
    String message =
        new WrongSettingsException(
                wrong(
                    "markbridge.openapi.url=user:hush@host\nmarkbridge.journal.url=jdbc:x:hush\n"))
            .getMessage();

    assertThat(message).doesNotContain("hush").hasLineCount(2);
  }

  @Test
  void knowsEverySettingThatHasADefaultAndTakesIt() throws IOException {
    SmallRyeConfig config = SettingsSource.config(directory, Map.of());

    assertThat(TYPES.wrong(config)).isEmpty();
    assertThat(
            StreamSupport.stream(
                config
                    .getConfigSource(SettingsSource.PACKAGED)
                    .orElseThrow()
                    .getPropertyNames()
                    .spliterator(),
                false))
        .filteredOn(name -> name.startsWith("markbridge."))
        .isNotEmpty()
        .allMatch(name -> TYPES.names().stream().anyMatch(known -> known.fits(name)));
  }
}
