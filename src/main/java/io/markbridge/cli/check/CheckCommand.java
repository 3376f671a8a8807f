package io.markbridge.cli.check;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.markbridge.cli.AskApplication;
import io.markbridge.cli.CommandFailedException;
import io.markbridge.cli.Console;
import io.markbridge.cli.ConvertSite;
import io.markbridge.cli.Table;
import io.markbridge.cli.Workplace;
import io.markbridge.crash.CrashSwitch;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.SettingTypes;
import io.markbridge.settings.Settings;
import io.smallrye.config.SmallRyeConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code check}: whether the bridge can start and its documents can succeed, before it does. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description =
        "Checks configuration, mappings, routes, folders, journal, accounts, outboxes and whether hosts are reached.")
public final class CheckCommand implements Callable<Integer> {
  private final Workplace workplace;
  private final DiskSpace space;
  private final Reach reach;

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "For machines: a JSON array.")
  private boolean json;

  @Option(
      names = "--online",
      description =
          "Also logs in: at the operator and the marketplace once for each account, at each SFTP server, and at"
              + " each outbox, where every statement is tried without changing anything.")
  private boolean online;

  @Option(
      names = "--cases",
      paramLabel = "DIR",
      description =
          "Also converts DIR/<group>/<name>.json and compares with <name>.expected.json beside it.")
  private Path cases;

  public CheckCommand() {
    this(Workplace.here(), DiskSpace.real(), Reach.real());
  }

  public CheckCommand(Workplace workplace, DiskSpace space, Reach reach) {
    this.workplace = workplace;
    this.space = space;
    this.reach = reach;
  }

  @Override
  public Integer call() {
    return Console.run(spec, this::check);
  }

  private int check(Console console) {
    List<CheckResult> results = new ArrayList<>(results());
    if (online) {
      online(results);
    }
    if (cases != null) {
      results.addAll(
          new CasesCheck(workplace.resolve(cases), ConvertSite.of(workplace), workplace.clock())
              .run());
    }
    if (json) {
      console.json(asJson(results));
    } else {
      console.table(asTable(results));
    }
    return failed(results) ? Console.FAILED : Console.DONE;
  }

  private static boolean failed(List<CheckResult> results) {
    return results.stream().anyMatch(one -> one.level() == CheckResult.Level.ERROR);
  }

  /** Everything that wants to be let in somewhere; with wrong settings it would only mislead. */
  private void online(List<CheckResult> results) {
    if (failed(results)) {
      results.add(
          CheckResult.warning(
              "online", "nobody was logged in anywhere", "correct the errors above first"));
      return;
    }
    Settings settings = workplace.settings();
    Set<String> unreachable = hosts(results, CheckResult.Level.WARNING);
    // Of several hosts of a database one is enough.
    unreachable.removeAll(hosts(results, CheckResult.Level.OK));
    results.addAll(new SftpCheck(settings, workplace.clock()).online(unreachable));
    results.addAll(new OutboxesCheck(workplace, settings).online(unreachable));
    AskApplication.ask(
        (client, asked) -> {
          results.addAll(LoginCheck.run(client, asked));
          return Console.DONE;
        });
  }

  /** Whose hosts there are of a level. */
  private static Set<String> hosts(List<CheckResult> results, CheckResult.Level level) {
    return results.stream()
        .filter(one -> one.level() == level && one.subject().startsWith(Hosts.SUBJECT))
        .map(one -> one.subject().substring(Hosts.SUBJECT.length()))
        .collect(Collectors.toCollection(HashSet::new));
  }

  private List<CheckResult> results() {
    SmallRyeConfig config;
    try {
      config = workplace.config();
    } catch (CommandFailedException unreadable) {
      return List.of(
          CheckResult.error(
              "configuration", unreadable.getMessage(), "correct it; nothing else can be checked"));
    }
    Settings settings = new Settings(config);
    FilesCheck files = new FilesCheck(workplace, settings);
    SettingTypes types = new SettingTypes(files.words());
    List<CheckResult> results =
        new ArrayList<>(new ConfigurationCheck(workplace, config, types).run());
    results.addAll(files.run());
    if (CrashSwitch.active()) {
      results.add(
          CheckResult.warning(
              "crash switch",
              "the system property " + CrashSwitch.FILE + " is set: processes end themselves",
              "take it away; it is for crash tests only"));
    }
    results.addAll(new FoldersCheck(workplace, settings).run());
    JournalCheck journal = new JournalCheck(workplace, settings, space);
    results.addAll(journal.run());
    results.addAll(
        new UnmappedCheck(journal.journal(), workplace.files(), workplace.clock()).run());
    OutboxesCheck outboxes = new OutboxesCheck(workplace, settings);
    Optional<OperatorPreset> preset = files.preset();
    if (preset.isPresent()) {
      Iterable<String> properties = config.getPropertyNames();
      List<CheckResult> accounts = new AccountsCheck(settings, preset.get()).run();
      results.addAll(accounts);
      results.addAll(outboxes.run());
      results.addAll(
          new HostsCheck(Hosts.of(settings, preset.get(), outboxes.outboxes()), reach).run());
      if (accounts.stream().noneMatch(one -> one.text().startsWith("reading the secret"))) {
        results.addAll(
            new ReportsCheck(workplace, settings, preset.get(), journal.journal(), properties)
                .run());
      }
    }
    return results;
  }

  private static Table asTable(List<CheckResult> results) {
    Table table = new Table().left("CHECK").left("RESULT").left("FOUND").left("WHAT TO DO");
    for (CheckResult result : results) {
      table
          .row()
          .cell(result.subject())
          .cell(result.level().name(), result.level().tone())
          .cell(result.text())
          .cell(result.advice());
    }
    return table;
  }

  private static ArrayNode asJson(List<CheckResult> results) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (CheckResult result : results) {
      array
          .addObject()
          .put("check", result.subject())
          .put("result", result.level().name())
          .put("found", result.text())
          .put("whatToDo", result.advice());
    }
    return array;
  }
}
