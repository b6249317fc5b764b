import { parseDay } from '../../base/calendar-date.ts';
import type { Finding } from '../../seams/laws/law.ts';
import type { Plugin } from '../../seams/plugin.ts';
import type { Command } from '../cli.ts';
import { composeInstallation } from '../composition.ts';
import { wallClock } from '../platform.ts';
import { checkPlugin } from '../plugin-check/check.ts';
import { findingLines, tally } from '../plugin-check/report.ts';
import { findTarget, installedTargets } from '../plugin-check/target.ts';
import { wrongCommand } from './configured.ts';

/** `acorn plugin check [NAME|PATH]`: every law, one line each, and 1 as soon as one is broken. `--on` for another today. */
export const pluginCheckCommand: Command = async ({ words: [named, ...more], values, config, terminal }) => {
  if (more.length > 0) throw wrongCommand('name one plugin to check, or none for every installed one');
  const today = parseDay(values.on ?? wallClock().slice(0, 10));
  if (today === undefined) throw wrongCommand('--on: write the day to check for, such as 2026-11-23');
  // A plugin is judged by what it brings: rows that an operator adds are judged where they are added.
  const installed = await composeInstallation({ ...config.plugins, siteTables: {} }, terminal.folder);
  const targets =
    named === undefined ? installedTargets(installed) : [await findTarget(named, installed, terminal.folder)];
  const bench = {
    installed,
    settings: { config: config.plugins.config, allowPlatformMismatch: config.plugins.allowPlatformMismatch },
    today,
  };
  const all: Finding[] = [];
  for (const target of targets) {
    const findings = await checkPlugin(target, bench);
    all.push(...findings);
    const { version = '', description = '' } = (target.exported ?? {}) as Partial<Plugin>;
    const lines = [
      `${target.from} ${version}  ${description}`.trimEnd(),
      ...findingLines(findings),
      `  ${tally(findings)}`,
      '',
    ];
    terminal.screen.write(`${lines.join('\n')}\n`);
  }
  if (targets.length > 1) terminal.screen.write(`${targets.length} plugins: ${tally(all)}\n`);
  return all.some(({ verdict }) => verdict === 'broken') ? 1 : 0;
};
