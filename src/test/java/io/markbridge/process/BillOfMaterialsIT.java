package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.markbridge.OnThisMachine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the program is made of is told beside it. */
class BillOfMaterialsIT {
  private static final Path PROGRAM = Path.of("target", "quarkus-app");
  private static final Path BILL = PROGRAM.resolve("markbridge-sbom.json");

  /** As Quarkus names them: group, name and version. */
  @Test
  void namesEveryLibraryThatIsShippedWithLicenceAndHash() throws Exception {
    OnThisMachine.needed(
        Files.exists(BILL), "the bill of materials, which is made where Maven may go online,");
    JsonNode bill = new ObjectMapper().readTree(BILL.toFile());
    List<String> libraries = new ArrayList<>();
    for (JsonNode component : bill.path("components")) {
      libraries.add(
          "%s.%s-%s.jar"
              .formatted(
                  component.path("group").asText(),
                  component.path("name").asText(),
                  component.path("version").asText()));
      assertThat(component.path("licenses")).as("%s", component).isNotEmpty();
      assertThat(component.path("hashes")).as("%s", component).isNotEmpty();
    }
    for (String folder : List.of("lib/boot", "lib/main")) {
      try (Stream<Path> jars = Files.list(PROGRAM.resolve(folder))) {
        assertThat(libraries).containsAll(jars.map(jar -> jar.getFileName().toString()).toList());
      }
    }
  }

  /** The image for the JVM takes the whole folder. */
  @Test
  void travelsWithBothImages() throws Exception {
    assertThat(Files.readString(Path.of("packaging/container/Dockerfile.jvm")))
        .contains("\nCOPY target/quarkus-app/ /opt/markbridge/\n");
    assertThat(Files.readString(Path.of("packaging/container/Dockerfile.native")))
        .contains(" target/quarkus-app/markbridge-sbom.json /opt/markbridge/\n");
    assertThat(Files.readAllLines(Path.of(".dockerignore"))).contains("!target/quarkus-app");
  }
}
