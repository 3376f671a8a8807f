package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.Patience;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Legacy systems that reach the bridge over SFTP: several servers, of which some do not work. */
@QuarkusTest
@QuarkusTestResource(value = PlantResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = SftpServersResource.class, restrictToAnnotatedClass = true)
class SftpDropTest {
  Plant plant;
  @SftpRoots Map<String, Path> roots;

  @Test
  void serversThatWorkDoNotMindThoseThatDoNot() {
    FileDrop here = plant.files();
    FileDrop north = at("north");
    FileDrop south = at("south");
    at("impostor").put("beer/never.json", LegacyBodies.order("PO-never", 1).toString());

    here.put("beer/order.json", LegacyBodies.order("PO-here", 2).toString());
    north.put("beer/order.json", LegacyBodies.order("PO-north", 2).toString());
    south.put("line-1/order.json", LegacyBodies.order("PO-south", 2).toString());

    here.awaitOrder("beer/order", "READY");
    north.awaitOrder("beer/order", "READY");
    south.awaitOrder("line-1/order", "READY");
    assertThat(north.await("beer/order.reply.json").path("omsId").asText())
        .isEqualTo(BridgeProcess.OMS_ID);
    JsonNode codes = south.await("line-1/order.codes-" + gtin(south, "line-1/order") + "-1.json");
    assertThat(codes.path("codes")).hasSize(2);
    north.awaitDone("beer/order.json");
    south.awaitDone("line-1/order.json");
    assertThat(north.waiting(".json")).isEmpty();

    north.put("beer/broken.json", "{");
    north.await("beer/broken.error.json");
    north.awaitFailed("beer/broken.json");
    assertThat(at("impostor").waiting(".json")).containsExactly("beer/never.json");
    assertThat(at("impostor").replies(".json")).isEmpty();
  }

  private static String gtin(FileDrop drop, String stem) {
    return drop.await(stem + ".status.json", status -> status.path("buffers").size() > 0)
        .path("buffers")
        .path(0)
        .path("gtin")
        .asText();
  }

  private FileDrop at(String server) {
    return new FileDrop(
        roots.get(server),
        (what, patience, condition) ->
            Patience.await(what).atMost(patience).until(condition::getAsBoolean));
  }
}
