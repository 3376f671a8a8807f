package io.markbridge.health;

import io.markbridge.settings.Settings;
import io.markbridge.step.DiskRoom;
import io.markbridge.step.Disks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether the disks of the journal and of the replies have room for a small document; a large one
 * is measured when it comes.
 */
@Readiness
@ApplicationScoped
public class DiskCheck implements HealthCheck {
  private static final long MEGABYTE = 1024 * 1024;

  private final Settings settings;

  @Inject
  public DiskCheck(Settings settings) {
    this.settings = settings;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder told = HealthCheckResponse.named("disk space");
    boolean enough = true;
    try {
      for (Map.Entry<String, Path> disk : Disks.of(settings).entrySet()) {
        enough &= enough(told, disk.getKey(), Disks.usableBytes(disk.getValue()));
      }
    } catch (IOException unreadable) {
      enough = false;
      told.withData("trouble", unreadable.toString());
    }
    return told.status(enough).build();
  }

  private static boolean enough(HealthCheckResponseBuilder told, String disk, long usable) {
    told.withData(disk + " megabytes free", usable / MEGABYTE);
    return usable >= DiskRoom.RESERVE;
  }
}
