package io.markbridge.openapi;

import io.markbridge.operator.OperatorCall;
import io.markbridge.operator.OperatorPreset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The health of each operator's host: an outage of one holds up no other. */
public final class OperatorHealths {
  private final OperatorPreset preset;
  private final Map<String, OperatorHealth> byName = new LinkedHashMap<>();

  public OperatorHealths(OperatorPreset preset, Function<OperatorPreset, OperatorHealth> make) {
    this.preset = preset;
    preset.all().forEach(operator -> byName.put(operator.name(), make.apply(operator)));
  }

  /** The health of an operator's host. */
  public OperatorHealth of(OperatorPreset operator) {
    return byName.get(operator.name());
  }

  /** The health of the host that a call goes to. */
  public OperatorHealth of(OperatorCall call) {
    return byName.get(preset.of(call).name());
  }

  /** The health of the host whose limit this is. */
  public OperatorHealth ofLimit(String limit) {
    return byName.get(preset.ofLimit(limit).name());
  }

  /** Whether a host that does not answer may be asked whether it does again. */
  public boolean anyWantsProbe() {
    return byName.values().stream().anyMatch(one -> one.room() == OperatorHealth.Room.PROBE);
  }

  /** Whether at least one host may be sent anything. */
  public boolean anyWorks() {
    return byName.values().stream().anyMatch(one -> one.room() == OperatorHealth.Room.ALL);
  }
}
