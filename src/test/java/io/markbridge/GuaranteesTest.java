package io.markbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of promises names tests that exist. */
class GuaranteesTest {
  private static final Pattern PROMISE = Pattern.compile("(?m)^\\| (\\d+) \\|.*\\| (.*) \\|$");
  private static final Pattern PROOF = Pattern.compile("`(\\w+)(?:#(\\w+))?`");

  @Test
  void everyPromiseHasItsTest() throws IOException {
    JavaClasses tests = new ClassFileImporter().importPath(Path.of("target", "test-classes"));
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

  private static void assertExists(JavaClasses tests, String name, String method) {
    List<JavaClass> named = tests.stream().filter(one -> one.getSimpleName().equals(name)).toList();
    assertThat(named).as("test class %s", name).isNotEmpty();
    if (method != null) {
      assertThat(
              named.stream()
                  .flatMap(one -> one.getMethods().stream())
                  .map(one -> one.getName())
                  .collect(Collectors.toSet()))
          .as("methods of %s", name)
          .contains(method);
    }
  }
}
