package io.markbridge.mapping;

import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.Payload;
import io.markbridge.mapping.Mapper.AcceptedCodes;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.SiteFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Maps documents of tests: packaged tables and presets, settings and memory as a test wants them.
 */
final class MapperHarness {
  static final Instant NOW = Instant.parse("2026-11-21T10:15:30.123Z");

  private final Path directory;
  private final Map<String, String> settings = new HashMap<>();
  private final Map<String, String> given = new HashMap<>();
  private final Map<String, String> files = new HashMap<>();
  private OrderMemory memory = OrderMemory.EMPTY;
  private AcceptedCodes accepted = AcceptedCodes.NONE;
  private Optional<String> accountTin = Optional.empty();
  private Optional<Charset> charset = Optional.empty();
  private String operator = "uz";
  private String group = "pharma";
  private String folder = "pharma";

  /**
   * @param directory an empty one of the test
   */
  MapperHarness(Path directory) {
    this.directory = directory;
  }

  /** A setting as {@code name}, or {@code line:name}, {@code folder:name} for near ones. */
  MapperHarness setting(String name, String value) {
    settings.put(name, value);
    return this;
  }

  MapperHarness given(String name, String value) {
    given.put(name, value);
    return this;
  }

  /** A file of the site, such as {@code config/directories/products.csv}. */
  MapperHarness file(String name, String content) {
    files.put(name, content);
    return this;
  }

  MapperHarness memory(OrderMemory memory) {
    this.memory = memory;
    return this;
  }

  MapperHarness accepted(AcceptedCodes accepted) {
    this.accepted = accepted;
    return this;
  }

  MapperHarness accountTin(String tin) {
    this.accountTin = Optional.of(tin);
    return this;
  }

  MapperHarness charset(Charset charset) {
    this.charset = Optional.of(charset);
    return this;
  }

  MapperHarness operator(String operator) {
    this.operator = operator;
    return this;
  }

  MapperHarness group(String group) {
    this.group = group;
    return this;
  }

  /** What a document became. */
  record Result(MappedDocument document, List<String> bodies) {
    String body() {
      return bodies.get(0);
    }

    Optional<FieldNote> note(String row, String from) {
      return document.notes().stream()
          .filter(note -> note.row().equals(row) && note.from().equals(from))
          .findFirst();
    }
  }

  Result map(String kind, String json) throws DocumentRejectedException, IOException {
    return map(kind, json.getBytes(StandardCharsets.UTF_8));
  }

  Result map(String kind, byte[] bytes) throws DocumentRejectedException, IOException {
    return map(mapper(), request(kind, bytes), memory, accepted);
  }

  private MappingRequest request(String kind, byte[] bytes) {
    return new MappingRequest(
        kind, group, "main", accountTin, folder, given, charset, NOW, Payload.of(bytes));
  }

  /** Where in a document that stands which an operator names in one of its bodies. */
  Map<String, String> places(String kind, String json, String body, String... names)
      throws DocumentRejectedException, IOException {
    return mapper()
        .places(
            request(kind, json.getBytes(StandardCharsets.UTF_8)),
            List.of(
                new Mapper.Named(Payload.of("{}".getBytes(StandardCharsets.UTF_8)), Set.of()),
                new Mapper.Named(Payload.of(body.getBytes(StandardCharsets.UTF_8)), Set.of(names))))
        .get(1);
  }

  /** With a mapper that many documents share. */
  static Result map(TableMapper mapper, String kind, byte[] bytes)
      throws DocumentRejectedException, IOException {
    MappingRequest request =
        new MappingRequest(
            kind,
            "pharma",
            "main",
            Optional.empty(),
            "pharma",
            Map.of(),
            Optional.empty(),
            NOW,
            Payload.of(bytes));
    return map(mapper, request, OrderMemory.EMPTY, AcceptedCodes.NONE);
  }

  private static Result map(
      TableMapper mapper, MappingRequest request, OrderMemory memory, AcceptedCodes accepted)
      throws DocumentRejectedException, IOException {
    TreeMap<Integer, ByteArrayOutputStream> bodies = new TreeMap<>();
    MappedDocument document =
        mapper.map(
            request,
            memory,
            accepted,
            part -> {
              ByteArrayOutputStream body = new ByteArrayOutputStream();
              bodies.put(part, body);
              return body;
            });
    return new Result(
        document,
        bodies.values().stream().map(body -> body.toString(StandardCharsets.UTF_8)).toList());
  }

  /** Writes the files of the site. */
  void writeFiles() throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  TableMapper mapper() throws IOException {
    writeFiles();
    SiteFiles siteFiles = new SiteFiles(directory);
    return new TableMapper(
        MappingTables.load(siteFiles),
        OperatorPreset.load(siteFiles, operator),
        Directories.load(siteFiles),
        this::setting,
        temporary());
  }

  /** Files that a mapping left behind, which must be none. */
  List<Path> leftOvers() throws IOException {
    Path root = temporary();
    try (Stream<Path> paths = Files.walk(root)) {
      return paths.filter(path -> !path.equals(root)).toList();
    }
  }

  private Path temporary() throws IOException {
    return Files.createDirectories(directory.resolve("temporary"));
  }

  private Optional<SiteDefaults.SiteValue> setting(
      String name, String line, String folder, String productGroup, String account) {
    if (!line.isEmpty() && settings.containsKey(line + ":" + name)) {
      return Optional.of(
          new SiteDefaults.SiteValue(
              settings.get(line + ":" + name), "markbridge.lines." + line + "." + name));
    }
    boolean ofAccount = line.isEmpty() && folder.isEmpty() && productGroup.isEmpty();
    if (ofAccount && settings.containsKey("account:" + name)) {
      return Optional.of(
          new SiteDefaults.SiteValue(
              settings.get("account:" + name), "markbridge.accounts." + account + "." + name));
    }
    boolean far = !productGroup.isEmpty() && settings.containsKey(name);
    return far
        ? Optional.of(
            new SiteDefaults.SiteValue(
                settings.get(name), "markbridge.groups." + productGroup + "." + name))
        : Optional.empty();
  }
}
