package io.markbridge.cli.check;

import io.markbridge.settings.NearestName;
import io.markbridge.settings.SettingName;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The settings that something reads, to find out what a wrong name was meant to be. */
final class KnownKeys {
  private final List<SettingName> names;

  KnownKeys(Set<SettingName> names) {
    this.names = names.stream().sorted(Comparator.comparing(SettingName::text)).toList();
  }

  boolean knows(String name) {
    return names.stream().anyMatch(key -> key.fits(name));
  }

  /** Whether an environment variable says a known setting. */
  boolean knowsVariable(String variable) {
    return names.stream().anyMatch(key -> key.fitsVariable(variable));
  }

  /** The known name that is most like this one, with its own names in the place of {@code *}. */
  String nearest(String name) {
    return names.stream()
        .map(key -> key.filledFrom(name))
        .min(Comparator.comparingInt(key -> NearestName.distance(key, name)))
        .orElseThrow();
  }

  /** The environment variable that is most like this one, with its own name of the site. */
  String nearestVariable(String variable) {
    return names.stream()
        .map(SettingName::variable)
        .flatMap(key -> filled(key, variable))
        .min(Comparator.comparingInt(key -> NearestName.distance(key, variable)))
        .orElseThrow();
  }

  /** A name of the site may hold underscores: every way to read it is tried. */
  private static Stream<String> filled(String key, String variable) {
    int star = key.indexOf('*');
    if (star < 0) {
      return Stream.of(key);
    }
    String[] words = variable.split("_");
    int first = (int) key.substring(0, star).chars().filter(one -> one == '_').count();
    return Stream.iterate(first + 1, end -> end < words.length, end -> end + 1)
        .map(end -> key.replace("*", String.join("_", List.of(words).subList(first, end))));
  }
}
