import { Audience, type AudienceParts } from './audience.ts';

/** Every audience of this process, by the question it asks. */
export interface Audiences {
  /** How many different questions are listened to. */
  readonly size: number;
  /** The audience of a question. `open` says what it needs, and is asked when there is none. */
  of(question: string, open: () => Omit<AudienceParts, 'onEmpty'>): Audience;
}

export function openAudiences(): Audiences {
  const audiences = new Map<string, Audience>();
  return {
    get size() {
      return audiences.size;
    },
    of: (question, open) => {
      const known = audiences.get(question);
      if (known !== undefined) return known;
      const audience = new Audience({
        ...open(),
        onEmpty: () => {
          if (audiences.get(question) === audience) audiences.delete(question);
        },
      });
      audiences.set(question, audience);
      return audience;
    },
  };
}
