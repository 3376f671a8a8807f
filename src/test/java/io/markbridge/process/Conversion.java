package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.markbridge.cli.ConvertCommand;
import io.markbridge.cli.ConvertSite;
import io.markbridge.mapping.SiteDefaults.SiteValue;
import io.markbridge.settings.SiteFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** One legacy body through {@code convert}: what would be sent, and what is told about it. */
final class Conversion {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Clock NOW =
      Clock.fixed(Instant.parse("2026-11-21T10:15:30Z"), ZoneOffset.UTC);

  private final Path site;
  private final Map<String, String> settings = new HashMap<>();
  private final List<String> arguments = new ArrayList<>();
  private Optional<String> tin = Optional.empty();
  private String group = "pharma";

  Conversion() {
    try {
      Path all = Files.createDirectories(Path.of("target", "conversions"));
      site = Files.createTempDirectory(all, "site");
    } catch (IOException failure) {
      throw new UncheckedIOException("making a folder for a conversion", failure);
    }
  }

  /**
   * A setting of the group, or of one line as {@code 3:business-place-id}; lines are asked first.
   */
  Conversion setting(String name, String value) {
    settings.put(name, value);
    return this;
  }

  /** {@code --set name=value}. */
  Conversion given(String name, String value) {
    arguments.add("--set");
    arguments.add(name + "=" + value);
    return this;
  }

  Conversion directory(String name, String... lines) throws IOException {
    Path file = site.resolve("config/directories/" + name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, String.join("\n", lines) + "\n");
    return this;
  }

  Conversion tin(String own) {
    tin = Optional.of(own);
    return this;
  }

  Conversion group(String name) {
    group = name;
    return this;
  }

  /**
   * What became of a body.
   *
   * @param body what would be sent, decoded; a legacy error where it was refused
   * @param text the same as bytes on the wire would be, not decoded
   * @param explained lines of {@code --explain --json}
   */
  record Outcome(JsonNode body, String text, JsonNode explained) {
    /** That {@code --explain} tells this field under this row. */
    Outcome tells(String row, String legacy, String action) {
      assertThat(explained)
          .as("row %s of --explain, for %s", row, legacy)
          .anySatisfy(
              note -> {
                assertThat(note.path("row").asText()).isEqualTo(row);
                assertThat(note.path("from").asText()).isEqualTo(legacy);
                assertThat(note.path("action").asText()).contains(action);
              });
      return this;
    }

    /** That neither name nor value is sent. */
    Outcome sendsNothingOf(String... namesAndValues) {
      assertThat(text).doesNotContain(namesAndValues);
      return this;
    }
  }

  /** Converts a body that must pass. */
  Outcome of(JsonNode legacy) throws IOException {
    String sent = convert(0, legacy);
    JsonNode explained = JSON.readTree(convert(0, legacy, "--explain", "--json"));
    String decoded = convert(0, legacy, "--decoded");
    return new Outcome(JSON.readTree(decoded), decoded.equals(sent) ? sent : decoded, explained);
  }

  /** The wrapper of an aggregation, as it would be sent. */
  String wrapped(JsonNode legacy) throws IOException {
    return convert(0, legacy);
  }

  /** Converts a body that must be refused; gives the legacy error. */
  JsonNode refused(JsonNode legacy) throws IOException {
    return JSON.readTree(convert(1, legacy));
  }

  /** A body that states nothing: no output. */
  void statesNothing(JsonNode legacy) throws IOException {
    assertThat(convert(0, legacy)).isEmpty();
  }

  private String convert(int status, JsonNode legacy, String... more) throws IOException {
    Path file = site.resolve("document.json");
    Files.writeString(file, legacy.toString());
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    ConvertSite known =
        new ConvertSite(new SiteFiles(site), "uz", this::setting, account -> tin, "en");
    List<String> all = new ArrayList<>(List.of(file.toString(), "--group", group));
    all.addAll(arguments);
    all.addAll(List.of(more));
    int told =
        new CommandLine(
                new ConvertCommand(
                    () -> known,
                    new PrintStream(output, false, StandardCharsets.UTF_8),
                    new PrintStream(errors, true, StandardCharsets.UTF_8),
                    NOW))
            .execute(all.toArray(String[]::new));
    String printed = output.toString(StandardCharsets.UTF_8);
    assertThat(told)
        .as("convert: %s %s", printed, errors.toString(StandardCharsets.UTF_8))
        .isEqualTo(status);
    return printed;
  }

  private Optional<SiteValue> setting(
      String name, String line, String folder, String productGroup, String account) {
    String near = settings.get(line + ":" + name);
    String value = near == null && !productGroup.isEmpty() ? settings.get(name) : near;
    return Optional.ofNullable(value).map(said -> new SiteValue(said, "markbridge." + name));
  }
}
