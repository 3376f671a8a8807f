package io.markbridge.cli.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.markbridge.cli.Causes;
import io.markbridge.cli.Printable;
import io.markbridge.cli.RoutesFolder;
import io.markbridge.cli.Workplace;
import io.markbridge.legacy.LegacyApi;
import io.markbridge.mapping.DirectoryRows;
import io.markbridge.mapping.MappingTables;
import io.markbridge.mapping.SiteWords;
import io.markbridge.mapping.TableReferences;
import io.markbridge.mapping.WrongRow;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.SettingWords;
import io.markbridge.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Whether presets, tables, directories and routes can be read. */
final class FilesCheck {
  private static final String MAPPINGS = "mappings";
  private static final String DIRECTORIES = "directories";

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
    List<CheckResult> results = new ArrayList<>();
    results.add(
        check("operator", "config/operators/" + settings.operator() + ".yaml", this::operator));
    results.add(
        check(
            "legacy API",
            "config/legacy/" + legacy + ".yaml",
            () -> LegacyApi.load(workplace.files(), legacy).kinds().size() + " calls"));
    mappings(results);
    results.add(check("routes", "the files in routes", this::routes));
    return results;
  }

  /** Tables and directories, each first as a file, then by what its rows say. */
  private void mappings(List<CheckResult> results) {
    AtomicReference<MappingTables> tables = new AtomicReference<>();
    AtomicReference<DirectoryRows> directories = new AtomicReference<>();
    CheckResult mapping =
        check(
            MAPPINGS,
            "the files in config/mappings",
            () -> {
              tables.set(MappingTables.load(workplace.files()));
              return tables.get().kinds().size()
                  + " tables, "
                  + tables.get().rows().size()
                  + " rows";
            });
    CheckResult directory =
        check(
            DIRECTORIES,
            "the files in config/directories",
            () -> {
              directories.set(DirectoryRows.read(workplace.files()));
              return directories.get().count("business-places")
                  + " places, "
                  + directories.get().count("products")
                  + " products, "
                  + directories.get().count("contractors")
                  + " contractors";
            });
    if (tables.get() == null || directories.get() == null) {
      results.add(mapping);
      results.add(directory);
      return;
    }
    List<WrongRow> rows =
        preset()
            .map(one -> TableReferences.wrong(tables.get(), one, directories.get().columns()))
            .orElse(List.of());
    results.addAll(rows.isEmpty() ? List.of(mapping) : told(MAPPINGS, rows));
    List<WrongRow> lines = directories.get().wrong(tables.get());
    results.addAll(lines.isEmpty() ? List.of(directory) : told(DIRECTORIES, lines));
  }

  private static List<CheckResult> told(String subject, List<WrongRow> rows) {
    return rows.stream()
        .map(
            row ->
                CheckResult.error(
                    subject,
                    Printable.line(row.place() + ": " + row.what(), 240),
                    Printable.line(row.advice(), 240)))
        .toList();
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
    RoutesFolder.check(folder);
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
