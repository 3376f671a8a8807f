package io.markbridge.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * Renders what kustomize would render, as far as our overlays use it: resources, a namespace, names
 * and tags of images, secrets and maps from files without a suffix, and JSON patches. Anything else
 * in a kustomization fails, so that nothing is left out in silence.
 */
final class Kustomization {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Set<String> KNOWN =
      Set.of(
          "apiVersion",
          "kind",
          "namespace",
          "resources",
          "images",
          "secretGenerator",
          "configMapGenerator",
          "generatorOptions",
          "patches");

  private Kustomization() {}

  /** All objects of a folder with a kustomization.yaml. */
  static List<ObjectNode> render(Path folder) throws IOException {
    JsonNode told = YAML.readTree(folder.resolve("kustomization.yaml").toFile());
    told.fieldNames().forEachRemaining(name -> known(folder, KNOWN, name));
    List<ObjectNode> objects = new ArrayList<>();
    for (JsonNode resource : told.path("resources")) {
      Path path = folder.resolve(resource.asText()).normalize();
      objects.addAll(Files.isDirectory(path) ? render(path) : read(path));
    }
    for (String kind : List.of("Secret", "ConfigMap")) {
      String generator = Character.toLowerCase(kind.charAt(0)) + kind.substring(1) + "Generator";
      for (JsonNode generated : told.path(generator)) {
        if (!told.at("/generatorOptions/disableNameSuffixHash").asBoolean()) {
          throw new IllegalArgumentException(folder + ": a suffix is not rendered");
        }
        objects.add(generated(folder, kind, generated));
      }
    }
    for (JsonNode patch : told.path("patches")) {
      apply(folder, patch, objects);
    }
    for (JsonNode image : told.path("images")) {
      image(folder, image, objects);
    }
    if (told.has("namespace")) {
      for (ObjectNode object : objects) {
        if (!object.path("kind").asText().equals("Namespace")) {
          object.withObject("/metadata").put("namespace", told.path("namespace").asText());
        }
      }
    }
    return objects;
  }

  private static void known(Path folder, Set<String> known, String name) {
    if (!known.contains(name)) {
      throw new IllegalArgumentException(folder + ": " + name + " is not rendered");
    }
  }

  /** The objects of one file. */
  static List<ObjectNode> read(Path file) throws IOException {
    List<ObjectNode> objects = new ArrayList<>();
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
      documents.forEachRemaining(one -> objects.add((ObjectNode) one));
    }
    return objects;
  }

  private static ObjectNode generated(Path folder, String kind, JsonNode told) throws IOException {
    told.fieldNames().forEachRemaining(name -> known(folder, Set.of("name", "files"), name));
    ObjectNode object = YAML.createObjectNode().put("apiVersion", "v1").put("kind", kind);
    object.putObject("metadata").put("name", told.path("name").asText());
    boolean secret = kind.equals("Secret");
    if (secret) {
      object.put("type", "Opaque");
    }
    ObjectNode data = object.putObject("data");
    for (JsonNode file : told.path("files")) {
      String[] keyAndPath = file.asText().split("=", 2);
      Path path = folder.resolve(keyAndPath[keyAndPath.length - 1]);
      byte[] bytes = Files.readAllBytes(path);
      data.put(
          keyAndPath.length == 2 ? keyAndPath[0] : path.getFileName().toString(),
          secret
              ? Base64.getEncoder().encodeToString(bytes)
              : new String(bytes, StandardCharsets.UTF_8));
    }
    return object;
  }

  private static void apply(Path folder, JsonNode told, List<ObjectNode> objects)
      throws JsonProcessingException {
    told.fieldNames().forEachRemaining(name -> known(folder, Set.of("target", "patch"), name));
    int patched = 0;
    for (int index = 0; index < objects.size(); index++) {
      ObjectNode object = objects.get(index);
      if (object.path("kind").equals(told.at("/target/kind"))
          && object.at("/metadata/name").equals(told.at("/target/name"))) {
        objects.set(index, patched(object, YAML.readTree(told.path("patch").asText())));
        patched++;
      }
    }
    if (patched != 1) {
      throw new IllegalArgumentException(folder + ": a patch fits " + patched + " objects");
    }
  }

  /** In containers of deployments; whatever else has some is not rendered. */
  private static void image(Path folder, JsonNode told, List<ObjectNode> objects) {
    told.fieldNames()
        .forEachRemaining(name -> known(folder, Set.of("name", "newName", "newTag"), name));
    for (ObjectNode object : objects) {
      for (JsonNode container : object.at("/spec/template/spec/containers")) {
        if (container.path("image").equals(told.path("name"))) {
          ((ObjectNode) container)
              .put("image", told.path("newName").asText() + ":" + told.path("newTag").asText());
        }
      }
    }
  }

  private static ObjectNode patched(ObjectNode object, JsonNode operations)
      throws JsonProcessingException {
    JsonStructure result =
        Json.createPatch(json(operations).asJsonArray()).apply(json(object).asJsonObject());
    return (ObjectNode) new ObjectMapper().readTree(result.toString());
  }

  private static JsonStructure json(JsonNode node) {
    try (JsonReader reader = Json.createReader(new StringReader(node.toString()))) {
      return reader.read();
    }
  }
}
