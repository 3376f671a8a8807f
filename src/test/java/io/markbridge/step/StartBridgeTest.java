package io.markbridge.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.markbridge.document.Document;
import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.DocumentState;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.settings.SettingsSource;
import io.markbridge.settings.WrongSettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartBridgeTest {
  @TempDir private Path directory;

  @Test
  void wrongSettingsEndTheStartBeforeTheJournalIsTouched() throws Exception {
    Files.createDirectories(directory.resolve("config"));
    Files.writeString(
        directory.resolve("config/application.yaml"),
        "markbridge:\n  limits: {post: viele, pst: 3}\n  groups: {beer: {manufacturer-country: Narnia,"
            + " release-type: PRODUCT}}\n");
    Config config = SettingsSource.config(directory, Map.of());
    // Without a journal: touching it would fail otherwise.
    StartBridge start = new StartBridge(null, null, null, null, null, null, config);

    assertThatThrownBy(start::resume)
        .isInstanceOf(WrongSettingsException.class)
        .hasMessageContaining("markbridge.limits.post (")
        .hasMessageContaining("\"viele\" is wrong; write a whole number")
        .hasMessageContaining("one of the operator's limits: login, ")
        .hasMessageContaining(", poll, post")
        .hasMessageContaining("markbridge.groups.beer.manufacturer-country")
        .hasMessageContaining("markbridge.groups.beer.release-type")
        .extracting(Throwable::getMessage)
        .satisfies(message -> assertThat((String) message).hasLineCount(4));
  }

  @Test
  void unknownCharacterSetOfAnEarlierDocumentIsAProblemOfItsOwn() {
    assertThatThrownBy(() -> RecogniseDocument.charset(document("koi9")))
        .isInstanceOfSatisfying(
            DocumentRejectedException.class,
            rejected ->
                assertThat(rejected.problems())
                    .extracting(Problem::code)
                    .containsExactly(ProblemCode.SETTING_WRONG));
  }

  private static Document document(String charset) {
    return new Document(
        "id",
        "files",
        "beer/order/1.json",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Map.of(),
        Optional.of(charset),
        0,
        DocumentState.RECEIVED,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        0);
  }
}
