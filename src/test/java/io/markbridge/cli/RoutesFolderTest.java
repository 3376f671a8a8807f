package io.markbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutesFolderTest {
  @Test
  void everyPackagedRouteIsStarted() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("routes"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(RoutesFolder.NAMES);
    }
  }

  /** As after an upgrade that brought a route: what it does would never be done. */
  @Test
  void aFolderThatLacksAFileIsRefused(@TempDir Path site) throws IOException {
    Path own = Files.createDirectory(site.resolve("routes"));
    for (String name : RoutesFolder.NAMES) {
      Files.copy(Path.of("routes", name), own.resolve(name));
    }
    assertThatCode(() -> RoutesFolder.check(own)).doesNotThrowAnyException();

    Files.delete(own.resolve("reply-outbox.yaml"));
    Files.delete(own.resolve("watch-sftp.yaml"));
    assertThatIOException()
        .isThrownBy(() -> RoutesFolder.chooseAll(site))
        .withMessageContaining(own + " has no reply-outbox.yaml, watch-sftp.yaml: ")
        .withMessageContaining("remove the folder");
  }
}
