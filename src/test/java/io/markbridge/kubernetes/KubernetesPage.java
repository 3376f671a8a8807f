package io.markbridge.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What docs/kubernetes.md shows. */
final class KubernetesPage {
  private KubernetesPage() {}

  /** The indented block whose first line is this one, without what all its lines begin with. */
  static String block(String first) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("docs", "kubernetes.md"));
    int start = 0;
    while (!lines.get(start).strip().equals(first)) {
      start++;
    }
    int depth = lines.get(start).indexOf(first);
    StringBuilder block = new StringBuilder();
    for (String line : lines.subList(start, lines.size())) {
      if (!line.startsWith(" ".repeat(depth))) {
        break;
      }
      block.append(line.substring(depth)).append('\n');
    }
    return block.toString();
  }
}
