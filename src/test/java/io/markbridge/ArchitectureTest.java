package io.markbridge;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The direction of packages, and what no package may use.
 *
 * <p>Read each {@code mayUse} from top to bottom: a package knows those named above it, never those
 * below. A new package starts without a line here and fails {@link #everyPackageHasItsRule}.
 */
@AnalyzeClasses(packages = "io.markbridge", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] GROUND = {"document", "operator", "settings", "crash"};
  private static final String[] WORK = with(GROUND, "mapping", "legacy", "journal", "openapi");

  @ArchTest
  static final ArchRule documentIsPlainJava =
      classes()
          .that()
          .resideInAPackage(ours("document"))
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(ours("document"), "java..")
          .because("the nouns are read by every other package and by every reader first");

  @ArchTest
  static final ArchRule crashIsPlainJava =
      classes()
          .that()
          .resideInAPackage(ours("crash"))
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(ours("crash"), "java..")
          .because("it is called from everywhere on the way of a document");

  @ArchTest static final ArchRule operatorMayUse = mayUse("operator", GROUND);
  @ArchTest static final ArchRule settingsMayUse = mayUse("settings", GROUND);
  @ArchTest static final ArchRule mappingMayUse = mayUse("mapping", WORK);
  @ArchTest static final ArchRule legacyMayUse = mayUse("legacy", WORK);
  @ArchTest static final ArchRule journalMayUse = mayUse("journal", WORK);
  @ArchTest static final ArchRule openapiMayUse = mayUse("openapi", WORK);

  @ArchTest static final ArchRule outboxMayUse = mayUse("outbox", GROUND);
  @ArchTest static final ArchRule tracesMayUse = mayUse("traces", "document");

  @ArchTest static final ArchRule procedureMayUse = mayUse("procedure", with(WORK, "procedure"));

  @ArchTest static final ArchRule marketMayUse = mayUse("market", with(WORK, "procedure"));

  @ArchTest
  static final ArchRule stepMayUse =
      mayUse("step", with(WORK, "outbox", "traces", "procedure", "market", "step"));

  @ArchTest
  static final ArchRule healthMayUse = mayUse("health", with(WORK, "procedure", "step", "health"));

  @ArchTest
  static final ArchRule metricsMayUse =
      mayUse("metrics", with(WORK, "procedure", "step", "metrics"));

  @ArchTest
  static final ArchRule sandboxStandsAlone =
      mayUse("sandbox", with(GROUND, "sandbox"))
          .because("a simulator that shares code with the bridge would share its mistakes");

  @ArchTest
  static final ArchRule onlyCommandsStartTheSandbox =
      noClasses()
          .that(not(resideInAnyPackage(ours("sandbox"), ours("cli"), "io.markbridge")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ours("sandbox"));

  @ArchTest
  static final ArchRule everyPackageHasItsRule =
      classes()
          .should()
          .resideInAnyPackage(
              Stream.concat(
                      Stream.of("io.markbridge"),
                      Arrays.stream(
                              with(
                                  WORK,
                                  "outbox",
                                  "traces",
                                  "procedure",
                                  "market",
                                  "step",
                                  "health",
                                  "metrics",
                                  "cli",
                                  "sandbox"))
                          .map(ArchitectureTest::ours))
                  .toArray(String[]::new))
          .because("the folders of io.markbridge are the architecture");

  @ArchTest
  static final ArchRule noCyclesBetweenPackages =
      slices().matching("io.markbridge.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule commandsBeforeQuarkusNeedNoFramework =
      noClasses()
          .that()
          .resideInAnyPackage(ours(with(GROUND, "mapping", "legacy")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.quarkus..",
              "io.quarkiverse..",
              "org.apache.camel..",
              "jakarta..",
              "javax.inject..",
              "io.vertx..",
              "org.jboss..")
          .because("convert and version run before Quarkus starts");

  @ArchTest
  static final ArchRule noFieldInjection =
      noFields()
          .should()
          .beAnnotatedWith("jakarta.inject.Inject")
          .orShould()
          .beAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty")
          .orShould()
          .beAnnotatedWith("io.quarkus.agroal.DataSource")
          .because("a constructor shows what a class needs, and a test can call it");

  @ArchTest
  static final ArchRule noJavaUtilLogging =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.logging..")
          .because("the log goes through one logger, set in one configuration");

  @ArchTest
  static final ArchRule onlyCommandsPrint =
      noClasses()
          .that(are(not(resideInAnyPackage(ours("cli"), "io.markbridge"))))
          .should(ACCESS_STANDARD_STREAMS)
          .because("standard output belongs to the commands");

  @ArchTest
  static final ArchRule noSleep =
      noClasses()
          .should()
          .callMethodWhere(
              JavaCall.Predicates.target(owner(name(Thread.class.getName())))
                  .and(JavaCall.Predicates.target(name("sleep"))))
          .orShould()
          .callMethod(TimeUnit.class, "sleep", long.class)
          .because("waiting is a time in the journal, never a blocked thread");

  private static ArchRule mayUse(String own, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(ours(own))
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.markbridge..")
                .and(not(resideInAnyPackage(ours(with(others, own))))));
  }

  private static String ours(String name) {
    return "io.markbridge." + name + "..";
  }

  private static String[] ours(String... names) {
    return Arrays.stream(names).map(ArchitectureTest::ours).toArray(String[]::new);
  }

  private static String[] with(String[] names, String... more) {
    return Stream.concat(Arrays.stream(names), Arrays.stream(more)).toArray(String[]::new);
  }
}
