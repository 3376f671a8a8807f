package io.markbridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that cannot be used safely, or at all, ends the start. */
class SftpRulesTest {
  private static final String FINGERPRINT = "SHA256:" + "a".repeat(43);
  private static final String RIGHT =
      "host=h\nusername=u\npassword=p\nhost-key-fingerprint=" + FINGERPRINT;

  @TempDir private Path directory;

  private List<WrongSetting> wrong(String lines, Map<String, String> environment)
      throws IOException {
    Path file = directory.resolve("config/application.properties");
    Files.createDirectories(file.getParent());
    Files.writeString(file, lines.replaceAll("(?m)^", "markbridge.sftp.plant."));
    return new SettingTypes(SettingWords.UNKNOWN)
        .wrong(SettingsSource.config(directory, environment));
  }

  private List<WrongSetting> wrong(String lines) throws IOException {
    return wrong(lines, Map.of());
  }

  @Test
  void whatIsNeededIsEnough() throws IOException {
    assertThat(wrong(RIGHT)).isEmpty();
  }

  @Test
  void aServerWithoutAKnownKeyIsRefusedWithTheWayToGetIt() throws IOException {
    List<WrongSetting> wrong = wrong("host=h\nport=2222\nusername=u\npassword=p");

    assertThat(wrong).hasSize(1);
    assertThat(wrong.get(0).name()).isEqualTo("markbridge.sftp.plant.known-hosts-file");
    assertThat(wrong.get(0).allowed())
        .contains("ssh-keyscan -p 2222 h > known_hosts")
        .contains("ssh-keygen -lf -")
        .contains("host-key-fingerprint");
  }

  @Test
  void hostUserAndLoginAreNeeded() throws IOException {
    assertThat(wrong("host-key-fingerprint=" + FINGERPRINT))
        .extracting(WrongSetting::name)
        .containsExactly(
            "markbridge.sftp.plant.host",
            "markbridge.sftp.plant.username",
            "markbridge.sftp.plant.private-key-file");
  }

  @Test
  void foldersDoNotLieInEachOther() throws IOException {
    assertThat(wrong(RIGHT + "\nreplies=inbox/replies"))
        .extracting(WrongSetting::name)
        .containsExactly("markbridge.sftp.plant.replies");
    assertThat(wrong(RIGHT + "\ninbox=/data\ndone=/data/done"))
        .extracting(WrongSetting::name)
        .containsExactly("markbridge.sftp.plant.done");
    assertThat(wrong(RIGHT + "\ninbox=../other"))
        .extracting(WrongSetting::name)
        .containsExactly("markbridge.sftp.plant.inbox");
  }

  @Test
  void accountIsOneOfTheSite() throws IOException {
    assertThat(wrong(RIGHT + "\naccount=nobody")).hasSize(1);
    assertThat(wrong(RIGHT + "\naccount=default")).isEmpty();
  }

  @Test
  void filesHaveToBeThereAndFingerprintsReadable() throws IOException {
    assertThat(wrong(RIGHT + "\nprivate-key-file=/nowhere/key")).hasSize(1);
    assertThat(wrong("host=h\nusername=u\npassword=p\nhost-key-fingerprint=MD5:aa:bb")).hasSize(1);
  }

  @Test
  void secretsMayComeFromTheEnvironmentAlone() throws IOException {
    assertThat(
            wrong(
                RIGHT.replace("password=p\n", ""),
                Map.of("MARKBRIDGE_SFTP_PLANT_PASSWORD", "secret")))
        .isEmpty();
  }

  @Test
  void nothingOfAServerIsToldButItsPlace() throws IOException {
    wrong(RIGHT.replace("password=p", "password=geheim"));
    SftpServer server =
        new Settings(SettingsSource.config(directory, Map.of())).sftpServer("plant");
    assertThat(server.password()).contains("geheim");
    assertThat(server.toString()).doesNotContain("geheim").contains("h:22");
  }
}
