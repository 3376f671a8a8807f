package io.markbridge.settings;

import java.util.List;
import java.util.function.Predicate;

/**
 * Words that the operator and the directories decide about.
 *
 * @param limits names of the operator's limits; empty where its preset cannot be read
 * @param releaseTypes what may be said for the way of release; empty where the preset cannot be
 *     read
 * @param country whether a directory knows a country of this code or name
 */
public record SettingWords(
    List<String> limits, List<String> releaseTypes, Predicate<String> country) {
  /** Where neither preset nor directories can be read: nothing is refused because of them. */
  public static final SettingWords UNKNOWN = new SettingWords(List.of(), List.of(), value -> true);

  public SettingWords {
    limits = List.copyOf(limits);
    releaseTypes = List.copyOf(releaseTypes);
  }
}
