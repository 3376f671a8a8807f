package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the demo of the packaged program tells, and what the READMEs say that it tells. */
class DemoIT {
  private static final Pattern SHOWN =
      Pattern.compile(
          "<!-- demo output -->.*?```text\n(.*?)```\n<!-- /demo output -->", Pattern.DOTALL);
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern PORT = Pattern.compile("(127\\.0\\.0\\.1:|port )\\d+");
  private static final Pattern ROW = Pattern.compile("(file|sftp:demo|outbox:erp) .*");

  @Test
  void tellsDocumentsOfEverySource() throws IOException {
    assertThat(rows(told()).collect(Collectors.groupingBy(row -> row.split(" ")[0])))
        .containsOnlyKeys("file", "sftp:demo", "outbox:erp")
        .allSatisfy((source, rows) -> assertThat(rows).anyMatch(row -> row.contains(" order ")));
    assertThat(rows(told())).allMatch(row -> row.matches(".* (DONE|REJECTED) .*"));
  }

  /** But for ids, ports, the width of columns, and the order of what is taken side by side. */
  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.ru.md"})
  void tellsWhatTheReadmeShows(String page) throws IOException {
    var shown = SHOWN.matcher(Files.readString(Path.of(page)));
    assertThat(shown.find()).isTrue();
    List<String> lines = masked(shown.group(1));
    assertThat(rows(told()).sorted().toList()).isEqualTo(rows(lines).sorted().toList());
    assertThat(others(told())).isEqualTo(others(lines));
  }

  private static List<String> told() throws IOException {
    return masked(Files.readString(PackagedProgram.demo()));
  }

  private static List<String> masked(String text) {
    return text.lines()
        .map(line -> ID.matcher(line).replaceAll("<id>"))
        .map(line -> PORT.matcher(line).replaceAll("$1<port>"))
        .map(line -> line.strip().replaceAll(" +", " "))
        .toList();
  }

  private static Stream<String> rows(List<String> lines) {
    return lines.stream().filter(ROW.asMatchPredicate());
  }

  private static List<String> others(List<String> lines) {
    return lines.stream().filter(ROW.asMatchPredicate().negate()).toList();
  }
}
