import type { AccountProfile, ContractWarning, Fact, Translation, Unreadable, UnreadableCode } from 'acorn/plugin';

/** What a reader collects on its way through one document. Equal departures are noted once. */
export class Notes {
  readonly account: AccountProfile;
  private readonly facts: { readonly fact: Fact; readonly at: string }[] = [];
  private readonly warnings = new Map<string, ContractWarning>();
  private readonly unreadable: Unreadable[] = [];

  constructor(account: AccountProfile) {
    this.account = account;
  }

  tell(fact: Fact, at: string): void {
    this.facts.push({ fact, at });
  }

  warn(code: ContractWarning['code'], member: string, found: string): void {
    const short = shorten(found);
    this.warnings.set(`${code} ${member} ${short}`, { code, member, found: short });
  }

  refuse(code: UnreadableCode, at: string, message: string): void {
    this.unreadable.push({ code, at, message });
  }

  /**
   * Read one part as a whole. If any of it cannot be read the part is parked, with the position of what was in the way,
   * and the answer is `undefined`: the caller goes on with the next part.
   */
  park<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof CannotRead)) throw error;
      this.refuse(error.code, error.at, error.message);
      return undefined;
    }
  }

  translation(): Translation {
    return { facts: this.facts, warnings: [...this.warnings.values()], unreadable: this.unreadable };
  }
}

/** Thrown inside a part, caught by `Notes.park` around it; never leaves the connector. */
export class CannotRead extends Error {
  override readonly name = 'CannotRead';
  readonly code: UnreadableCode;
  readonly at: string;

  constructor(code: UnreadableCode, at: string, message: string) {
    super(message);
    this.code = code;
    this.at = at;
  }
}

/** Enough to recognise a value by, in a log or an alert. */
export const shorten = (text: string): string => (text.length <= 60 ? text : `${text.slice(0, 57)}...`);
