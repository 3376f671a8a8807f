package io.markbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoutesFolderTest {
  @Test
  void everyPackagedRouteIsStarted() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("routes"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(RoutesFolder.NAMES);
    }
  }
}
