package io.markbridge.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.markbridge.journal.JournalCommit;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A point that nothing reaches would prove nothing; a commit that is no point would be missed. */
class CrashPointsTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("io.markbridge");

  @Test
  void everyConstantIsUsedOnceByTheProgram() {
    for (Class<? extends Enum<?>> points : Set.of(CrashPoint.class, JournalCommit.class)) {
      for (Enum<?> point : points.getEnumConstants()) {
        assertThat(uses(points, point.name())).as(point.name()).hasSize(1);
      }
    }
  }

  /** Else the matrix would take one point for another. */
  @Test
  void namesOfPointsDiffer() {
    Stream<String> commits =
        Stream.of(JournalCommit.values()).flatMap(one -> Stream.of(one.before(), one.after()));
    assertThat(Stream.concat(Stream.of(CrashPoint.values()).map(Enum::name), commits))
        .doesNotHaveDuplicates();
  }

  @Test
  void nobodyCommitsBesideTheSwitch() {
    Set<String> committing =
        MAIN.stream()
            // The database of the legacy system is no journal.
            .filter(one -> !one.getPackageName().equals("io.markbridge.outbox"))
            .flatMap(one -> one.getMethodCallsFromSelf().stream())
            .filter(call -> call.getTargetOwner().getName().equals("java.sql.Connection"))
            .filter(call -> Set.of("commit", "setAutoCommit").contains(call.getName()))
            .map(call -> call.getOriginOwner().getSimpleName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(committing).containsExactly("GroupCommit", "SeparateCommits");
    assertThat(
            MAIN.get("io.markbridge.journal.GroupCommit").getDirectDependenciesToSelf().stream()
                .map(dependency -> dependency.getOriginClass().getSimpleName())
                .filter(name -> !name.isEmpty() && !name.equals("Member"))
                .distinct())
        .as("who commits in groups")
        .containsExactly("Database");
  }

  private static Set<JavaFieldAccess> uses(Class<?> points, String name) {
    return MAIN.get(points).getField(name).getAccessesToSelf().stream()
        .filter(access -> !access.getOriginOwner().isEquivalentTo(points))
        .collect(Collectors.toSet());
  }
}
