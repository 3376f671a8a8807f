package io.markbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.jcraft.jsch.JSch;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.extensibility.ConfigurationExtension;
import org.flywaydb.core.extensibility.Plugin;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * A native binary has only what somebody names at build time; the rest fails when it is met.
 * Everything that routes, mappings, SQL and commands name by a text has to be named there.
 */
class NativeReachTest {
  private static final JavaClasses OWN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.markbridge");
  private static final Set<String> EXCEPTIONS = Set.of("exception");
  private static final Set<String> SCHEMES_OF_CAMEL = Set.of("direct", "timer", "file", "http");
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Pattern CLASS_NAME =
      Pattern.compile("\"((?:[a-z]\\w*\\.)+[A-Z][A-Za-z0-9]*)\"");

  /** Extensions know these themselves. */
  private static final Map<String, String> REGISTERED_BY =
      Map.of(
          "org.postgresql.Driver", "quarkus-jdbc-postgresql",
          "org.mariadb.jdbc.Driver", "quarkus-jdbc-mariadb",
          "org.sqlite.JDBC", "quarkus-jdbc-sqlite",
          "org.jboss.logmanager.LogManager", "quarkus-arc");

  /** What a site brings itself, and a property that looks like a class. */
  private static final Set<String> NOT_IN_THE_PACKAGE =
      Set.of(
          "com.microsoft.sqlserver.jdbc.SQLServerDriver",
          "oracle.jdbc.OracleDriver",
          "oracle.jdbc.ReadTimeout");

  /** Only drivers that {@code OutboxDatabase} names, which a test here looks after. */
  private static final DescribedPredicate<JavaClass> LOADS_DRIVERS =
      DescribedPredicate.describe(
          "loads drivers", type -> type.getName().equals("io.markbridge.outbox.OutboxConnections"));

  private final List<String> missing = new ArrayList<>();
  private final Map<String, Set<String>> methods = new LinkedHashMap<>();

  @Test
  void beansAndMethodsOfTheRoutesAreRegistered() throws IOException {
    walkRoutes(
        (name, node) -> {
          if (node.isObject() && node.has("ref")) {
            methods
                .computeIfAbsent(node.path("ref").asText(), ref -> new TreeSet<>())
                .add(node.path("method").asText("process"));
          } else if (node.isTextual() && node.asText().startsWith("#")) {
            methods.computeIfAbsent(node.asText().substring(1), ref -> new TreeSet<>());
          } else if (name.equals("executorService")) {
            methods.computeIfAbsent(node.asText(), ref -> new TreeSet<>());
          }
        });
    assertThat(methods).hasSizeGreaterThan(15);
    methods.forEach(this::bean);
    assertThat(missing).isEmpty();
  }

  private void bean(String name, Set<String> called) {
    for (JavaClass type : OWN) {
      if (type.isAnnotatedWith(Named.class)
          && type.getAnnotationOfType(Named.class).value().equals(name)) {
        Class<?> bean = type.reflect();
        for (var wanted : List.of(RegisterForReflection.class, Unremovable.class)) {
          if (!type.isAnnotatedWith(wanted)) {
            missing.add(name + " (" + type.getSimpleName() + ") has no @" + wanted.getSimpleName());
          }
        }
        Set<String> has =
            Arrays.stream(bean.getMethods()).map(Method::getName).collect(Collectors.toSet());
        called.stream()
            .filter(method -> !has.contains(method))
            .forEach(method -> missing.add(name + " has no public method " + method));
        return;
      }
    }
    // What a producer makes is only passed on: nothing of it is found by reflection.
    if (!(called.isEmpty() && produced(name))) {
      missing.add("nothing is named " + name);
    }
  }

  private static boolean produced(String name) {
    return OWN.stream()
        .flatMap(type -> type.getMethods().stream())
        .filter(method -> method.isAnnotatedWith(Named.class))
        .filter(method -> method.isAnnotatedWith(Unremovable.class))
        .map(NativeReachTest::name)
        .anyMatch(name::equals);
  }

  private static String name(JavaMethod method) {
    return method.getAnnotationOfType(Named.class).value();
  }

  @Test
  void exceptionsOfTheRoutesAreRegistered() throws IOException {
    Set<String> named = new TreeSet<>();
    walkRoutes(
        (name, node) -> {
          if (EXCEPTIONS.contains(name) && node.isArray()) {
            node.forEach(one -> named.add(one.asText()));
          }
        });
    assertThat(named).isNotEmpty();
    assertThat(registered()).containsAll(named);
  }

  private static Set<String> registered() {
    Set<String> registered = new HashSet<>();
    for (JavaClass type : OWN) {
      if (type.isAnnotatedWith(RegisterForReflection.class)) {
        var own = type.reflect().getAnnotation(RegisterForReflection.class);
        registered.add(type.getName());
        registered.addAll(List.of(own.classNames()));
        for (Class<?> target : own.targets()) {
          registered.add(target.getName());
        }
      }
    }
    return registered;
  }

  /** Drivers of outboxes, what drivers and libraries are told to load, and what is registered. */
  @Test
  void classesThatTheCodeNamesByATextAreThereAndRegistered() throws IOException {
    Set<String> named = new TreeSet<>();
    Path sources = Path.of("src", "main", "java");
    for (Path source : below(sources, "")) {
      CLASS_NAME
          .matcher(Files.readString(sources.resolve(source)))
          .results()
          .forEach(literal -> named.add(literal.group(1)));
    }
    assertThat(named).containsAll(REGISTERED_BY.keySet()).containsAll(NOT_IN_THE_PACKAGE);
    Set<String> registered = registered();
    String build = Files.readString(Path.of("pom.xml"));
    for (String name : named) {
      if (NOT_IN_THE_PACKAGE.contains(name)) {
        assertThat(isThere(name)).as(name).isFalse();
      } else {
        assertThat(isThere(name)).as(name + " is there").isTrue();
        assertThat(
                registered.contains(name)
                    || build.contains(
                        "<artifactId>"
                            + REGISTERED_BY.getOrDefault(name, "none")
                            + "</artifactId>"))
            .as(name + " is registered")
            .isTrue();
      }
    }
  }

  private static boolean isThere(String name) {
    try {
      Class.forName(name, false, NativeReachTest.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException absent) {
      return false;
    }
  }

  /** Its extension registers those that came before keys of type ed25519. */
  @Test
  void classesThatTheSshClientMakesForEd25519AreRegistered() {
    assertThat(registered())
        .containsAll(
            Stream.of("ssh-ed25519", "ssh-ed448", "xdh", "keypairgen.eddsa", "pbkdf2")
                .map(JSch::getConfig)
                .toList());
  }

  /** It copies its settings as JSON, and Quarkus' own use of it is switched off. */
  @Test
  void settingsThatFlywayCopiesAreRegistered() {
    Set<String> copied = new TreeSet<>();
    for (Plugin plugin : ServiceLoader.load(Plugin.class)) {
      if (plugin instanceof ConfigurationExtension) {
        copied(plugin.getClass(), copied);
      }
    }
    assertThat(copied).hasSizeGreaterThan(8);
    assertThat(registered()).contains(ConfigurationExtension.class.getName()).containsAll(copied);
  }

  private static void copied(Class<?> type, Set<String> copied) {
    if (copied.add(type.getName())) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getType().getSimpleName().endsWith("Model")) {
          copied(field.getType(), copied);
        }
      }
    }
  }

  @Test
  void componentsOfTheRoutesAreExtensions() throws IOException {
    Set<String> schemes = new TreeSet<>();
    walkRoutes(
        (name, node) -> {
          if (node.isTextual() && (name.equals("uri") || name.equals("to"))) {
            schemes.add(node.asText().replaceAll(":.*", ""));
          }
        });
    String build = Files.readString(Path.of("pom.xml"));
    assertThat(schemes).containsAll(SCHEMES_OF_CAMEL);
    for (String scheme : schemes) {
      String extension = scheme.equals("sftp") ? "ftp" : scheme;
      assertThat(build).contains("<artifactId>camel-quarkus-" + extension + "</artifactId>");
    }
  }

  @Test
  void resourcesAreIncluded() throws IOException {
    List<PathMatcher> included =
        Stream.of(
                YAML.readTree(Path.of("config", "application.yaml").toFile())
                    .at("/quarkus/native/resources/includes")
                    .asText()
                    .split(","))
            .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob.strip()))
            .toList();
    List<Path> resources = new ArrayList<>(below(Path.of("src", "main", "resources"), ""));
    resources.addAll(below(Path.of("src", "main", "filtered"), ""));
    resources.addAll(below(Path.of("config"), "config"));
    resources.addAll(below(Path.of("routes"), "routes"));
    // The file of settings is packaged at the top.
    resources.add(Path.of("application.yaml"));
    // Services are read at build time.
    resources.removeIf(resource -> resource.startsWith("META-INF"));
    assertThat(resources)
        .hasSizeGreaterThan(20)
        .allMatch(resource -> included.stream().anyMatch(glob -> glob.matches(resource)));
  }

  private static List<Path> below(Path folder, String prefix) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> Path.of(prefix, folder.relativize(file).toString()))
          .toList();
    }
  }

  /** Quarkus registers no service that is found at run time. */
  @Test
  void theClientOfTheTraceExporterIsReached() throws IOException {
    String service = "META-INF/services/io.opentelemetry.exporter.internal.http.HttpSenderProvider";
    try (InputStream provider = getClass().getClassLoader().getResourceAsStream(service)) {
      String named = new String(provider.readAllBytes(), StandardCharsets.UTF_8).strip();
      assertThat(registered()).contains(named);
    }
    assertThat(
            YAML.readTree(Path.of("config", "application.yaml").toFile())
                .at("/quarkus/native/resources/includes")
                .asText())
        .contains(service);
  }

  @Test
  void mappingsAndSqlCannotNameClasses() {
    ArchRuleDefinition.noClasses()
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "looks up a class",
                call ->
                    (call.getTargetOwner().isEquivalentTo(Class.class)
                            && call.getName().equals("forName"))
                        || (call.getTargetOwner().isAssignableTo(ClassLoader.class)
                            && call.getName().equals("loadClass"))))
        .orShould()
        .callMethodWhere(
            DescribedPredicate.describe(
                "looks up members of a class",
                call ->
                    call.getTargetOwner().isEquivalentTo(Class.class)
                        && Pattern.matches(
                            "get(Declared)?(Method|Field|Constructor)s?", call.getName())))
        .because("what is found by a text is not in a native binary")
        .check(OWN.that(DescribedPredicate.not(LOADS_DRIVERS)));
  }

  /** The extension of picocli registers what has the annotation. */
  @Test
  void everyCommandHasItsAnnotation() {
    walk(io.markbridge.cli.TopCommand.commandLine());
    assertThat(missing).isEmpty();
  }

  private void walk(CommandLine line) {
    Class<?> command = line.getCommandSpec().userObject().getClass();
    if (!command.isAnnotationPresent(Command.class)) {
      missing.add(command.getName() + " has no @Command");
    }
    line.getSubcommands().values().forEach(this::walk);
  }

  /** Tells each field of each route, arrays' items without a name. */
  private static void walkRoutes(BiConsumer<String, JsonNode> found) throws IOException {
    for (Path route : below(Path.of("routes"), "routes")) {
      walk("", YAML.readTree(route.toFile()), found);
    }
  }

  private static void walk(String name, JsonNode node, BiConsumer<String, JsonNode> found) {
    found.accept(name, node);
    if (node.isObject()) {
      node.properties().forEach(entry -> walk(entry.getKey(), entry.getValue(), found));
    } else {
      node.forEach(item -> walk("", item, found));
    }
  }
}
