import { asPlugin } from './running.ts';
import { refusal } from './schema/boundary.ts';
import type { PluginGate } from './schema/gate.ts';

/**
 * Ask a plugin's rule: under its plugin's name, and only while the plugin is on and well. A rule that throws takes down
 * the field that asked and nothing else; it counts towards the plugin's breaker, and its cause goes to the log.
 * Rules are synchronous, so there is no deadline to keep.
 *
 * @param rule for the log: `JP.tax`
 */
export function guardedCall<Answer>(gate: PluginGate, plugin: string, rule: string, ask: () => Answer): Answer {
  if (!gate.isEnabled(plugin)) throw refusal('PLUGIN_DISABLED', plugin, `the plugin ${plugin} is switched off`);
  const settle = gate.enter(plugin);
  if (settle === undefined) {
    throw refusal('PLUGIN_UNAVAILABLE', plugin, `the plugin ${plugin} has failed too often; ask again later`);
  }
  try {
    const answer = asPlugin(plugin, ask);
    settle('answered');
    return answer;
  } catch (cause) {
    settle('failed');
    gate.report({ plugin, field: rule, code: 'PLUGIN_FAILED', cause });
    throw refusal('PLUGIN_FAILED', plugin, `the plugin ${plugin} failed`);
  }
}
