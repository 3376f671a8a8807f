package io.markbridge.cli;

import io.markbridge.cli.SettingComments.Said;
import io.markbridge.mapping.SiteWords;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.NamedSection;
import io.markbridge.settings.SettingName;
import io.markbridge.settings.SettingTypes;
import io.markbridge.settings.SettingsSource;
import io.markbridge.settings.SiteFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code config-reference}: every setting, what may stand in it, its default and why. */
@Command(
    name = "config-reference",
    mixinStandardHelpOptions = true,
    description = "Prints the page of all settings, as Markdown.")
public final class ConfigReferenceCommand implements Callable<Integer> {
  private static final String PREFIX = "markbridge.";
  private static final Set<String> PLACES = Set.of("accounts", "groups", "folders", "lines");

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    return Console.run(
        spec,
        console -> {
          for (String line : page().split("\n")) {
            console.say(line);
          }
          return Console.DONE;
        });
  }

  /** The page of the packaged settings; a site's own are left out. */
  static String page() {
    SettingComments comments = new SettingComments(SettingsSource.packaged());
    Map<SettingName, String> allowed = new LinkedHashMap<>(types().allowed());
    StringBuilder page =
        new StringBuilder(
            "# Configuration\n\n"
                + "Made by `markbridge config-reference`. A site puts only what differs into `config/application.yaml` beside the program, or into\n"
                + "the environment: `markbridge.openapi.url` is `MARKBRIDGE_OPENAPI_URL`. The environment wins. An unknown name is told by `check`, a wrong value ends the start.\n"
                + "Secrets only in the environment or in files (`…-file`).\n\n"
                + "All names begin with `markbridge.`; `*` is a name that the site chooses, in quotes where it holds a dot or a slash.\n\n"
                + "| setting | default | what may stand there | why |\n|---|---|---|---|\n");
    Set<String> anywhere = anywhere(allowed.keySet());
    allowed.forEach(
        (name, what) -> {
          String own = name.text().substring(PREFIX.length());
          if (!anywhere.contains(last(own))) {
            page.append(row(own, what, comments.of(name)));
          }
        });
    page.append(
        "\nThe following count for the whole site, or below `accounts.*`, `groups.*`, `folders.*` or `lines.*` for a part of it; the nearest wins: line,\n"
            + "folder, group, account, site. For example `markbridge.groups.pharma.business-place-id`.\n\n"
            + "| setting | default | what may stand there | why |\n|---|---|---|---|\n");
    allowed.forEach(
        (name, what) -> {
          String own = name.text().substring(PREFIX.length());
          if (anywhere.contains(own)) {
            page.append(row(own, what, comments.of(name)));
          }
        });
    return page.toString();
  }

  private static SettingTypes types() {
    try {
      // Of no site: a folder that is not there.
      SiteFiles packaged = new SiteFiles(Path.of("").toAbsolutePath().resolve("packaged-only"));
      return new SettingTypes(SiteWords.of(OperatorPreset.load(packaged, "uz"), packaged));
    } catch (IOException unreadable) {
      throw new CommandFailedException(
          "reading the packaged preset: " + unreadable.getMessage(), unreadable);
    }
  }

  /** Settings that stand at the top and below every place too. */
  private static Set<String> anywhere(Set<SettingName> names) {
    Set<String> texts = new TreeSet<>();
    names.forEach(name -> texts.add(name.text().substring(PREFIX.length())));
    Set<String> anywhere = new TreeSet<>();
    for (String text : texts) {
      if (PLACES.stream().allMatch(place -> texts.contains(place + ".*." + text))) {
        anywhere.add(text);
      }
    }
    return anywhere;
  }

  private static String last(String name) {
    for (String place : PLACES) {
      if (name.startsWith(place + ".*.")) {
        return name.substring(place.length() + 3);
      }
    }
    return name;
  }

  private static String row(String name, String allowed, Optional<Said> said) {
    String value =
        said.map(Said::value)
            .filter(text -> !text.isEmpty())
            .or(() -> NamedSection.defaultOf(name))
            .orElse("");
    return "| `"
        + name
        + "` | "
        + (value.isEmpty() ? "" : "`" + value.replace("\"", "") + "`")
        + " | "
        + cell(allowed)
        + " | "
        + cell(said.map(Said::why).orElse(""))
        + " |\n";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }
}
