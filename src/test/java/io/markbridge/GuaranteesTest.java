package io.markbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of promises names tests that exist. */
class GuaranteesTest {
  private static final Path CLASSES = Path.of("target", "test-classes");
  private static final Pattern PROMISE = Pattern.compile("(?m)^\\| (\\d+) \\|.*\\| (.*) \\|$");
  private static final Pattern PROOF = Pattern.compile("`(\\w+)(?:#(\\w+))?`");

  @Test
  void everyPromiseHasItsTest() throws Exception {
    Map<String, List<Path>> tests;
    try (Stream<Path> files = Files.walk(CLASSES)) {
      tests =
          files.collect(
              Collectors.groupingBy(
                  file -> file.getFileName().toString().replaceFirst("\\.class$", "")));
    }
    String page = Files.readString(Path.of("docs", "guarantees.md"));
    Matcher promises = PROMISE.matcher(page);
    int number = 0;
    while (promises.find()) {
      number++;
      assertThat(promises.group(1)).as("numbered one after the other").isEqualTo("" + number);
      Matcher proofs = PROOF.matcher(promises.group(2));
      assertThat(proofs.find()).as("promise %d has a proof", number).isTrue();
      do {
        assertExists(tests, proofs.group(1), proofs.group(2));
      } while (proofs.find());
    }
    assertThat(number).isPositive();
  }

  private static void assertExists(Map<String, List<Path>> tests, String name, String method)
      throws ClassNotFoundException {
    List<Path> named = tests.getOrDefault(name, List.of());
    assertThat(named).as("test class %s", name).isNotEmpty();
    if (method != null) {
      List<String> methods = new ArrayList<>();
      for (Path file : named) {
        String type = CLASSES.relativize(file).toString().replace(".class", "").replace('/', '.');
        for (Method one : Class.forName(type, false, loader()).getDeclaredMethods()) {
          methods.add(one.getName());
        }
      }
      assertThat(methods).as("methods of %s", name).contains(method);
    }
  }

  private static ClassLoader loader() {
    return GuaranteesTest.class.getClassLoader();
  }
}
