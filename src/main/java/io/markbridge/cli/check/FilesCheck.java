package io.markbridge.cli.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.markbridge.cli.Causes;
import io.markbridge.cli.Workplace;
import io.markbridge.legacy.LegacyApi;
import io.markbridge.mapping.Directories;
import io.markbridge.mapping.MappingTables;
import io.markbridge.mapping.SiteWords;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.SettingWords;
import io.markbridge.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether presets, tables, directories and routes can be read. */
final class FilesCheck {
  private final Workplace workplace;
  private final Settings settings;

  FilesCheck(Workplace workplace, Settings settings) {
    this.workplace = workplace;
    this.settings = settings;
  }

  /** Reads something and says in a few words what it was. */
  private interface Reading {
    String read() throws IOException;
  }

  List<CheckResult> run() {
    String legacy = settings.text("legacy", "suz");
    return List.of(
        check("operator", "config/operators/" + settings.operator() + ".yaml", this::operator),
        check(
            "legacy API",
            "config/legacy/" + legacy + ".yaml",
            () -> LegacyApi.load(workplace.files(), legacy).kinds().size() + " calls"),
        check(
            "mappings",
            "the files in config/mappings",
            () -> {
              MappingTables tables = MappingTables.load(workplace.files());
              return tables.kinds().size() + " tables, " + tables.rows().size() + " rows";
            }),
        check(
            "directories",
            "the files in config/directories",
            () -> {
              Directories.load(workplace.files());
              return "read";
            }),
        check("routes", "the files in routes", this::routes));
  }

  /** The preset where it can be read. */
  Optional<OperatorPreset> preset() {
    try {
      return Optional.of(OperatorPreset.load(workplace.files(), settings.operator()));
    } catch (IOException | RuntimeException toldByTheCheck) {
      return Optional.empty();
    }
  }

  /** What preset and directories say of settings, where they can be read. */
  SettingWords words() {
    try {
      return preset().isEmpty()
          ? SettingWords.UNKNOWN
          : SiteWords.of(preset().get(), workplace.files());
    } catch (IOException | RuntimeException toldByTheCheck) {
      return SettingWords.UNKNOWN;
    }
  }

  private static CheckResult check(String subject, String where, Reading reading) {
    try {
      return CheckResult.ok(subject, reading.read());
    } catch (IOException | RuntimeException unreadable) {
      return CheckResult.error(
          subject,
          Causes.told(unreadable),
          "correct " + where + ", or remove what is beside the program to use what is packaged");
    }
  }

  private String operator() throws IOException {
    OperatorPreset preset = OperatorPreset.load(workplace.files(), settings.operator());
    if (preset.calls().values().stream().noneMatch(call -> call.operator().equals(preset.name()))) {
      throw new IOException("the preset has no calls");
    }
    String url = settings.text("openapi.url", preset.url().toString());
    java.net.URI address = java.net.URI.create(url);
    if (address.getHost() == null || address.getScheme() == null) {
      throw new IOException("markbridge.openapi.url is no address of a host: " + url);
    }
    // Not the whole address: it might carry a password.
    return preset.name() + " at " + address.getHost() + ", zone " + preset.zone();
  }

  private String routes() throws IOException {
    Path folder = workplace.workingDirectory().resolve("routes");
    if (!Files.isDirectory(folder)) {
      return "packaged";
    }
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
    if (files.isEmpty()) {
      throw new IOException(folder + " has no routes");
    }
    for (Path file : files) {
      readRoute(file);
    }
    return files.size() + " files in " + folder;
  }

  private static void readRoute(Path file) throws IOException {
    JsonNode route;
    try {
      route = new YAMLMapper().readTree(file.toFile());
    } catch (IOException unreadable) {
      throw new IOException(
          "reading " + file.getFileName() + ": " + Causes.told(unreadable), unreadable);
    }
    if (!route.isArray() || route.isEmpty()) {
      throw new IOException("reading " + file.getFileName() + ": it holds no list of routes");
    }
  }
}
