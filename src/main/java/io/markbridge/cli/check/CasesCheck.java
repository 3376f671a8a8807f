package io.markbridge.cli.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.markbridge.cli.Causes;
import io.markbridge.cli.ConvertCommand;
import io.markbridge.cli.ConvertSite;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * A site's own tests of its mappings: {@code DIR/<group>/…/<name>.json}, with what it should become
 * in {@code <name>.expected.json} beside it: the request as {@code convert --decoded} prints it, or
 * the legacy error. A document that splits has one value after the other. The text {@code "*"}
 * stands for anything, such as a date of today.
 */
final class CasesCheck {
  private static final String EXPECTED = ".expected.json";
  private static final String ANYTHING = "*";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final ConvertSite site;
  private final Clock clock;

  CasesCheck(Path folder, ConvertSite site, Clock clock) {
    this.folder = folder;
    this.site = site;
    this.clock = clock;
  }

  List<CheckResult> run() {
    List<CheckResult> results = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path expected :
          files.filter(file -> file.toString().endsWith(EXPECTED)).sorted().toList()) {
        results.add(check(expected));
      }
    } catch (IOException | RuntimeException unreadable) {
      return List.of(
          CheckResult.error(
              "cases", Causes.told(unreadable), "name a folder of cases with --cases"));
    }
    if (results.isEmpty()) {
      results.add(
          CheckResult.error(
              "cases",
              folder + " holds no file that ends with " + EXPECTED,
              "put <group>/<name>.json and <group>/<name>" + EXPECTED + " there"));
    }
    return results;
  }

  private CheckResult check(Path expected) throws IOException {
    String name = expected.getFileName().toString();
    Path legacy =
        expected.resolveSibling(name.substring(0, name.length() - EXPECTED.length()) + ".json");
    String subject = "case " + folder.relativize(legacy).toString().replace('\\', '/');
    if (Files.notExists(legacy)) {
      return CheckResult.error(subject, "there is no such file", "put it beside " + name);
    }
    Path parent = folder.relativize(legacy).getParent();
    if (parent == null) {
      return CheckResult.error(
          subject, "it lies in no folder of a product group", "move both files into <group>/");
    }
    String told = convert(legacy, parent);
    Optional<String> difference = difference(values(told), values(Files.readString(expected)));
    return difference
        .map(
            where ->
                CheckResult.error(
                    subject,
                    where,
                    "see convert " + legacy + " --group " + parent.getName(0) + " --explain"))
        .orElseGet(() -> CheckResult.ok(subject, "as expected"));
  }

  private String convert(Path legacy, Path parent) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    PrintStream errors = new PrintStream(messages, true, StandardCharsets.UTF_8);
    int status =
        new CommandLine(
                new ConvertCommand(
                    () -> site,
                    new PrintStream(output, true, StandardCharsets.UTF_8),
                    errors,
                    clock))
            .setErr(new java.io.PrintWriter(errors, true, StandardCharsets.UTF_8))
            .execute(
                legacy.toString(),
                "--decoded",
                "--group",
                parent.getName(0).toString(),
                "--folder",
                parent.toString().replace('\\', '/'));
    if (status > 1) {
      throw new IllegalStateException(messages.toString(StandardCharsets.UTF_8).strip());
    }
    return output.toString(StandardCharsets.UTF_8);
  }

  private static List<JsonNode> values(String text) throws IOException {
    try (MappingIterator<JsonNode> values = JSON.readerFor(JsonNode.class).readValues(text)) {
      return values.readAll();
    }
  }

  private static Optional<String> difference(List<JsonNode> told, List<JsonNode> expected) {
    if (told.size() != expected.size()) {
      return Optional.of(told.size() + " requests, expected " + expected.size());
    }
    for (int index = 0; index < told.size(); index++) {
      Optional<String> difference = difference("$", told.get(index), expected.get(index));
      if (difference.isPresent()) {
        String request = told.size() == 1 ? "" : " in request " + (index + 1);
        return difference.map(where -> where + request);
      }
    }
    return Optional.empty();
  }

  /** The first place where they differ. */
  private static Optional<String> difference(String path, JsonNode told, JsonNode expected) {
    if (expected.isTextual() && expected.asText().equals(ANYTHING) && !told.isMissingNode()) {
      return Optional.empty();
    }
    if (told.isObject() && expected.isObject()) {
      TreeSet<String> names = new TreeSet<>();
      told.fieldNames().forEachRemaining(names::add);
      expected.fieldNames().forEachRemaining(names::add);
      return names.stream()
          .map(name -> difference(path + "." + name, told.path(name), expected.path(name)))
          .flatMap(Optional::stream)
          .findFirst();
    }
    if (told.isArray() && expected.isArray() && told.size() == expected.size()) {
      for (int index = 0; index < told.size(); index++) {
        Optional<String> inside =
            difference(path + "[" + index + "]", told.get(index), expected.get(index));
        if (inside.isPresent()) {
          return inside;
        }
      }
      return Optional.empty();
    }
    return told.equals(expected)
        ? Optional.empty()
        : Optional.of(path + " is " + shown(told) + ", expected " + shown(expected));
  }

  private static String shown(JsonNode node) {
    String text = node.isMissingNode() ? "not there" : node.toString();
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }
}
