package io.markbridge.cli;

import io.markbridge.sandbox.Sandbox;
import io.markbridge.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code demo}: sandbox, bridge and sample documents of every kind in one process; ends by itself.
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Starts sandbox and bridge, drops sample documents of every kind, and shows what became of them.")
public final class DemoCommand implements Callable<Integer> {
  private static final String MARKER = ".markbridge-demo";

  @Spec private CommandSpec spec;

  @Option(
      names = "--folder",
      defaultValue = "demo",
      description = "Where everything goes (${DEFAULT-VALUE}).")
  private Path folder;

  @Override
  public Integer call() throws IOException {
    if (!cleared()) {
      spec.commandLine()
          .getErr()
          .println(folder + " exists and was not made by demo: choose another one with --folder");
      return 2;
    }
    new DemoOutbox(folder).create();
    SandboxOptions options = SandboxOptions.defaults().withPort(0).with("limit", "0");
    try (Sandbox sandbox = Sandbox.start(options);
        DemoSftpServer sftp = DemoSftpServer.start(folder.resolve("sftp"))) {
      settings(sandbox).forEach(System::setProperty);
      sftp.settings().forEach(System::setProperty);
      System.out.println(
          "sandbox operator on "
              + sandbox.uri()
              + ", SFTP server on port "
              + sftp.port()
              + ", everything else below "
              + folder
              + "/");
      DemoApplication.folder = folder;
      DemoApplication.console = Console.of(spec);
      return RunningBridge.demo();
    }
  }

  private Map<String, String> settings(Sandbox sandbox) {
    Path root = folder.toAbsolutePath();
    return Map.ofEntries(
        Map.entry("markbridge.openapi.url", sandbox.uri().toString()),
        Map.entry("markbridge.accounts.default.oms-id", "CDF12109-10D3-11E6-8B6F-0050569977A1"),
        Map.entry("markbridge.accounts.default.login", "demo"),
        Map.entry("markbridge.accounts.default.password", "demo"),
        Map.entry("markbridge.journal.url", "jdbc:sqlite:" + root.resolve("markbridge.db")),
        Map.entry("markbridge.outbox.erp.url", new DemoOutbox(folder).url()),
        Map.entry("markbridge.outbox.erp.poll", "200ms"),
        Map.entry("markbridge.files.inbox", root.resolve("inbox").toString()),
        Map.entry("markbridge.files.replies", root.resolve("replies").toString()),
        Map.entry("markbridge.files.done", root.resolve("done").toString()),
        Map.entry("markbridge.files.failed", root.resolve("failed").toString()),
        Map.entry("markbridge.files.poll-milliseconds", "200"),
        Map.entry("markbridge.track.first", "300ms"),
        Map.entry("markbridge.limits.post", "0"),
        Map.entry("markbridge.limits.poll", "0"),
        Map.entry("markbridge.replies.language", "en"),
        Map.entry("quarkus.log.category.\"io.markbridge\".level", "WARN"),
        // What the old documents never said, as a site would set it.
        Map.entry("markbridge.groups.tobacco.business-place-id", "17"),
        Map.entry("markbridge.groups.tobacco.release-type", "PRODUCTION"),
        Map.entry("markbridge.groups.pharma.business-place-id", "18"),
        Map.entry("markbridge.groups.water.business-place-id", "19"),
        Map.entry("markbridge.groups.water.fetch-codes", "none"));
  }

  private boolean cleared() throws IOException {
    if (Files.exists(folder) && Files.notExists(folder.resolve(MARKER))) {
      try (Stream<Path> entries = Files.list(folder)) {
        if (entries.findAny().isPresent()) {
          return false;
        }
      }
    }
    if (Files.exists(folder)) {
      List<Path> old;
      try (Stream<Path> entries = Files.walk(folder)) {
        old = entries.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path entry : old) {
        Files.delete(entry);
      }
    }
    Files.createDirectories(folder);
    Files.createFile(folder.resolve(MARKER));
    return true;
  }
}
