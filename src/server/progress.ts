/** Where progress is shown: a terminal that is redrawn, or plain lines for a file or a pipe. */
export interface Screen {
  readonly isTTY: boolean;
  readonly columns: number;
  write(text: string): void;
}

/** Progress of several things at once, by name. */
export interface Progress {
  /** From 0 to 1. Going back is ignored: a bar that retreats explains nothing. */
  set(name: string, done: number): void;
  /** Draw for the last time. */
  end(): void;
}

const barWidth = 28;
/** Without a terminal, one line per step of so much. */
const step = 0.25;

/** One bar per name on a terminal, redrawn in place; otherwise a line at each quarter. */
export function showProgress(screen: Screen, names: readonly string[]): Progress {
  const done = new Map(names.map((name) => [name, 0]));
  const widest = Math.max(0, ...names.map(widthOf));
  const label = (name: string) => `  ${name}${' '.repeat(widest - widthOf(name))}`;
  let drawn = 0;

  const draw = () => {
    const lines = [...done].map(([name, part]) => `${label(name)}  ${bar(part)} ${percent(part)}`);
    screen.write(`${drawn === 0 ? '' : `\x1b[${drawn}A`}${lines.map((line) => `\x1b[2K${line}\n`).join('')}`);
    drawn = lines.length;
  };
  if (screen.isTTY) draw();

  return {
    set: (name, part) => {
      const before = done.get(name);
      if (before === undefined || part <= before) return;
      done.set(name, Math.min(part, 1));
      if (screen.isTTY) draw();
      else if (Math.floor(part / step) > Math.floor(before / step)) screen.write(`${label(name)}  ${percent(part)}\n`);
    },
    end: () => {
      if (screen.isTTY) draw();
    },
  };
}

const bar = (part: number) => {
  const full = Math.round(part * barWidth);
  return `${'█'.repeat(full)}${'░'.repeat(barWidth - full)}`;
};
const percent = (part: number) => `${String(Math.floor(part * 100)).padStart(3)} %`;

/** Columns a text takes: letters of East Asian scripts take two. */
const widthOf = (text: string) =>
  [...text].reduce(
    (width, letter) => width + (/[\u1100-\u11ff\u2e80-\uffdc]/.test(letter) && !/[\uff61-\uff9f]/.test(letter) ? 2 : 1),
    0,
  );
