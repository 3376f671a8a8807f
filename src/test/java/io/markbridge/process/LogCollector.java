package io.markbridge.process;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * All that is logged in this JVM while it is open, as where somebody sets {@code quarkus.log.level}
 * to {@code ALL}. The other handlers go on with what they told before.
 */
final class LogCollector extends Handler implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger root = Logger.getLogger("");
  private final Level before = root.getLevel();

  private LogCollector() {}

  static LogCollector ofEverything() {
    LogCollector collector = new LogCollector();
    collector.setFormatter(new SimpleFormatter());
    collector.setLevel(Level.ALL);
    for (Handler other : collector.root.getHandlers()) {
      other.setFilter(record -> record.getLevel().intValue() >= collector.before.intValue());
    }
    collector.root.setLevel(Level.ALL);
    collector.root.addHandler(collector);
    return collector;
  }

  String text() {
    return String.join("\n", lines);
  }

  @Override
  public void publish(LogRecord record) {
    lines.add(
        record instanceof org.jboss.logmanager.ExtLogRecord formatted
            ? formatted.getFormattedMessage() + " " + record.getThrown()
            : getFormatter().format(record));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    root.removeHandler(this);
    root.setLevel(before);
    for (Handler other : root.getHandlers()) {
      other.setFilter(null);
    }
  }
}
