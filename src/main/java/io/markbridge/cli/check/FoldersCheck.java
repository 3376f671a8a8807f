package io.markbridge.cli.check;

import io.markbridge.cli.Workplace;
import io.markbridge.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether the folders of the legacy side can be used, and do not lie in each other. */
final class FoldersCheck {
  private static final List<String> NAMES = List.of("inbox", "replies", "done", "failed");

  private final Map<String, Path> folders = new TreeMap<>();

  FoldersCheck(Workplace workplace, Settings settings) {
    NAMES.forEach(name -> folders.put(name, workplace.resolve(settings.folder(name))));
  }

  List<CheckResult> run() {
    List<CheckResult> results = new ArrayList<>();
    for (String name : NAMES) {
      results.add(usable("folder " + name, folders.get(name), "markbridge.files." + name));
    }
    Path inbox = folders.get("inbox");
    for (String name : NAMES) {
      Path folder = folders.get(name);
      if (!name.equals("inbox") && (folder.startsWith(inbox) || inbox.startsWith(folder))) {
        results.add(
            CheckResult.error(
                "folder " + name,
                "it and the inbox lie in each other: what the bridge writes would be read again",
                "set markbridge.files." + name + " to a folder of its own"));
      }
    }
    return results;
  }

  /** Whether files can be written there, or the folder can be made. */
  static CheckResult usable(String subject, Path folder, String setting) {
    Path existing = existing(folder);
    if (!Files.isDirectory(existing)) {
      return CheckResult.error(
          subject,
          existing + " is no folder",
          "set " + setting + " to a folder, or remove the file");
    }
    if (!Files.isWritable(existing)) {
      return CheckResult.error(
          subject,
          existing + " cannot be written",
          "let the bridge's user write there, or set " + setting);
    }
    return CheckResult.ok(
        subject, existing.equals(folder) ? folder.toString() : folder + ", is made by run");
  }

  /** The folder itself, or the nearest above it that exists. */
  static Path existing(Path folder) {
    Path existing = folder;
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return existing;
  }
}
