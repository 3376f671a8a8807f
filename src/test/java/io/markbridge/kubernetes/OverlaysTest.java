package io.markbridge.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.JSON;
import io.markbridge.mapping.SiteWords;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.SettingTypes;
import io.markbridge.settings.SettingsSource;
import io.markbridge.settings.SiteFiles;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both overlays, rendered and held against the schema of Kubernetes' own client, strictly. */
class OverlaysTest {
  private static final String MODELS = "io.kubernetes.client.openapi.models.";

  @TempDir Path folder;

  /** With the files of secrets that a site puts there. */
  @BeforeEach
  void copy() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("k8s"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = folder.resolve(file.toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    for (String overlay : List.of("edge", "cluster")) {
      Path secrets = Files.createDirectories(overlay(overlay).resolve("secrets"));
      for (String name : List.of("login", "password", "database-password", "database-ca.crt")) {
        Files.writeString(secrets.resolve(name), "secret");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"edge", "cluster"})
  void everyObjectIsOfTheSchemaAndWhatItNamesIsThere(String overlay) throws Exception {
    List<ObjectNode> objects = Kustomization.render(overlay(overlay));
    for (ObjectNode object : objects) {
      validate(object);
    }
    JsonNode deployment = one(objects, "Deployment");
    JsonNode pod = deployment.at("/spec/template/spec");
    JsonNode container = pod.at("/containers/0");
    assertThat(deployment.at("/spec/selector/matchLabels"))
        .isEqualTo(deployment.at("/spec/template/metadata/labels"))
        .isEqualTo(one(objects, "Service").at("/spec/selector"));
    Set<String> volumes = new HashSet<>(pod.path("volumes").findValuesAsText("name"));
    assertThat(volumes).containsAll(container.path("volumeMounts").findValuesAsText("name"));
    assertThat(container.at("/ports/0/name").asText())
        .isEqualTo(container.at("/livenessProbe/httpGet/port").asText());
    Set<String> names = new HashSet<>();
    objects.forEach(
        object ->
            names.add(object.path("kind").asText() + " " + object.at("/metadata/name").asText()));
    for (JsonNode volume : pod.path("volumes")) {
      named(names, "PersistentVolumeClaim", volume.at("/persistentVolumeClaim/claimName"));
      named(names, "ConfigMap", volume.at("/configMap/name"));
      named(names, "Secret", volume.at("/secret/secretName"));
    }
    assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
  }

  private static void named(Set<String> names, String kind, JsonNode name) {
    if (name.isTextual()) {
      assertThat(names).contains(kind + " " + name.asText());
    }
  }

  /** The rules for what only some sites have, with the comment signs taken off. */
  @Test
  void ruleOfTheNetworkForEachOtherSourceIsThereAsAComment() throws Exception {
    Path file = overlay("cluster").resolve("network-policy.yaml");
    Files.writeString(
        file, Files.readString(file).replaceAll("(?m)^    # (- to:|  .*)$", "    $1"));

    ObjectNode policy = one(Kustomization.render(overlay("cluster")), "NetworkPolicy");

    validate(policy);
    assertThat(policy.at("/spec/egress")).hasSize(6).allMatch(rule -> rule.has("to"));
    assertThat(policy.at("/spec/egress").findValuesAsText("port"))
        .containsSequence("443", "22", "5432", "4318");
  }

  /** A tag that moves would leave a node at what it pulled first. */
  @ParameterizedTest
  @ValueSource(strings = {"edge", "cluster"})
  void theImageIsThatOfThisVersion(String overlay) throws Exception {
    Matcher version =
        Pattern.compile("<artifactId>markbridge</artifactId>\\s*<version>([0-9.]+)")
            .matcher(Files.readString(Path.of("pom.xml")));
    assertThat(version.find()).isTrue();
    assertThat(
            one(Kustomization.render(overlay(overlay)), "Deployment")
                .at("/spec/template/spec/containers/0/image")
                .asText())
        .isEqualTo("markbridge:" + version.group(1));
    for (String kind : List.of("jvm", "native")) {
      assertThat(Files.readString(Path.of("packaging/container/Dockerfile." + kind)))
          .contains("-t markbridge:" + version.group(1));
    }
  }

  @Test
  void edgeIsOneAndClusterIsThreeThatAreSparedAndScaled() throws Exception {
    List<ObjectNode> edge = Kustomization.render(overlay("edge"));
    assertThat(one(edge, "Deployment").at("/spec/replicas").asInt()).isEqualTo(1);
    assertThat(one(edge, "Deployment").toString())
        .contains("hostPath")
        .doesNotContain("postgresql");
    List<ObjectNode> cluster = Kustomization.render(overlay("cluster"));
    assertThat(one(cluster, "Deployment").at("/spec/replicas").asInt()).isEqualTo(3);
    assertThat(one(cluster, "Deployment").toString())
        .contains("jdbc:postgresql:")
        .doesNotContain("hostPath");
    JsonNode budget = one(cluster, "PodDisruptionBudget").path("spec");
    assertThat(budget.path("minAvailable").asInt()).isEqualTo(2);
    assertThat(budget.path("unhealthyPodEvictionPolicy").asText())
        .as("no replica is ready while the journal is away: nodes are drained all the same")
        .isEqualTo("AlwaysAllow");
    assertThat(one(cluster, "HorizontalPodAutoscaler").at("/spec/minReplicas").asInt())
        .isEqualTo(3);
    assertThat(one(cluster, "NetworkPolicy").at("/spec/egress")).hasSize(3);
  }

  /** With what PostgreSQL keeps for itself, and twenty for commands, dumps and people. */
  @Test
  void pageAsksForConnectionsForAsManyReplicasAsThereMayBe() throws Exception {
    int replicas =
        one(Kustomization.render(overlay("cluster")), "HorizontalPodAutoscaler")
            .at("/spec/maxReplicas")
            .asInt();
    Matcher pool =
        Pattern.compile("max-size: (\\d+) +# one for each request at once")
            .matcher(Files.readString(Path.of("config/application.yaml")));
    Matcher told =
        Pattern.compile("`max_connections` of that PostgreSQL: (\\d+) or more")
            .matcher(Files.readString(Path.of("docs/kubernetes.md")));
    assertThat(pool.find()).isTrue();
    assertThat(told.find()).isTrue();
    assertThat(Integer.parseInt(told.group(1)))
        .isGreaterThanOrEqualTo(replicas * Integer.parseInt(pool.group(1)) + 20);
  }

  /** A start that is killed begins its migration anew. */
  @ParameterizedTest
  @ValueSource(strings = {"edge", "cluster"})
  void startMayTakeAnHour(String overlay) throws Exception {
    JsonNode probe =
        one(Kustomization.render(overlay(overlay)), "Deployment")
            .at("/spec/template/spec/containers/0/startupProbe");

    assertThat(probe.path("periodSeconds").asInt() * probe.path("failureThreshold").asInt())
        .isGreaterThanOrEqualTo(3600);
  }

  /** It is of the schema, holds the journal's volume, and is nobody else than the bridge. */
  @Test
  void podForARestoreHasTheVolumeUserAndImageOfTheBridge() throws Exception {
    ObjectNode restore = Kustomization.read(overlay("edge").resolve("restore.yaml")).get(0);
    List<ObjectNode> edge = Kustomization.render(overlay("edge"));
    JsonNode bridge = one(edge, "Deployment").at("/spec/template/spec");

    validate(restore);

    JsonNode pod = restore.path("spec");
    assertThat(pod.path("securityContext")).isEqualTo(bridge.path("securityContext"));
    assertThat(bridge.path("volumes")).contains(pod.at("/volumes/0"));
    assertThat(bridge.at("/containers/0/volumeMounts"))
        .contains(pod.at("/containers/0/volumeMounts/0"));
    assertThat(pod.at("/containers/0/image")).isEqualTo(bridge.at("/containers/0/image"));
    assertThat(pod.at("/containers/0/securityContext"))
        .isEqualTo(bridge.at("/containers/0/securityContext"));
    assertThat(restore.at("/metadata/namespace"))
        .isEqualTo(one(edge, "Deployment").at("/metadata/namespace"));
    assertThat(restore.at("/metadata/labels"))
        .as("the service does not take it for a bridge")
        .isNotEqualTo(one(edge, "Service").at("/spec/selector"));
  }

  /** The example of docs/kubernetes.md, put into each overlay. */
  @ParameterizedTest
  @ValueSource(strings = {"edge", "cluster"})
  void filesOfTheSiteComeIntoFoldersOfTheConfiguration(String overlay) throws Exception {
    YAMLMapper yaml = new YAMLMapper();
    JsonNode example = yaml.readTree(KubernetesPage.block("configMapGenerator:"));
    Path file = overlay(overlay).resolve("kustomization.yaml");
    ObjectNode kustomization = (ObjectNode) yaml.readTree(file.toFile());
    kustomization.set("configMapGenerator", example.path("configMapGenerator"));
    kustomization.withArray("patches").addAll((ArrayNode) example.path("patches"));
    yaml.writeValue(file.toFile(), kustomization);
    Files.createDirectories(overlay(overlay).resolve("site"));
    for (JsonNode one : example.at("/configMapGenerator/0/files")) {
      Files.writeString(overlay(overlay).resolve(one.asText()), "of the site");
    }

    List<ObjectNode> objects = Kustomization.render(overlay(overlay));

    for (ObjectNode object : objects) {
      validate(object);
    }
    JsonNode pod = one(objects, "Deployment").at("/spec/template/spec");
    JsonNode volume = pod.at("/volumes/0");
    assertThat(volume.path("name")).isEqualTo(pod.at("/containers/0/volumeMounts/0/name"));
    assertThat(volume.at("/projected/sources/0/configMap/name").asText()).isEqualTo("markbridge");
    JsonNode site = volume.at("/projected/sources/1/configMap");
    JsonNode data =
        objects.stream()
            .filter(object -> object.path("kind").asText().equals("ConfigMap"))
            .filter(object -> object.at("/metadata/name").equals(site.path("name")))
            .findFirst()
            .orElseThrow()
            .path("data");
    for (JsonNode item : site.path("items")) {
      assertThat(data.has(item.path("key").asText())).as("%s", item).isTrue();
      // Each takes the place of a packaged one.
      assertThat(Path.of("config").resolve(item.path("path").asText())).exists();
    }
    assertThat(site.path("items")).hasSameSizeAs(data);
  }

  /** The settings that the manifests carry are ones that the program takes. */
  @Test
  void settingsOfTheManifestsAreKnownAndRight() throws Exception {
    List<ObjectNode> cluster = Kustomization.render(overlay("cluster"));
    Path config = Files.createDirectories(folder.resolve("work/config"));
    Files.writeString(
        config.resolve("application.yaml"),
        one(cluster, "ConfigMap").at("/data/application.yaml").asText());
    Map<String, String> environment = new HashMap<>();
    for (JsonNode variable :
        one(cluster, "Deployment").at("/spec/template/spec/containers/0/env")) {
      environment.put(variable.path("name").asText(), variable.path("value").asText());
    }
    var settings = SettingsSource.config(folder.resolve("work"), environment);
    SettingTypes types =
        new SettingTypes(
            SiteWords.of(OperatorPreset.load(SiteFiles.here(), "uz"), SiteFiles.here()));
    assertThat(types.wrong(settings)).isEmpty();
    JsonNode own = new YAMLMapper().readTree(config.resolve("application.yaml").toFile());
    for (String name : leaves("markbridge", own.path("markbridge"))) {
      assertThat(types.names()).as(name).anyMatch(known -> known.fits(name));
    }
    for (String variable : environment.keySet()) {
      assertThat(types.names()).as(variable).anyMatch(known -> known.fitsVariable(variable));
    }
  }

  private static List<String> leaves(String prefix, JsonNode node) {
    if (!node.isObject()) {
      return List.of(prefix);
    }
    return node.properties().stream()
        .flatMap(entry -> leaves(prefix + "." + entry.getKey(), entry.getValue()).stream())
        .toList();
  }

  @Test
  void wrongFieldFails() throws Exception {
    Path file = folder.resolve("k8s/base/deployment.yaml");
    Files.writeString(
        file, Files.readString(file).replace("readOnlyRootFilesystem", "readOnlyRootFileSystem"));
    ObjectNode deployment = one(Kustomization.render(overlay("edge")), "Deployment");
    assertThatThrownBy(() -> validate(deployment)).hasMessageContaining("readOnlyRootFileSystem");
  }

  @Test
  void missingFieldAndWrongTypeFail() throws Exception {
    ObjectNode missing = one(Kustomization.render(overlay("edge")), "Deployment");
    ((ObjectNode) missing.at("/spec/template/spec/containers/0")).remove("name");
    assertThatThrownBy(() -> validate(missing)).hasMessageContaining("name");
    ObjectNode wrong = one(Kustomization.render(overlay("edge")), "Deployment");
    ((ObjectNode) wrong.path("spec")).put("replicas", "many");
    assertThatThrownBy(() -> validate(wrong)).hasMessageContaining("many");
  }

  @Test
  void patchThatFitsNothingFails() throws Exception {
    Path file = overlay("edge").resolve("kustomization.yaml");
    Files.writeString(
        file,
        Files.readString(file)
            .replace("kind: Deployment, name: markbridge", "kind: Deployment, name: other"));
    assertThatThrownBy(() -> Kustomization.render(overlay("edge")))
        .hasMessageContaining("fits 0 objects");
  }

  /** Unknown fields, missing ones and wrong types fail. */
  private static void validate(ObjectNode object) throws Exception {
    String version = object.path("apiVersion").asText().replaceAll(".*/", "");
    Class<?> model =
        Class.forName(
            MODELS
                + version.substring(0, 1).toUpperCase(Locale.ROOT)
                + version.substring(1)
                + object.path("kind").asText());
    JsonElement element = JsonParser.parseString(object.toString());
    try {
      model.getMethod("validateJsonElement", JsonElement.class).invoke(null, element);
    } catch (InvocationTargetException refused) {
      throw new IllegalArgumentException(refused.getCause().getMessage(), refused.getCause());
    }
    JSON.getGson().fromJson(element, model);
  }

  private static ObjectNode one(List<ObjectNode> objects, String kind) {
    List<ObjectNode> found =
        objects.stream().filter(object -> object.path("kind").asText().equals(kind)).toList();
    assertThat(found).as(kind).hasSize(1);
    return found.get(0);
  }

  private Path overlay(String name) {
    return folder.resolve("k8s/overlays").resolve(name);
  }
}
