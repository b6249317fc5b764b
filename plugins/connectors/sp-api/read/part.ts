import type { ContractWarning, UnreadableCode } from 'acorn/plugin';
import { stringify } from 'lossless-json';
import { isNumber, isObject, type Json } from './json.ts';
import { CannotRead, type Notes, shorten } from './notes.ts';

/**
 * One place in a document: its value, its JSON pointer for whoever must look it up, and its member path without
 * positions, by which departures are counted.
 */
export class Part {
  readonly json: Json | undefined;
  readonly at: string;
  readonly path: string;
  readonly notes: Notes;

  constructor(json: Json | undefined, notes: Notes, at = '', path = '') {
    this.json = json;
    this.notes = notes;
    this.at = at;
    this.path = path;
  }

  /** A member, whatever it is. `null` and text of blanks count as absent, as Amazon uses them. */
  member(name: string): Part | undefined {
    if (!isObject(this.json) || !Object.hasOwn(this.json, name)) return undefined;
    const json = this.json[name];
    if (json === undefined || json === null || (typeof json === 'string' && json.trim() === '')) return undefined;
    const step = name.replaceAll('~', '~0').replaceAll('/', '~1');
    return new Part(json, this.notes, `${this.at}/${step}`, `${this.path}/${step}`);
  }

  need(name: string): Part {
    return this.member(name) ?? this.refuse('MISSING_MEMBER', `Expected ${name}, found nothing.`);
  }

  /** The members of a list. Absent is an empty list; a single object where a list belongs is a list of one. */
  list(name: string): Part[] {
    const list = this.member(name);
    if (list === undefined) return [];
    if (!Array.isArray(list.json)) {
      if (!isObject(list.json)) list.refuse('MISSING_MEMBER', `Expected a list, found ${list.found()}.`);
      list.warn('UNEXPECTED_SHAPE', 'an object where a list belongs');
      return [list];
    }
    return list.json.map(
      (json: Json, index: number) => new Part(json, this.notes, `${list.at}/${index}`, `${list.path}/-`),
    );
  }

  needList(name: string): Part[] {
    this.need(name);
    return this.list(name);
  }

  /** Text of a member, without blanks around it. A number where text belongs is its text. */
  text(name: string): string | undefined {
    return this.member(name)?.asText();
  }

  needText(name: string): string {
    return this.need(name).asText();
  }

  asText(): string {
    if (isNumber(this.json)) {
      this.warn('UNEXPECTED_SHAPE', 'a number where text belongs');
      return this.json.value;
    }
    if (typeof this.json !== 'string') return this.refuse('MISSING_MEMBER', `Expected text, found ${this.found()}.`);
    const trimmed = this.json.trim();
    if (trimmed !== this.json) this.warn('NORMALISED', 'blanks around the value');
    return trimmed;
  }

  flag(name: string): boolean | undefined {
    const flag = this.member(name);
    if (flag === undefined || typeof flag.json === 'boolean') return flag?.json as boolean | undefined;
    flag.warn('UNEXPECTED_SHAPE', flag.found());
    return flag.json === 'true' ? true : flag.json === 'false' ? false : undefined;
  }

  /** Whether there is an object here to read members of. */
  isObject(): boolean {
    return isObject(this.json);
  }

  warn(code: ContractWarning['code'], found = this.found()): void {
    this.notes.warn(code, this.path, found);
  }

  refuse(code: UnreadableCode, message: string): never {
    throw new CannotRead(code, this.at, message);
  }

  /** What stands here, shortened for a person. */
  found(): string {
    return shorten(stringify(this.json) ?? 'nothing');
  }
}
