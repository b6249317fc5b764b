/** How long plugins may take, and how often they are tried again. Milliseconds unless said otherwise. */
export interface PluginLimits {
  readonly start: number;
  /** For each plugin. */
  readonly stop: number;
  /** For all plugins together: a gateway has ten seconds to stop, and seven of them are its clients'. */
  readonly stopAll: number;
  readonly health: number;
  readonly healthEvery: number;
  /** For one entry of the log. */
  readonly listener: number;
  /** Accounts a listener may be busy with at once. */
  readonly lanes: number;
  /** First pause after a failure; each further one doubles it. */
  readonly pause: number;
  readonly longestPause: number;
  /** Tries after which a listener is parked for an account. */
  readonly tries: number;
  /** How often the switches of plugins and the log are looked at, when no bell rings. */
  readonly poll: number;
  /** How long the board tells of something a plugin left behind that failed. */
  readonly stray: number;
}

export const usualLimits: PluginLimits = {
  start: 10_000,
  stop: 1_000,
  stopAll: 2_000,
  health: 5_000,
  healthEvery: 30_000,
  listener: 15_000,
  lanes: 4,
  pause: 1_000,
  longestPause: 300_000,
  tries: 10,
  poll: 1_000,
  stray: 600_000,
};

/** The pause after so many failures in a row, one or more. */
export const pauseAfter = (failures: number, { pause, longestPause }: PluginLimits): number =>
  Math.min(pause * 2 ** Math.min(failures - 1, 20), longestPause);
