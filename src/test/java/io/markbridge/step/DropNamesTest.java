package io.markbridge.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.legacy.LegacyApi;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.Settings;
import io.markbridge.settings.SettingsSource;
import io.markbridge.settings.SiteFiles;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where files of a drop belong: the same for folders here and on a server. */
class DropNamesTest {
  @TempDir private Path directory;

  private DropNames names(String within) throws Exception {
    return new DropNames(
        new Settings(SettingsSource.config(directory, Map.of())),
        OperatorPreset.load(SiteFiles.here(), "uz"),
        LegacyApi.load(SiteFiles.here(), "suz"),
        within);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../a.json",
        "beer/../../a.json",
        "/etc/a.json",
        "beer//a.json",
        "./a.json",
        "beer/.hidden.json",
        "beer/a.meta.json",
        "beer/a.txt"
      })
  void whatIsNoDocumentOfTheInboxIsNeverOne(String path) throws Exception {
    assertThat(names("").read(path)).isEmpty();
    assertThat(names("pharma").read(path)).isEmpty();
  }

  @Test
  void aDropThatIsAFolderOfTheInboxKnowsItsOwnNamesOnly() throws Exception {
    DropNames names = names("pharma");
    assertThat(names.read("line-1/a.json").orElseThrow().group()).contains("pharma");
    assertThat(names.sourcePath("line-1/a.json")).isEqualTo("pharma/line-1/a.json");
    assertThat(names.inbox("pharma/line-1/a.json")).hasToString("inbox/line-1/a.json");
    assertThat(names.reply("pharma/line-1/a", ".reply.json"))
        .hasToString("replies/line-1/a.reply.json");
    assertThat(names.done("pharma/line-1/a~12", "pharma/line-1/a.http"))
        .hasToString("done/line-1/a~12.http");
    assertThat(names.failed("pharma/line-1/con", "pharma/line-1/con.json"))
        .hasToString("failed/line-1/_con.json");
  }
}
